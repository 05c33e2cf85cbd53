"""An async function makes a call that keeps the event loop waiting.

## Why
All requests of a worker share one event loop. While a call waits that is not awaited (for a
database, another server, a program), nobody else is answered: neither other requests nor the
health check, so that the container may be restarted in the middle of it.

## Instead
An asynchronous library (`httpx.AsyncClient`, `redis.asyncio`, `asyncpg`, SQLAlchemy's
`AsyncSession`), or a thread: `await asyncio.to_thread(requests.get, url)`. An endpoint of FastAPI
or Starlette may also be a plain `def`: those run in threads.

Django's own queries do not even wait: in an `async def` they raise SynchronousOnlyOperation. There
are `aget`, `asave`, `async for` and so on instead, and `sync_to_async` for the rest.

What runs at the start only (lifespan, `on_event`) is not reported: nothing is served yet.

## References
- https://fastapi.tiangolo.com/async/
- https://docs.djangoproject.com/en/stable/topics/async/#async-safety
- https://docs.python.org/3/library/asyncio-dev.html#running-blocking-code
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, BlockingCall, Finding, Severity, rule


@rule(
    "ASY001",
    "blocking-call-in-async",
    on=Application,
    severities=(Severity.WARNING, Severity.ERROR, Severity.INFO),
    tags=("async-safety", "python", "performance"),
    equivalents=("ASYNC210", "ASYNC212", "ASYNC221", "ASYNC251"),
)
def check(application: Application) -> Iterator[Finding]:
    for call in application.async_code.blocking_calls:
        message = f"blocks the event loop: {call.function} and all other requests wait"
        if call.kind == "refused query":
            message = f"fails in {call.function}: Django refuses queries on an event loop"
        yield application.finding(
            call.place,
            f"{call.name}() {message}",
            because=call.because,
            severity=_severity(call),
        )


def _severity(call: BlockingCall) -> Severity:
    if call.kind == "cpu":
        return Severity.INFO
    return Severity.ERROR if call.answers and not call.in_helper else Severity.WARNING
