"""Requests to an ASGI application without a server."""

import asyncio
from typing import Any, NamedTuple

Pairs = dict[str, str]


class Answer(NamedTuple):
    """An answer; names of headers are in lower case."""

    status: int
    text: str
    headers: Pairs


async def request(
    app: Any, path: str = "/", method: str = "GET", headers: Pairs | None = None
) -> Answer:
    """The answer of an application, on the loop that runs."""
    messages: list[dict[str, Any]] = []

    parts = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> dict[str, Any]:
        if not parts:
            await asyncio.Event().wait()  # the client stays
        return parts.pop()

    async def send(message: dict[str, Any]) -> None:
        messages.append(message)

    pairs = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    scope = {"type": "http", "method": method, "path": path, "headers": pairs}
    scope |= {"query_string": b"", "root_path": "", "scheme": "http", "server": ("x", 80)}
    scope |= {"client": ("127.0.0.1", 1), "http_version": "1.1"}
    try:
        await app(scope, receive, send)
    except Exception:  # a server has sent the answer by now, and writes the error to its log
        if not messages:
            raise
    start = messages[0]
    found = {name.decode(): value.decode() for name, value in start["headers"]}
    body = b"".join(message.get("body", b"") for message in messages)
    return Answer(start["status"], body.decode(), found)


def ask(app: Any, path: str = "/", method: str = "GET", headers: Pairs | None = None) -> Answer:
    """The answer of an application, on a loop of its own."""
    return asyncio.run(request(app, path, method, headers))
