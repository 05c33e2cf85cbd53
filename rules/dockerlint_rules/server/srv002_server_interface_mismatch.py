"""The server calls the application by another interface than the application has.

## Why
WSGI servers call `app(environ, start_response)`, ASGI servers `await app(scope, receive, send)`,
and granian by default speaks RSGI, a protocol of its own. A server that is given an application of
the other kind starts without complaint, so port checks pass; every request is answered with 500.

## Instead
FastAPI, Starlette and Django's `asgi.py` need an ASGI server: uvicorn, hypercorn, or gunicorn with
`-k uvicorn_worker.UvicornWorker`. Flask and Django's `wsgi.py` need a WSGI one: gunicorn with its
usual workers, waitress, uWSGI. granian takes `--interface asgi` or `--interface wsgi`.

## References
- https://asgi.readthedocs.io/en/latest/specs/main.html
- https://peps.python.org/pep-3333/
- https://docs.gunicorn.org/en/stable/design.html#choosing-a-worker-type
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "SRV002",
    "server-interface-mismatch",
    on=Container,
    given="servers",
    severities=(Severity.ERROR,),
    tags=("server", "dockerfile", "compose", "python", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for server in container.servers:
        mismatch = server.problems.mismatch
        if mismatch is not None:
            spoken, needed = mismatch
            app = needed.value
            yield container.finding(
                server.place,
                f"{server.name} calls {spoken.value} applications, and {app.name} is a "
                f"{app.framework} application ({app.interface}): every request fails",
                because=(server.fact(), spoken, needed),
                key=server.name,
            )
