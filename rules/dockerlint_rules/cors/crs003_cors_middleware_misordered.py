"""The middleware for CORS is missing, or others answer before it is asked.

## Why
A middleware adds headers only to answers that pass through it. In Django, CommonMiddleware
redirects before a later middleware is asked: its answers lack the CORS headers, and a browser
refuses them. So do the files of WhiteNoise, which has a header of its own, where
`WHITENOISE_ALLOW_ALL_ORIGINS` is off. Without the middleware, the app alone does nothing.

In Starlette and FastAPI, what `add_middleware` or `@app.middleware` adds last is the outermost. An
authentication around CORSMiddleware refuses the browser's preflight, which carries no credentials,
and pages cannot see that they got a 401.

## Instead
Put `corsheaders.middleware.CorsMiddleware` first in `MIDDLEWARE`, or right after
SecurityMiddleware. Add Starlette's CORSMiddleware last, or put it first into `middleware=[...]`.

## References
- https://github.com/adamchainz/django-cors-headers#setup
- https://www.starlette.io/middleware/
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "CRS003",
    "cors-middleware-misordered",
    on=Application,
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("cors", "python", "start-up"),
)
def check(application: Application) -> Iterator[Finding]:
    for found in application.cors_misorders:
        message = "corsheaders is installed without its middleware: no answer has CORS headers"
        if found.before:
            name = found.before.rpartition(".")[2]
            message = f"CorsMiddleware stands after {name}, whose answers have no CORS headers"
        yield application.finding(found.place, message)
    for gap in application.cors_gaps:
        message = f"{gap.name} lies around CORSMiddleware: its {gap.status} has no CORS headers"
        yield application.finding(
            gap.place, message, because=(gap.added,), severity=Severity.WARNING, key=gap.name
        )
