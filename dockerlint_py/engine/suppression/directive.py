"""One directive, as it stands in a comment of any of the languages."""

from enum import StrEnum

from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Span
from dockerlint_py.text.regex import regex

MARKER = "dockerlint:"
_DIRECTIVE = regex(r"(ignore|ignore-file|ignore-stage)\[([^\]]*)\][ \t]*(.*)")
_HADOLINT = regex(r"#[ \t]*hadolint[ \t]+(?:global[ \t]+)?ignore=([A-Z0-9, ]+)")
_BUILDKIT = regex(r"#[ \t]*check=[ \t]*(?:[^;\n]*;[ \t]*)?skip=([A-Za-z0-9, ]+)")


class Scope(StrEnum):
    """How far a directive reaches."""

    NEAREST = "ignore"
    FILE = "ignore-file"
    STAGE = "ignore-stage"


class Directive(NamedTuple):
    """A directive and what it covers; `covers` is None for the whole file.

    `foreign` codes are another linter's: they are never unknown or unused.
    """

    scope: Scope
    codes: tuple[str, ...]
    reason: str
    place: Place
    covers: Span | None = None
    foreign: bool = False


class Malformed(NamedTuple):
    """A comment that means to be a directive and is not."""

    place: Place
    message: str


def parse_comment(comment: Place) -> Directive | Malformed | None:
    """The directive in a comment (from its `#`), what is wrong with it, or None for any other."""
    text = comment.text
    at = text.find(MARKER)
    if at == -1 or text[:at].strip("# \t"):
        return _foreign(comment)
    body = text[at + len(MARKER) :].strip()
    match = _DIRECTIVE.match(body)
    if match is None:
        return Malformed(comment, "expected `ignore[RULE] reason`, ignore-file or ignore-stage")
    codes = tuple(code.strip() for code in match[2].split(",") if code.strip())
    if not codes:
        return Malformed(comment, "no rule is named between the brackets")
    return Directive(Scope(match[1]), codes, match[3].strip(), comment)


def _foreign(comment: Place) -> Directive | None:
    """A hadolint or BuildKit comment: counts for the rules that name its code as equivalent."""
    match = _HADOLINT.match(comment.text) or _BUILDKIT.match(comment.text)
    if match is None:
        return None
    codes = tuple(code.strip() for code in match[1].split(",") if code.strip())
    scope = Scope.FILE if "global" in match[0] else Scope.NEAREST
    return Directive(scope, codes, "", comment, foreign=True)
