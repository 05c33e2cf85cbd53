"""The `version` key of a Compose file has no meaning any more.

## Why
Compose has one file format since version 2 of the program. It ignores the key and prints a warning
at every command; readers take it for the version of something.

## Instead
Delete the line. The rule is silent where the repository calls `docker-compose`, which may be the
old program: before its release 1.27 it needed the key.

## References
- https://docs.docker.com/reference/compose-file/version-and-name/
"""

from collections.abc import Iterator

from dockerlint_py.api import FileSet, Finding, Severity, rule


@rule(
    "CMP001",
    "obsolete-compose-version",
    on=FileSet,
    severities=(Severity.INFO,),
    tags=("compose", "hygiene"),
)
def check(file_set: FileSet) -> Iterator[Finding]:
    if not file_set.repository.calls_old_compose:
        for place in file_set.loaded.versions:
            yield file_set.finding(place, "Compose ignores `version`, with a warning")
