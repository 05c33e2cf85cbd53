"""The source is copied before the dependencies are installed.

## Why
A layer is built again when what was copied before it has changed. With the source in front of it,
the install runs again for every changed line, downloads everything anew, and makes a new layer to
push and to pull. Bind mounts for the install do not help when the COPY stands before it.

## Instead
Copy the lists of dependencies, install them, and copy the source after that. uv, Poetry and pdm
install the dependencies alone with `--no-install-project`, `--no-root` and `--no-self`.

## References
- https://docs.docker.com/build/cache/optimize/#order-your-layers
- https://docs.astral.sh/uv/guides/integration/docker/#intermediate-layers
- https://fastapi.tiangolo.com/deployment/docker/#docker-cache
"""

from collections.abc import Iterator

from dockerlint_py.api import Finding, Needs, Severity, Stage, rule

ADVICE = {
    Needs.MANIFESTS: "copy the lists of dependencies before it, and this after it",
    Needs.PROJECT: "install the dependencies without the project before this",
    Needs.SOURCE: "install the dependencies in a step of their own before this",
}


@rule(
    "DEP004",
    "copy-source-before-install",
    on=Stage,
    severities=(Severity.WARNING, Severity.INFO),
    tags=("dependencies", "dockerfile", "performance"),
)
def check(stage: Stage) -> Iterator[Finding]:
    early = stage.early_source
    if early is None:
        return
    yield stage.finding(
        early.copy.place,
        f"every change of the source repeats `{early.install.name}`: {ADVICE[early.needs]}",
        because=(early.install.fact(),),
        severity=Severity.INFO if early.needs is Needs.SOURCE else Severity.WARNING,
    )
