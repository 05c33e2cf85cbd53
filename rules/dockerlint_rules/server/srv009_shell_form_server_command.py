"""A shell stands between the container and its server, and keeps SIGTERM to itself.

## Why
The shell form of CMD and ENTRYPOINT runs `/bin/sh -c`. Debian's shell (dash) stays the first
process and does not hand signals on: the server never hears of `docker stop` and is killed after
ten seconds, in the middle of requests and jobs. Busybox and bash replace themselves with the last
command, but with that one only.

`make` hands SIGTERM on to what it has started. A plain command line of a recipe it starts itself;
anything with `&&`, quotes or variables goes to `/bin/sh -c`, and the same holds as for CMD.

## Instead
Write the JSON form, or put `exec` in front of the server where a variable has to be expanded. An
`init: true` does not help: it tells the shell only.

## References
- https://docs.docker.com/reference/dockerfile/#shell-form-entrypoint-example
- https://fastapi.tiangolo.com/deployment/docker/#use-cmd-exec-form
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "SRV009",
    "shell-form-server-command",
    on=Container,
    severities=(Severity.WARNING,),
    role="prod",
    tags=("server", "dockerfile", "signals"),
    equivalents=("DL3025",),
)
def check(container: Container) -> Iterator[Finding]:
    process = container.process
    if process.unknown:
        return
    for server in container.unsignalled_servers:
        keeper = server.keeper
        if not keeper.of_file:
            yield container.finding(
                keeper.place,
                f"SIGTERM does not reach {server.name}: {keeper.family} stays in front of it",
                because=server.because,
                key=server.name,
            )
    program = process.given_a_shell
    if program is not None:
        yield container.finding(
            process.lines[-1].value.place,
            f"the shell form of CMD hands `/bin/sh -c` to {program.name} as arguments",
            because=process.lines,
        )
