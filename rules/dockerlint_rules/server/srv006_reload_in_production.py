"""The server of a production container starts anew whenever a file changes.

## Why
Reloading is for whoever edits the code. In production nothing changes but log files, uploads and
caches, each of which may restart the server under load; the watcher costs memory and time, and
uvicorn ignores `--workers` with it: one process answers everything.

## Instead
Leave the option to the command of the development file set (`compose.override.yml`), or let a
variable decide that production sets to false.

## References
- https://www.uvicorn.org/settings/#reloading
- https://docs.gunicorn.org/en/stable/settings.html#reload
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Known, Severity, rule


@rule(
    "SRV006",
    "reload-in-production",
    on=Container,
    given="servers",
    severities=(Severity.ERROR,),
    role="prod",
    tags=("server", "dockerfile", "compose", "performance"),
    yields_to=("SRV001",),
)
def check(container: Container) -> Iterator[Finding]:
    for server in container.servers:
        reload = server.reload
        if not isinstance(reload, Known) or not reload.value or not server.is_certain:
            continue
        if server.is_for_development:
            continue
        ignored = server.problems.ignored_workers
        yield container.finding(
            reload.places[0] if reload.places else server.place,
            f"{server.name} starts anew whenever a file changes"
            + (f", and ignores its {ignored} workers" if ignored else ""),
            because=(*container.process.lines, server.fact(), reload),
            key=server.name,
        )
