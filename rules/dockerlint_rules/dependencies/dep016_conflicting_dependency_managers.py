"""The image is installed from one file, and another lock file says otherwise.

## Why
Two lists of dependencies grow apart. Developers run what one of them says, production what the
other says, and a fix that goes into the wrong one never arrives.

## Instead
Keep one manager, and generate the other file from its lock in the build, or in a hook:
`uv export`, `poetry export`.

## References
- https://docs.astral.sh/uv/concepts/projects/sync/#exporting-the-lockfile
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "DEP016",
    "conflicting-dependency-managers",
    on=Container,
    severities=(Severity.INFO,),
    tags=("dependencies", "python", "hygiene"),
)
def check(container: Container) -> Iterator[Finding]:
    for rivalry in container.dependencies.rivalries:
        installed = rivalry.installed
        yield container.finding(
            installed.place,
            f"the image gets {installed.name} {installed.version} from here, "
            f"but {rivalry.lock} says {rivalry.locked}",
            because=rivalry.facts,
            key=rivalry.lock,
        )
