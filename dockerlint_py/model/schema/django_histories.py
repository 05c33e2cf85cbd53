"""Histories of Django's migrations: which one of an app follows which."""

import re
from collections.abc import Iterable

from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source
from dockerlint_py.text.regex import regex

_LIST = regex(r"^[ \t]+(dependencies|replaces)\b[^=\n]{0,60}=[ \t]*\[([^\]]*)\]", re.MULTILINE)
_MENTION = regex(r"^[ \t]+(?:dependencies|replaces|run_before)\b", re.MULTILINE)
_PAIR = regex(
    r"\([ \t\n]{0,80}[\"'](\w+)[\"'][ \t\n]{0,80},[ \t\n]{0,80}[\"'](\w+)[\"'],?[ \t\n]{0,80}\)"
)
_CLASS = regex(r"^class[ \t]+Migration\b", re.MULTILINE)


class Dependency(NamedTuple):
    """A migration of the same app that another one follows, and where it says so."""

    name: str
    place: Place


class DjangoMigration(NamedTuple):
    """One migration: what it follows in its own app, and which ones it stands for."""

    name: str
    parents: tuple[Dependency, ...]
    replaces: tuple[str, ...]
    place: Place


def migrations_in(label: str, sources: Iterable[Source]) -> tuple[DjangoMigration, ...] | None:
    """The migrations of an app; None when one of them computes what it follows."""
    found = []
    for source in sources:
        migration = _migration(label, source)
        if migration is None:
            return None
        found.append(migration)
    return tuple(found)


def _migration(label: str, source: Source) -> DjangoMigration | None:
    text = source.text
    lists = list(_LIST.finditer(text))
    written = _CLASS.search(text)
    if written is None or len(lists) != len(_MENTION.findall(text)):
        return None
    parents: list[Dependency] = []
    replaced: list[str] = []
    for found in lists:
        for pair in _PAIR.finditer(text, found.start(2), found.end(2)):
            if pair[1] == label and found[1] == "replaces":
                replaced.append(pair[2])
            elif pair[1] == label and not pair[2].startswith("__"):
                parents.append(Dependency(pair[2], source.place(*pair.span())))
    name = source.path.rpartition("/")[2].removesuffix(".py")
    return DjangoMigration(name, tuple(parents), tuple(replaced), source.place(*written.span()))
