"""No build reads this `.dockerignore`.

## Why
Docker reads the ignore file at the root of the build context, or the one that is named after the
Dockerfile. One that only lies beside a Dockerfile keeps nothing out: `.env`, `.git` and virtual
environments are sent to the builder and may end up in the image.

## Instead
Move its patterns to the root of the context, or name it after the Dockerfile:
`backend/Dockerfile.dockerignore`.

## References
- https://docs.docker.com/build/concepts/context/#filename-and-location
"""

from collections.abc import Iterator

from dockerlint_py.api import Finding, Repository, Severity, rule


@rule(
    "CTX004",
    "dead-dockerignore",
    on=Repository,
    severities=(Severity.WARNING, Severity.INFO),
    tags=("build-context", "dockerfile", "compose", "build"),
)
def check(repository: Repository) -> Iterator[Finding]:
    for dead in repository.dead_ignores:
        instead = f": {dead.instead} is read instead" if dead.instead else ""
        yield repository.finding(
            dead.place,
            f"no build reads this file{instead}",
            because=(dead.because,),
            severity=Severity.INFO if dead.instead else Severity.WARNING,
        )
