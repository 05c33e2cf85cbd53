"""An origin of the CORS configuration is not one.

## Why
An origin is a scheme, a host and perhaps a port: `https://app.example.com`. For anything else,
django-cors-headers raises an error in Django's system checks, so `manage.py migrate` and
`runserver` do not start. Starlette compares texts: an origin with a slash at its end matches no
request.

## Instead
Write the scheme, and nothing after the host and port. To let every origin in, set
`CORS_ALLOW_ALL_ORIGINS = True`.

## References
- https://developer.mozilla.org/docs/Glossary/Origin
- https://github.com/adamchainz/django-cors-headers#configuration
- https://www.starlette.io/middleware/#corsmiddleware
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "CRS002",
    "cors-origin-invalid",
    on=Application,
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("cors", "python", "start-up"),
)
def check(application: Application) -> Iterator[Finding]:
    for wrong in application.wrong_origins:
        if wrong.stops_django:
            message = f"origin {wrong.text!r} {wrong.why}: migrate and runserver do not start"
            severity = Severity.ERROR
        else:
            message = f"origin {wrong.text!r} {wrong.why}: it matches no request"
            severity = Severity.WARNING
        yield application.finding(wrong.place, message, severity=severity, key=wrong.text)
