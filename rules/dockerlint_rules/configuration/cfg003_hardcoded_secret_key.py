"""The key that signs sessions or tokens is written in the code.

## Why
Whoever can read the repository, or the image, can sign session cookies, password resets and tokens
as any user. The key is the same everywhere and cannot be changed without a release.

## Instead
Read it from the environment and fail without it: `SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]`.

## References
- https://docs.djangoproject.com/en/stable/howto/deployment/checklist/#secret-key
- https://flask.palletsprojects.com/en/stable/config/#SECRET_KEY
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Known, Security, Severity, rule


@rule(
    "CFG003",
    "hardcoded-secret-key",
    on=Container,
    given="may_run_code",
    severities=(Severity.ERROR,),
    role="prod",
    tags=("configuration", "python", "security"),
    security=Security(798, 9.1),
)
def check(container: Container) -> Iterator[Finding]:
    for secret in container.code.signing_keys:
        if secret.is_written:
            unset = [Known(name, says=f"{name} is not set") for name in secret.unset]
            yield container.finding(
                secret.place,
                f"{secret.name} is written in the code: whoever can read it can sign as any user",
                because=tuple(unset),
                key=secret.name,
            )
