"""An old spelling: `ENV NAME value`, or `FROM` and `AS` in different case.

## Why
`ENV NAME value` takes the rest of the line as the value: `ENV A 1 B 2` sets one variable and
not two. BuildKit warns of both spellings.

## Instead
Write `ENV NAME=value`, and `FROM image AS name`.

## References
- https://docs.docker.com/reference/build-checks/legacy-key-value-format/
- https://docs.docker.com/reference/build-checks/from-as-casing/
"""

from collections.abc import Iterator

from dockerlint_py.api import Finding, Severity, Stage, rule


@rule(
    "STG009",
    "legacy-env-format",
    on=Stage,
    severities=(Severity.INFO,),
    profile="strict",
    tags=("stages", "dockerfile", "hygiene"),
    equivalents=("LegacyKeyValueFormat", "FromAsCasing"),
)
def check(stage: Stage) -> Iterator[Finding]:
    if stage.odd_as is not None:
        yield stage.finding(stage.odd_as, "FROM and AS are written in different case")
    for step in stage.steps_of("ENV"):
        if step.instruction.legacy:
            name = step.instruction.pairs[0].key.value
            yield stage.finding(step.place, f"write `ENV {name}=...` with an equals sign", key=name)
