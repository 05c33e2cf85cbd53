"""Nothing serves the static files of a Django application in production.

## Why
Django serves static files only under `DEBUG`: the helper `static()` in `urls.py` returns no URLs
otherwise. gunicorn, uvicorn and the like pass every request on to the application, so each style
sheet and script is a 404.

## Instead
Either serve the folder `STATIC_ROOT` with nginx, `location /static/ { alias /static/; }`, over a
volume that both containers mount, or add WhiteNoise to `MIDDLEWARE`.

## References
- https://docs.djangoproject.com/en/stable/howto/static-files/deployment/
- https://whitenoise.readthedocs.io/en/stable/django.html
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "STC003",
    "static-not-served",
    on=Container,
    given="may_run_code",
    severities=(Severity.ERROR, Severity.INFO),
    role="prod",
    tags=("static-files", "python", "compose", "nginx", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    unserved = container.static.unserved
    if unserved is not None:
        where = "" if unserved.is_seen else " in this repository"
        yield container.finding(
            container.lacking_place(lambda each: each.static.unserved),
            f"nothing{where} serves {unserved.url}",
            because=unserved.because,
            severity=Severity.ERROR if unserved.is_seen else Severity.INFO,
            key=unserved.url,
        )
