"""Database engines that code makes: SQLAlchemy's, and what Alembic is configured with."""

from collections.abc import Iterator

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.python.evaluate import Evaluator, Value
from dockerlint_py.python.evaluate.inside import value_in
from dockerlint_py.python.evaluate.operators import plain_text
from dockerlint_py.python.evaluate.values import Text, Unresolved
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

_ENGINES = {
    "sqlalchemy.create_engine": False,
    "sqlalchemy.engine.create_engine": False,
    "sqlmodel.create_engine": False,
    "sqlalchemy.ext.asyncio.create_async_engine": True,
    "sqlalchemy.ext.asyncio.engine.create_async_engine": True,
}


class Engine(NamedTuple):
    """A SQLAlchemy engine: whether it is asynchronous, and the scheme of its URL."""

    is_async: bool
    scheme: Fact[str]
    url: Value
    place: Place
    at_import: bool


def engines_in(evaluator: Evaluator, path: str) -> Iterator[Engine]:
    """The engines that a module makes."""
    frame = evaluator.module(path)
    for site in frame.facts.calls_to(*_ENGINES):
        expr = site.call.argument(0, "url")
        url: Value = Unresolved("no URL is given")
        if expr is not None:
            url = value_in(evaluator, frame, expr, site.scope)
        place = frame.place(site.call.start, site.call.end)
        at_import = frame.facts.at_import(site.scope)
        yield Engine(_ENGINES[site.path], scheme_of(url), url, place, at_import)


def scheme_of(url: Value) -> Fact[str]:
    """The scheme of a URL (`postgresql+asyncpg`), known even if the rest is not."""
    text = url.prefix if isinstance(url, Text) else plain_text(url)
    places = url.origin.places
    if text is not None and "://" in text:
        scheme = text.partition("://")[0]
        return Known(scheme, places, says=f"the database URL begins with {scheme}://")
    return Unknown(getattr(url, "why", "") or "the database URL is not known", places=places)
