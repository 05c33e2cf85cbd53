"""An empty value in a later Compose file does not clear what an earlier file sets.

## Why
Compose merges null, `[]` and `{}` like any other value: lists are appended to, mappings are merged,
and null changes nothing. The ports, volumes or variables of the earlier file stay.

## Instead
Write `!reset null` to take a value away, or `!override` to replace it. (`command` and `entrypoint`
are cleared by null, the test of a health check by `[]`.)

## References
- https://docs.docker.com/reference/compose-file/merge/#reset-value
"""

from collections.abc import Iterator

from dockerlint_py.api import FileSet, Finding, Severity, rule


@rule(
    "CMP011",
    "override-does-not-clear",
    on=FileSet,
    severities=(Severity.WARNING,),
    tags=("compose", "hygiene"),
)
def check(file_set: FileSet) -> Iterator[Finding]:
    for override in file_set.ineffective_overrides:
        yield file_set.finding(
            override.place,
            f"`{override.written}` does not clear `{override.path}`: the earlier value stays",
            because=(override.kept,),
            key=override.path,
        )
