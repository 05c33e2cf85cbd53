"""Whether a repository speaks of a word at all: for what must be known never to be done."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dockerlint_py.context import Kind, paths
from dockerlint_py.context.programs import programs_deployment
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.context import Scope

_ENDINGS = frozenset(
    {
        *("", "bash", "bat", "cfg", "cmd", "conf", "env", "fish", "hcl", "in", "ini", "j2", "json"),
        *("just", "md", "mk", "ps1", "py", "rst", "sh", "tf", "toml", "tpl", "txt", "yaml", "yml"),
        *("config", "dockerfile", "groovy", "nomad", "service", "template"),
    }
)
"""Endings of files in which people write commands down."""
_PROSE = (".md", ".rst", ".txt")
_BY_HAND = regex(r"\b(?:exec|run|down|volume)\b")
_LOCKS = ("package-lock.json", "poetry.lock", "uv.lock", "pnpm-lock.yaml")
_MAX_FILES = 20_000


def is_mentioned(
    scope: "Scope", word: str, left_out: Iterable[str] = (), *, by_hand_only: bool = False
) -> bool:
    """Whether some file has a word other than in a comment.

    Of Python only texts in quotes count: `call_command("collectstatic")`. In prose every line does,
    for it may tell people what to do by hand; with `by_hand_only` those that run a container's
    program.
    """
    in_quotes = re.compile(rf"[\"'][^\"'\n]{{0,200}}{re.escape(word)}")
    skipped = frozenset(left_out)
    for path in _files(scope):
        source = scope.snapshot.text(path) if path not in skipped else None
        if source is None or word not in source.text:
            continue
        for line in source.text.split("\n"):
            if path.endswith(_PROSE):
                found = word in line and (not by_hand_only or bool(_BY_HAND.search(line)))
            else:
                code = line.partition("#")[0]
                found = word in code and (not path.endswith(".py") or bool(in_quotes.search(code)))
            if found:
                return True
    return False


def is_said(
    scope: "Scope", word: str, pattern: re.Pattern[str], left_out: tuple[str, ...] = ()
) -> bool:
    """Whether some file has a word, in any case, and a line that a pattern finds.

    Comments do not count, other than in prose.
    """
    for path in _files(scope):
        source = scope.snapshot.text(path) if path not in left_out else None
        if source is None or word not in source.text.lower():
            continue
        for line in source.text.split("\n"):
            if pattern.search(line if path.endswith(_PROSE) else line.partition("#")[0]):
                return True
    return False


def _files(scope: "Scope") -> Iterator[str]:
    left = _MAX_FILES
    for folder, entries in scope.folders:
        for name, kind in entries.items():
            ending = name.lower().rpartition(".")[2] if "." in name.lstrip(".") else ""
            named = ending in _ENDINGS or programs_deployment(folder, name)
            if kind is Kind.FILE and named and name not in _LOCKS:
                left -= 1
                if left < 0:
                    return
                yield paths.join(folder, name)
