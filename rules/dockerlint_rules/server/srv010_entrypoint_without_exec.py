"""A start script stays in front of the server, and keeps SIGTERM to itself.

## Why
A shell that reads a script file waits for each command and hands no signal on, whichever shell it
is. Without `exec` the server is its child: it never hears of `docker stop` and is killed after ten
seconds, in the middle of requests and jobs.

## Instead
Put `exec` in front of the last command: `exec gunicorn ...`, `exec "$@"`.

## References
- https://docs.docker.com/build/building/best-practices/#entrypoint
- https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#exec
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "SRV010",
    "entrypoint-without-exec",
    on=Container,
    severities=(Severity.WARNING,),
    role="prod",
    tags=("server", "dockerfile", "signals"),
)
def check(container: Container) -> Iterator[Finding]:
    for server in container.unsignalled_servers:
        if server.keeper.of_file:
            yield container.finding(
                server.place,
                f"without `exec`, the script stays in front of {server.name}: "
                "SIGTERM does not reach it",
                because=server.because,
                key=server.name,
            )
