"""Line and byte column, as `ast` counts them, into code-point offsets."""

from bisect import bisect_right

from dockerlint_py.text.regex import regex

_WIDE = regex(r"[^\x00-\x7f]")
_LINE_END = regex(r"\r\n|\r|\n")


class Positions:
    """The line table of one text; `ast` ends lines at LF, CR LF and CR and counts UTF-8 bytes.

    `starts` is the offset of each line by its number from 1, with one more entry for the end.
    `wide` holds the bytes of the lines that are not plain ASCII: elsewhere a column is an offset.
    """

    __slots__ = ("starts", "text", "wide")

    def __init__(self, text: str) -> None:
        self.text = text
        starts = [0, 0]
        if "\r" in text:
            starts += [match.end() for match in _LINE_END.finditer(text)]
        else:
            at = text.find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = text.find("\n", at + 1)
        starts.append(len(text))
        self.starts = starts
        self.wide: dict[int, bytes] = {} if text.isascii() else self._wide_lines()

    def offset(self, line: int, column: int) -> int:
        """The offset of a byte column (from 0) of a line (from 1)."""
        start = self.starts[line]
        encoded = self.wide.get(line)
        if encoded is None:
            return start + column
        return start + len(encoded[:column].decode("utf-8", "ignore"))

    def _wide_lines(self) -> dict[int, bytes]:
        wide = {}
        at = 0
        while match := _WIDE.search(self.text, at):
            line = bisect_right(self.starts, match.start(), 1, len(self.starts) - 1) - 1
            at = self.starts[line + 1]
            wide[line] = self.text[self.starts[line] : at].encode("utf-8", "surrogatepass")
        return wide
