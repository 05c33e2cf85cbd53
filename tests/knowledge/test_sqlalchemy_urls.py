"""The table of URL schemes, held against SQLAlchemy."""

import sqlalchemy
from sqlalchemy.engine import make_url

from dockerlint_py.knowledge.sqlalchemy_urls import ASYNC_SCHEMES, SYNC_SCHEMES, SYNC_UNTIL_2_1


def is_async(scheme: str, *, wanted: bool) -> bool:
    """Whether the dialect that an engine of a kind takes for a scheme is asynchronous."""
    url = make_url(f"{scheme}://")
    dialect = url._get_entrypoint()
    return (dialect.get_async_dialect_cls(url) if wanted else dialect.get_dialect_cls(url)).is_async


def test_the_table_says_what_sqlalchemy_does() -> None:
    refused = {scheme for scheme in SYNC_SCHEMES if is_async(scheme, wanted=True)}
    sync = {scheme for scheme in ASYNC_SCHEMES if not is_async(scheme, wanted=False)}
    assert (refused, sync) == (set(), set())


def test_psycopg_is_both() -> None:
    assert is_async("postgresql+psycopg", wanted=True)
    assert not is_async("postgresql+psycopg", wanted=False)


def test_what_a_bare_scheme_means_depends_on_the_version() -> None:
    new = tuple(map(int, sqlalchemy.__version__.split(".")[:2])) >= (2, 1)
    assert {is_async(scheme, wanted=True) for scheme in SYNC_UNTIL_2_1} == {new}
