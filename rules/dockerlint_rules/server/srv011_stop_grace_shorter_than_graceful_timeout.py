"""Docker kills the container before its server has had the time that it takes to end.

## Why
After SIGTERM gunicorn lets requests finish for 30 seconds, a celery worker its tasks for as long as
they run. Docker sends SIGKILL after ten seconds: what still runs is lost, at every deployment.

## Instead
Set `stop_grace_period` to a little more than the server takes, for workers to more than the longest
task, or shorten `--graceful-timeout`.

## References
- https://docs.docker.com/reference/compose-file/services/#stop_grace_period
- https://docs.gunicorn.org/en/stable/settings.html#graceful-timeout
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "SRV011",
    "stop-grace-shorter-than-graceful-timeout",
    on=Container,
    given="servers",
    severities=(Severity.INFO,),
    profile="strict",
    role="prod",
    tags=("server", "compose", "signals"),
)
def check(container: Container) -> Iterator[Finding]:
    for server in container.servers:
        found = server.problems.short_grace
        if found is not None:
            needs = f"takes up to {found.needed} s" if found.needed else "finishes its tasks"
            yield container.finding(
                found.place,
                f"{server.name} {needs} to stop, and is killed after {found.seconds:g} s",
                because=(server.fact(), *found.because),
                key=server.name,
            )
