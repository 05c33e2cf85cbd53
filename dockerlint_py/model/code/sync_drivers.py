"""Database drivers that block, in applications whose asynchronous functions use them."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.knowledge.blocking import ASYNC_DATABASE_MODULES, SYNC_DRIVERS
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.code.async_code import AsyncCode

_ASYNC = regex(
    rf"\b(?:from|import)[ \t]+(?:{'|'.join(map(re.escape, sorted(ASYNC_DATABASE_MODULES)))})\b"
    r"|\bpsycopg\.Async|\+(?:asyncpg|aiosqlite|asyncmy|aiomysql|psycopg)\b"
)


class SyncDriver(NamedTuple):
    """A distribution, where it is asked for, and an asynchronous function that waits for it."""

    name: str
    place: Place
    used: Known[str]


def sync_drivers_of(code: "AsyncCode") -> Iterator[SyncDriver]:
    """The drivers of the images of an application that reaches its database in no other way."""
    uses = [call for call in code.blocking_calls if call.kind == "database"]
    application = code.application
    if not uses or _has_async_database(code):
        return
    says = f"{uses[0].function} in {uses[0].place.path} waits for the database"
    used = Known(uses[0].function, (uses[0].place,), says=says)
    for container in application.containers:
        for name in sorted(SYNC_DRIVERS):
            for found in container.dependencies.distributions(name):
                yield SyncDriver(name, found.place, used)


def _has_async_database(code: "AsyncCode") -> bool:
    application = code.application
    found = application.python_files.with_text(
        _ASYNC, application.files, (*ASYNC_DATABASE_MODULES, "psycopg")
    )
    return next(found, None) is not None
