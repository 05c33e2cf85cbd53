"""What a directive covers: the next instruction, YAML node or statement, or its own line."""

from collections.abc import Iterator

from dockerlint_py.dockerfile import Dockerfile
from dockerlint_py.engine.suppression.directive import (
    MARKER,
    Directive,
    Malformed,
    Scope,
    parse_comment,
)
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source, Span


class Comment(NamedTuple):
    """A comment, and whether nothing but white space stands before it on its line."""

    place: Place
    alone: bool


def dockerfile_directives(dockerfile: Dockerfile) -> Iterator[Directive | Malformed]:
    """The directives of a Dockerfile, each with the instruction or stage that it covers."""
    source = dockerfile.source
    spans = [instruction.span for instruction in dockerfile.instructions]
    for directive in dockerfile.directives:
        parsed = parse_comment(Place(source, directive.span))
        if isinstance(parsed, Directive):
            yield parsed._replace(scope=Scope.FILE)
    for comment in dockerfile.comments:
        parsed = parse_comment(Place(source, comment))
        if not isinstance(parsed, Directive) or parsed.scope is Scope.FILE:
            if parsed is not None:
                yield parsed
            continue
        target = next((span for span in spans if span.end > comment.start), None)
        if target is None:
            yield Malformed(parsed.place, "nothing follows that it could cover")
        elif parsed.scope is Scope.STAGE:
            yield parsed._replace(covers=_stage_span(dockerfile, target))
        else:
            yield parsed._replace(covers=target)


def line_directives(source: Source) -> Iterator[Directive | Malformed]:
    """The directives of a YAML, Python, nginx or plain file."""
    for comment in _comments(source):
        parsed = parse_comment(comment.place)
        if not isinstance(parsed, Directive) or parsed.foreign:
            if isinstance(parsed, Malformed):
                yield parsed
        elif parsed.scope is Scope.STAGE:
            yield Malformed(parsed.place, "ignore-stage has no meaning outside a Dockerfile")
        elif parsed.scope is Scope.FILE:
            yield parsed
        else:
            line = comment.place.line
            covers = _block_after(source, line) if comment.alone else source.line_span(line)
            yield parsed._replace(covers=covers)


def _stage_span(dockerfile: Dockerfile, first: Span) -> Span:
    """From the FROM at or after a directive to the next FROM."""
    starts = [i.span.start for i in dockerfile.instructions if i.keyword == "FROM"]
    start = next((start for start in starts if start >= first.start), first.start)
    end = next((later for later in starts if later > start), len(dockerfile.source.text))
    return Span(start, end)


def _comments(source: Source) -> Iterator[Comment]:
    """The comments that hold our marker: from the last `#` before it to the end of the line."""
    at = source.text.find(MARKER)
    while at != -1:
        line = source.line_span(source.position(at).line)
        hash_at = source.text.rfind("#", line.start, at)
        if hash_at != -1 and not source.text[hash_at:at].strip("# \t"):
            before = source.text[line.start : hash_at]
            if (not before or before[-1] in " \t") and not _is_in_string(before):
                place = source.place(hash_at, line.end)
                yield Comment(place, alone=not before.strip())
        at = source.text.find(MARKER, at + 1)


def _is_in_string(before: str) -> bool:
    return before.count('"') % 2 == 1 or before.count("'") % 2 == 1


def _block_after(source: Source, line: int) -> Span:
    """The next line with content, and all that is indented deeper below it.

    This is the next YAML node with its children and the next Python statement with its body;
    brackets and strings that go on over lines are closed at an indentation of their own.
    """
    starts = source.line_starts
    first = line + 1
    while first <= len(starts) and _is_idle(source, first):
        first += 1
    if first > len(starts):
        return source.line_span(line)
    indent = _indent(source, first)
    last = first
    for number in range(first + 1, len(starts) + 1):
        if _is_idle(source, number):
            continue
        closes = _text(source, number).strip()[:1] in (")", "]", "}")
        if _indent(source, number) <= indent and not closes:
            break
        last = number
    return Span(source.line_span(first).start, source.line_span(last).end)


def _text(source: Source, line: int) -> str:
    span = source.line_span(line)
    return source.text[span.start : span.end]


def _is_idle(source: Source, line: int) -> bool:
    text = _text(source, line).strip()
    return not text or text.startswith("#")


def _indent(source: Source, line: int) -> int:
    text = _text(source, line)
    return len(text) - len(text.lstrip(" \t"))
