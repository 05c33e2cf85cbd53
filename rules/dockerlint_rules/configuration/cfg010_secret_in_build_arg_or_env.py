"""A secret is written into an image, or into a Compose file.

## Why
ENV is part of the image's configuration, and the values of build arguments stand in its history:
`docker history --no-trunc` and `docker inspect` show both to everybody who can pull the image.
Removing a file or unsetting a variable in a later step does not take them out again. What stands
in a Compose file can be read by everybody who can read the repository, now and in its history.

## Instead
Give secrets that a build needs with `RUN --mount=type=secret`, and those that the application
needs when the container is started. A value that only has to be there may be a dummy in front of
the command: `RUN SECRET_KEY=dummy python manage.py collectstatic`. In a Compose file, write
`${SECRET_KEY:?}`, an `env_file` that git ignores, or `secrets`.

## References
- https://docs.docker.com/build/building/secrets/
- https://docs.docker.com/compose/how-tos/use-secrets/
- https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Role, Security, Severity, rule


@rule(
    "CFG010",
    "secret-in-build-arg-or-env",
    on=Container,
    severities=(Severity.WARNING,),
    tags=("configuration", "dockerfile", "compose", "security"),
    security=Security(526, 7.5),
    yields_to=("CFG012",),
    equivalents=("DL3064", "SecretsUsedInArgOrEnv"),
)
def check(container: Container) -> Iterator[Finding]:
    is_delivered = container.role in (Role.PROD, Role.UNKNOWN)
    for secret in container.exposed_secrets:
        if is_delivered or secret.is_evident:
            because, key = (secret.fact(),), secret.name
            yield container.finding(secret.place, secret.why, because=because, key=key)
