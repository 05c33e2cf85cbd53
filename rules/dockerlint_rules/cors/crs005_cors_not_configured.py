"""An API has no CORS, so that pages of another origin cannot call it.

## Why
A browser gives a page the answer of another origin (another host, port or scheme) only when the
answer allows that. `curl` and tests work, the front end does not.

## Instead
List the origins of the front ends: `CORSMiddleware` of FastAPI and Starlette,
django-cors-headers, Flask-CORS. An API that no browser calls needs none: ignore this then. Nor
does one that a proxy serves under the same origin as the pages.

## References
- https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS
- https://fastapi.tiangolo.com/tutorial/cors/
- https://github.com/adamchainz/django-cors-headers#setup
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "CRS005",
    "cors-not-configured",
    on=Application,
    severities=(Severity.INFO, Severity.WARNING),
    role="prod",
    tags=("cors", "python", "compose", "hygiene"),
)
def check(application: Application) -> Iterator[Finding]:
    for absence in application.cors_absences:
        client = absence.client
        yield application.finding(
            absence.place,
            "nothing sets up CORS: pages of another origin cannot call this API",
            because=(client,) if client else (),
            severity=Severity.WARNING if client else Severity.INFO,
        )
