"""A service is built from a stage, a Dockerfile or a folder that does not exist.

## Why
`docker compose config` looks at none of them, so that only the build shows the mistake: on the
machine that deploys.

## Instead
Write the name of a stage of the Dockerfile, and paths that exist: `dockerfile` is relative to
`context`, and `context` to the folder of the first Compose file.

## References
- https://docs.docker.com/reference/compose-file/build/#target
- https://docs.docker.com/reference/compose-file/build/#dockerfile
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "CMP014",
    "build-target-not-found",
    on=Container,
    given="is_service",
    severities=(Severity.ERROR,),
    tags=("compose", "dockerfile", "build"),
)
def check(container: Container) -> Iterator[Finding]:
    missing = container.missing_build_part
    if missing is not None:
        hint = f"; did you mean `{missing.near}`?" if missing.near else ""
        yield container.finding(
            missing.place,
            f"{missing.what} `{missing.name}` does not exist{hint}",
            because=missing.because,
            key=missing.name,
        )
