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
`${SECRET_KEY:?}`, an `env_file` that git ignores, or `secrets`. Where nothing tells whether a file
is for production, what is a secret by the name of its variable alone is an info: the password of a
database that only developers start protects nothing.

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
    severities=(Severity.WARNING, Severity.INFO),
    tags=("configuration", "dockerfile", "compose", "security"),
    security=Security(526, 7.5),
    yields_to=("CFG012",),
    equivalents=("DL3064", "SecretsUsedInArgOrEnv"),
)
def check(container: Container) -> Iterator[Finding]:
    for secret in container.exposed_secrets:
        severity = Severity.WARNING
        if not secret.is_evident and container.role is not Role.PROD:
            if container.role is not Role.UNKNOWN:
                continue
            severity = Severity.INFO
        because, key = (secret.fact(),), secret.name
        yield container.finding(
            secret.place, secret.why, because=because, severity=severity, key=key
        )
