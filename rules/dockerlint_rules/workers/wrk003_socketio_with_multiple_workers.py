"""Several processes serve Socket.IO, and a client's requests reach different ones.

## Why
A connection starts with several HTTP requests that must come to the same process. The workers of
gunicorn and uvicorn share one socket and take requests at random: "Invalid session", and clients
that connect again and again. One WebSocket stays with its process, but without a message queue a
process reaches its own clients only.

## Instead
One worker for each container, with eventlet, gevent or threads; more containers behind a proxy
with sticky sessions (`ip_hash`), and a message queue (`message_queue="redis://..."`).

## References
- https://flask-socketio.readthedocs.io/en/latest/deployment.html
- https://python-socketio.readthedocs.io/en/stable/server.html#scalability-notes
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "WRK003",
    "socketio-with-multiple-workers",
    on=Application,
    severities=(Severity.ERROR,),
    role="prod",
    tags=("workers", "python", "start-up"),
)
def check(application: Application) -> Iterator[Finding]:
    for sockets in application.web_processes.split_sockets:
        words = sockets.crowd.words
        message = f"each of {words} reaches its own Socket.IO clients only: no message queue"
        if sockets.refuses:
            message = f"requests of one Socket.IO client come to any of {words}, which refuse it"
        yield application.finding(sockets.place, message, because=(sockets.crowd.number,))
