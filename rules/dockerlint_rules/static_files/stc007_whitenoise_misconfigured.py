"""WhiteNoise is installed in a way that it cannot work well, or at all.

## Why
WhiteNoise reads the folder `STATIC_ROOT` once, when the application starts. If the setting is
missing or `collectstatic` never filled the folder, every static file is a 404 in production,
although all looks well under `DEBUG`. Behind sessions, authentication or caching it pays for them
with each image, and answers may get cookies that keep caches from storing them. If it is not
installed, the application does not start: `ModuleNotFoundError`.

## Instead
Put it right after `SecurityMiddleware` (and `CorsMiddleware`), set `STATIC_ROOT`, run
`collectstatic` when the image is built, and list `whitenoise` among the dependencies of production.

## References
- https://whitenoise.readthedocs.io/en/stable/django.html#enable-whitenoise
- https://whitenoise.readthedocs.io/en/stable/django.html#make-sure-staticfiles-is-configured-correctly
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "STC007",
    "whitenoise-misconfigured",
    on=Application,
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("static-files", "python", "performance"),
    yields_to=("STC001", "STC002"),
)
def check(application: Application) -> Iterator[Finding]:
    for starved in application.starved_whitenoise:
        reason = "STATIC_ROOT is not set"
        if starved.lacks == "collectstatic":
            reason = "nothing runs `collectstatic`"
        message = f"WhiteNoise has no files to serve: {reason}"
        yield application.finding(
            starved.place, message, because=starved.because, key=starved.lacks
        )
    for each in application.uninstalled_whitenoise:
        message = "WhiteNoise is not installed: the application does not start"
        yield application.finding(each.place, message, because=each.because, key="install")
    for found in application.misplaced_whitenoise:
        name = found.before.text.rpartition(".")[2]
        yield application.finding(
            found.place,
            f"WhiteNoise stands behind {name}, which handles each static file first",
            severity=Severity.WARNING,
            key="order",
        )
