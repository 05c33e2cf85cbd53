"""GitHub's `primaryLocationLineHash`, which tells its alerts apart.

The function of `src/fingerprints.ts` in github/codeql-action: for every line a polynomial hash of
the next 100 UTF-16 code units that are no space and no tab, then the number of lines so far that
have the same hash. It must be equal to the bit: `upload-sarif` compares.
"""

import re

_WINDOW = 100
_BASE = 37
_MASK = 2**64 - 1
_LINE_FEED = 10
_BLANKS = (9, 32)
_END_OF_FILE = 0xFFFF


def line_hashes(data: bytes) -> list[str]:
    """The hash of every line of a file, the first line first.

    A line ends at CR, LF or CR LF; a byte order mark counts as a character.
    """
    text = re.sub(r"\r\n?", "\n", data.decode("utf-8", "replace"))
    units = [u for u in memoryview(text.encode("utf-16-le")).cast("H") if u not in _BLANKS]
    units.append(_END_OF_FILE)
    starts = [0, *(at + 1 for at, unit in enumerate(units) if unit == _LINE_FEED)]
    units += [0] * _WINDOW
    seen: dict[int, int] = {}
    hashes = []
    for start in starts:
        value = 0
        for unit in units[start : start + _WINDOW]:
            value = (value * _BASE + unit) & _MASK
        seen[value] = seen.get(value, 0) + 1
        hashes.append(f"{value:x}:{seen[value]}")
    return hashes
