"""GitHub's `primaryLocationLineHash`, which tells its alerts apart.

The function of `src/fingerprints.ts` in github/codeql-action: for every line a polynomial hash of
the next 100 UTF-16 code units that are no space and no tab, then the number of lines so far that
have the same hash. It must be equal to the bit: `upload-sarif` compares.
"""

import re

_WINDOW = 100
_BASE = 37
_MASK = 2**64 - 1
_OLDEST = _BASE**_WINDOW & _MASK
"""What the unit that leaves the window is worth when the next one comes in."""
_LINE_FEED = 10
_END_OF_FILE = b"\xff\xff"


def line_hashes(data: bytes) -> list[str]:
    """The hash of every line of a file, the first line first.

    A line ends at CR, LF or CR LF; a byte order mark counts as a character. The window is rolled
    over the file, so that the time does not grow with the number of lines.
    """
    text = re.sub(r"\r\n?", "\n", data.decode("utf-8", "replace"))
    text = text.replace(" ", "").replace("\t", "")
    units = memoryview(text.encode("utf-16-le") + _END_OF_FILE + bytes(2 * _WINDOW)).cast("H")
    value = 0
    for unit in units[:_WINDOW]:
        value = (value * _BASE + unit) & _MASK
    seen: dict[int, int] = {}
    hashes = []
    begins_line = True
    for oldest, newest in zip(units, units[_WINDOW:], strict=False):
        if begins_line:
            seen[value] = seen.get(value, 0) + 1
            hashes.append(f"{value:x}:{seen[value]}")
        begins_line = oldest == _LINE_FEED
        value = (value * _BASE + newest - oldest * _OLDEST) & _MASK
    return hashes
