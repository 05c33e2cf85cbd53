"""The middleware of django-cors-headers is missing, or stands too late.

## Why
A middleware adds headers only to answers that pass through it. CommonMiddleware redirects, and
WhiteNoise serves files, before a later middleware is asked: their answers lack the CORS headers,
and a browser refuses them. Without the middleware, the app alone does nothing.

## Instead
Put `corsheaders.middleware.CorsMiddleware` first in `MIDDLEWARE`, or right after
SecurityMiddleware.

## References
- https://github.com/adamchainz/django-cors-headers#setup
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "CRS003",
    "cors-middleware-misordered",
    on=Application,
    severities=(Severity.ERROR,),
    tags=("cors", "python", "start-up"),
)
def check(application: Application) -> Iterator[Finding]:
    for found in application.cors_misorders:
        message = "corsheaders is installed without its middleware: no answer has CORS headers"
        if found.before:
            name = found.before.rpartition(".")[2]
            message = f"CorsMiddleware stands after {name}, whose answers have no CORS headers"
        yield application.finding(found.place, message)
