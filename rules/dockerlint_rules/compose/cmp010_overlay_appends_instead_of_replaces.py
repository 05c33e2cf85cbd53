"""An entry of an earlier Compose file stays beside the one that was to replace it.

## Why
Compose appends lists of ports and volumes. A port of the base file stays open on all interfaces
next to the `127.0.0.1:` of the production file, and a source mount or a debugger's port stays.

## Instead
Write `ports: !override [...]` to replace the list, or `!reset []` to clear it.

## References
- https://docs.docker.com/reference/compose-file/merge/#replace-value
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "CMP010",
    "overlay-appends-instead-of-replaces",
    on=Container,
    given="is_service",
    severities=(Severity.WARNING,),
    tags=("compose", "security"),
)
def check(container: Container) -> Iterator[Finding]:
    for survivor in container.survivors:
        yield container.finding(
            survivor.beside,
            f"{survivor.why}: lists of {survivor.attribute} are appended to",
            because=(survivor.kept,),
            key=survivor.kept.value,
        )
