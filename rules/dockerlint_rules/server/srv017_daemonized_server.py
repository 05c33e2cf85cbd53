"""The server goes to the background, so the container ends at once.

## Why
A container lives as long as its first process. A server that detaches itself, or that a script
starts with `&` as its last command, leaves nothing in the foreground: the container stops with exit
code 0, and with a restart policy it does so for ever.

## Instead
Leave out the option (`--daemon`, `--detach`, `--daemonize`) or the `&`. For several processes, run
one container each.

## References
- https://docs.docker.com/engine/containers/multi-service_container/
- https://docs.gunicorn.org/en/stable/settings.html#daemon
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "SRV017",
    "daemonized-server",
    on=Container,
    severities=(Severity.ERROR,),
    tags=("server", "dockerfile", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    if container.process.unknown:
        return
    for invocation in (final.invocation for final in container.process.finals):
        if invocation.serving is None:
            continue
        detach = invocation.serving.detach
        if detach is None and not invocation.command.background:
            continue
        how = detach.value if detach is not None else "&"
        yield container.finding(
            detach.place if detach is not None else invocation.place,
            f"`{how}` sends {invocation.name} to the background: nothing is left to run",
            because=(*container.process.lines, invocation.fact()),
            key=invocation.name,
        )
