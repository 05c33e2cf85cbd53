"""A line of source with the exact span underlined."""

from dockerlint_py.text import Place, clean

WIDTH = 88


def excerpt(place: Place, gutter: int) -> list[str]:
    """The first line of a place and its underline; `gutter` is the width of the line numbers.

    A long line is cut to the part around the span; a span of several lines is underlined to the
    end of the first one.
    """
    source = place.source
    number = place.line
    line = source.line_span(number)
    start = min(place.span.start, line.end)
    end = max(min(place.span.end, line.end), start)
    left = max(line.start, min(start - WIDTH // 4, line.end - WIDTH)) if _is_long(line) else line[0]
    right = min(line.end, left + WIDTH)
    end = min(end, right)
    # Cleaned as a whole: what is a command to a CI runner may begin before the span.
    shown = clean(source.text[left:right])
    indent = len(clean(source.text[left:start]))
    width = len(clean(source.text[left:end])) - indent
    head = "..." if left > line.start else ""
    tail = "..." if right < line.end else ""
    pad = " " * gutter
    return [
        f"{number:>{gutter}} | {head}{shown}{tail}",
        f"{pad} | {' ' * (len(head) + indent)}{'^' * max(width, 1)}",
    ]


def _is_long(line: tuple[int, int]) -> bool:
    return line[1] - line[0] > WIDTH
