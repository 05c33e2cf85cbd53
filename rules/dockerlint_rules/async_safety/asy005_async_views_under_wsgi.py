"""Asynchronous views are served through WSGI: each request starts an event loop of its own.

## Why
A WSGI worker waits for each request to end. Flask and Django run an `async def` view there on an
event loop that they start for this request alone: the worker serves no more requests than with a
`def`, and every request pays for the loop. A view that waits for several things at once
(`asyncio.gather`) gains something even so, and is not reported.

## Instead
Serve Django's `asgi.py` with an ASGI server (`uvicorn core.asgi:application`), take Quart instead
of Flask, or write `def`.

## References
- https://docs.djangoproject.com/en/stable/topics/async/#performance
- https://flask.palletsprojects.com/en/stable/async-await/
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "ASY005",
    "async-views-under-wsgi",
    on=Application,
    severities=(Severity.INFO,),
    profile="strict",
    role="prod",
    tags=("async-safety", "python", "performance"),
)
def check(application: Application) -> Iterator[Finding]:
    views = application.web_processes.async_views
    if views is not None:
        others = f" (and {views.number - 1} more)" if views.number > 1 else ""
        yield application.finding(
            views.place,
            f"each request to `{views.name}`{others} starts an event loop of its own under WSGI",
            because=(views.server,),
        )
