"""`collectstatic` is run, but the settings do not say where to.

## Why
`collectstatic` copies the static files of all apps into the folder that `STATIC_ROOT` names.
Without one it ends with `ImproperlyConfigured`: a build stops there, and so does an entry script
with `set -e`.

## Instead
Set `STATIC_ROOT`, for example to `BASE_DIR / "staticfiles"`, and let the web server or WhiteNoise
serve that folder.

## References
- https://docs.djangoproject.com/en/stable/ref/settings/#static-root
- https://docs.djangoproject.com/en/stable/howto/static-files/#deployment
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "STC001",
    "static-root-missing",
    on=Application,
    severities=(Severity.ERROR,),
    tags=("static-files", "python", "dockerfile", "compose", "build"),
)
def check(application: Application) -> Iterator[Finding]:
    for found in application.uncollectable:
        message = "`collectstatic` fails: STATIC_ROOT is not set"
        yield application.finding(found.place, message, because=found.because, key="STATIC_ROOT")
