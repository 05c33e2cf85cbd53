"""A container of production serves with a development server.

## Why
The servers of `manage.py runserver`, `flask run`, `fastapi dev` and `app.run()` are made for one
developer: their authors say that they have gone through no security review and no performance
tests. Most of them watch files and start anew, and one of them (Flask's with `debug`) lets whoever
sees an error page run code.

## Instead
Start a server that is made for production: gunicorn, uWSGI or waitress for WSGI applications,
uvicorn, hypercorn, granian, `fastapi run` or gunicorn with an ASGI worker for ASGI ones. A file
that ends in `uvicorn.run(...)` or `waitress.serve(...)` is fine.

## References
- https://docs.djangoproject.com/en/stable/ref/django-admin/#runserver
- https://flask.palletsprojects.com/en/stable/deploying/
- https://fastapi.tiangolo.com/fastapi-cli/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule

INSTEAD = {"asgi": "uvicorn or `fastapi run`", "wsgi": "gunicorn"}


@rule(
    "SRV001",
    "dev-server-in-production",
    on=Container,
    given="servers",
    severities=(Severity.ERROR,),
    role="prod",
    tags=("server", "dockerfile", "compose", "security"),
)
def check(container: Container) -> Iterator[Finding]:
    for server in container.servers:
        if server.is_for_development and server.is_certain:
            instead = INSTEAD.get(server.kind.interface or "", "a server for production")
            yield container.finding(
                server.place,
                f"{server.name} is a development server: serve with {instead}",
                because=(*container.process.lines, server.fact()),
                key=server.name,
            )
