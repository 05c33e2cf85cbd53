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

from dockerlint_py.api import Application, Finding, Security, Severity, rule


@rule(
    "CFG003",
    "hardcoded-secret-key",
    on=Application,
    severities=(Severity.ERROR,),
    role="prod",
    tags=("configuration", "python", "security"),
    security=Security(798, 9.1),
)
def check(application: Application) -> Iterator[Finding]:
    for secret in application.secrets:
        yield application.finding(
            secret.place,
            f"{secret.name} is written in the code: whoever can read it can sign as any user",
            key=secret.name,
        )
