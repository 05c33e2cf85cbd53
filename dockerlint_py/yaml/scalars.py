"""Maps the text of a scalar back to the file: quotes, escapes, folding and indentation removed."""

from dockerlint_py.text import LogicalText, Piece
from dockerlint_py.yaml.nodes import ScalarNode, Style

_BLANKS = " \t\r\n"
_STOPS = " \t\r\n\\'"
_HEX_ESCAPES = {"x": 2, "u": 4, "U": 8}


def logical_text(node: ScalarNode) -> LogicalText:
    """The value of a scalar with the place of every character.

    Both are walked from left to right: YAML never reorders, it only leaves out (indentation,
    quotes) or replaces (escapes, folded line ends). A folded run of white space maps as a whole.
    """
    source = node.source
    start, end = _inside(node)
    if node.value == source.text[start:end]:
        return LogicalText(source, node.value, (Piece(0, len(node.value), start, end - start),))
    return LogicalText(source, node.value, _align(node, start, end))


def _inside(node: ScalarNode) -> tuple[int, int]:
    """The span of the text within the quotes, or behind the header of a block scalar."""
    if node.style in (Style.SINGLE, Style.DOUBLE):
        return node.start + 1, max(node.start + 1, node.end - 1)
    if node.style in (Style.LITERAL, Style.FOLDED):
        line_end = node.source.text.find("\n", node.start, node.end)
        return (line_end + 1 if line_end != -1 else node.end), node.end
    return node.start, node.end


def _align(node: ScalarNode, start: int, end: int) -> list[Piece]:
    """Pieces for a text that is not verbatim: words stand as they are, white space folds."""
    text = node.source.text
    value = node.value
    pieces: list[Piece] = []
    at = start
    done = 0
    while done < len(value) and at < end:
        if text[at] in _BLANKS:
            width, length = _white_space(text, at, end, value, done, node.style)
        elif node.style is Style.DOUBLE and text[at] == "\\":
            width, length = _escape(text, at, end)
        elif node.style is Style.SINGLE and text.startswith("''", at):
            width, length = 2, 1
        else:
            width = length = _word(text, at, end, value, done)
            if not width:
                break
        pieces.append(Piece(done, length, at, width))
        done += length
        at += width
    if done < len(value):
        pieces.append(Piece(done, len(value) - done, min(at, end), 0))
    return pieces


def _word(text: str, at: int, end: int, value: str, done: int) -> int:
    limit = min(end - at, len(value) - done)
    width = 0
    while width < limit and text[at + width] == value[done + width]:
        if text[at + width] in _STOPS and width:
            break
        width += 1
    return width


def _white_space(
    text: str, at: int, end: int, value: str, done: int, style: Style
) -> tuple[int, int]:
    """The width of a run of white space, and how many characters of the value it became."""
    stop = at
    while stop < end and text[stop] in _BLANKS:
        stop += 1
    breaks = text.count("\n", at, stop)
    run = done
    while run < len(value) and value[run] in _BLANKS:
        run += 1
    length = run - done
    if style is Style.DOUBLE:
        length = min(length, max(1, breaks - 1) if breaks else stop - at)
    return stop - at, length


def _escape(text: str, at: int, end: int) -> tuple[int, int]:
    """The width of an escape sequence; an escaped line end joins two lines and is no character."""
    following = text[at + 1 : at + 2]
    if following in ("\n", "\r"):
        stop = at + 1
        while stop < end and text[stop] in _BLANKS:
            stop += 1
        return stop - at, 0
    return 2 + _HEX_ESCAPES.get(following, 0), 1
