"""A secret is written into the image by ENV, by a build argument, or by a command.

## Why
ENV is part of the image's configuration, and the values of build arguments stand in its history:
`docker history --no-trunc` and `docker inspect` show both to everybody who can pull the image.
Removing a file or unsetting a variable in a later step does not take them out again.

## Instead
Give secrets that a build needs with `RUN --mount=type=secret`, and those that the application needs
when the container is started. A value that only has to be there may be a dummy in front of the
command: `RUN SECRET_KEY=dummy python manage.py collectstatic`.

## References
- https://docs.docker.com/build/building/secrets/
- https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/
"""

from collections.abc import Iterator

from dockerlint_py.api import Finding, Role, Security, Severity, Stage, rule


@rule(
    "CFG010",
    "secret-in-build-arg-or-env",
    on=Stage,
    severities=(Severity.WARNING,),
    tags=("configuration", "dockerfile", "security"),
    security=Security(526, 7.5),
    equivalents=("DL3064", "SecretsUsedInArgOrEnv"),
)
def check(stage: Stage) -> Iterator[Finding]:
    is_delivered = any(c.role in (Role.PROD, Role.UNKNOWN) for c in stage.containers)
    for secret in stage.exposures if stage.ships else ():
        if is_delivered or secret.is_evident:
            yield stage.finding(secret.place, secret.why, because=(secret.fact(),), key=secret.name)
