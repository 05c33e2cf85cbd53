"""Reads here-documents, which stand behind the line that announces them."""

from typing import TYPE_CHECKING

from dockerlint_py.shell.command import Heredoc
from dockerlint_py.shell.scanner import without

if TYPE_CHECKING:
    from dockerlint_py.shell.splitter import Splitter
    from dockerlint_py.text import LogicalText


def read_bodies(splitter: "Splitter", start: int) -> int:
    """Reads the bodies that are due from `start` on; returns what is behind the last one."""
    run = splitter.run
    pending, run.pending = run.pending, []
    at = start
    for slot, word, strips in pending:
        begin = at
        stop, at = _terminator(splitter.text, begin, splitter.end, word.value, strips)
        if stop == at:
            splitter.problem(f"here-document without {word.value}", word.start, word.end)
        expand = not word.quoted
        if expand:
            splitter.substitutions(begin, stop)
        body = splitter.logical.slice(begin, stop)
        heredoc = Heredoc(word.value, _untabbed(body) if strips else body, expand)
        run.heredocs.setdefault(slot, []).append(heredoc)
    return at


def _terminator(text: str, start: int, end: int, name: str, strips: bool) -> tuple[int, int]:
    """Where the body ends and where the line behind its terminator begins; both `end` without."""
    at = start
    while at < end:
        line_end = text.find("\n", at, end)
        if line_end < 0:
            line_end = end
        line = text[at:line_end]
        if (line.lstrip("\t") if strips else line) == name:
            return at, min(line_end + 1, end)
        at = line_end + 1
    return end, end


def _untabbed(body: "LogicalText") -> "LogicalText":
    offsets = []
    text, at = body.text, 0
    while at < len(text):
        while at < len(text) and text[at] == "\t":
            offsets.append(at)
            at += 1
        line_end = text.find("\n", at)
        at = line_end + 1 if line_end >= 0 else len(text)
    return without(body, offsets)
