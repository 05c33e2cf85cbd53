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
    finals = [final.invocation for final in container.process.finals]
    for server in container.servers:
        how = server.problems.detached
        if how is None or not any(server.invocation is each for each in finals):
            continue
        name = server.invocation.name
        yield container.finding(
            how.places[0],
            f"`{how.value}` sends {name} to the background: nothing is left to run",
            because=(*container.process.lines, server.invocation.fact()),
            key=name,
        )
