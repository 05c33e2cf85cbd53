"""Numbers, durations and sizes in the text forms that Compose (a Go program) reads and prints."""

import re

from dockerlint_py.text.regex import regex

_FLOAT = regex(
    r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,5})?|[-+]?(?:inf|infinity)|nan",
    re.ASCII | re.IGNORECASE,
)
_HOUR = 3_600_000_000_000
_UNITS = {
    "ns": 1,
    "us": 1_000,
    "µs": 1_000,
    "μs": 1_000,
    "ms": 1_000_000,
    "s": 1_000_000_000,
    "m": 60_000_000_000,
    "h": _HOUR,
    "d": 24 * _HOUR,
    "w": 168 * _HOUR,
}
_DURATION_PART = regex(r"([0-9]*)(?:\.([0-9]*))?([^.0-9]+)", re.ASCII)
_SIZE = regex(r"(.*[0-9.]) ?(?:([kmgtp])(?:i?b)?|b)?", re.ASCII | re.IGNORECASE)
_LONGEST = 100
_EXPONENT_FROM = 6  # strconv's %g of a shortest form


def parse_float(text: str) -> float:
    """A floating point number; raises ValueError."""
    if len(text) > _LONGEST or not _FLOAT.fullmatch(text):
        raise ValueError(f"`{text[:_LONGEST]}` is not a number")
    return float(text)


def parse_duration(text: str) -> int:
    """A duration such as `1m30s` or `0.5h` in nanoseconds; days and weeks are units too.

    Raises ValueError: a number without a unit is no duration.
    """
    rest = text[1:] if text[:1] in ("-", "+") else text
    if rest == "0":
        return 0
    total = 0
    at = 0
    while at < len(rest) <= _LONGEST:
        part = _DURATION_PART.match(rest, at)
        if part is None or part[3] not in _UNITS or not (part[1] or part[2]):
            break
        unit = _UNITS[part[3]]
        fraction = part[2] or ""
        total += int(part[1] or 0) * unit
        if fraction:
            total += int(int(fraction) * (unit / 10 ** len(fraction)))
        at = part.end()
    if not rest or at < len(rest) or total >= 2**63:
        missing = rest[:1].isdigit() and rest.isdecimal()
        hint = ": a unit is missing" if missing else ""
        raise ValueError(f"`{text[:_LONGEST]}` is not a duration{hint}")
    return -total if text.startswith("-") else total


def parse_size(text: str) -> int:
    """A size in bytes such as `64m` or `1.5 GiB` (binary units, case does not matter).

    Raises ValueError.
    """
    match = _SIZE.fullmatch(text) if len(text) <= _LONGEST else None
    number = match[1] if match is not None else ""
    if match is None or not _FLOAT.fullmatch(number) or number.startswith("-"):
        raise ValueError(f"`{text[:_LONGEST]}` is not a size")
    power = "kmgtp".find(match[2].lower()) + 1 if match[2] else 0
    return int(float(number) * 1024**power)


def text(value: str | int | float | bool | None) -> str:
    """A value as Go's `%v` prints it: `true`, `3.1`, `1e+06`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "<nil>"
    if isinstance(value, float):
        return _float_text(value)
    return str(value)


def _float_text(value: float) -> str:
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "+Inf" if value > 0 else "-Inf"
    if value == 0:
        return "-0" if repr(value).startswith("-") else "0"
    shortest = repr(value)
    power = _power(shortest)
    if -4 <= power < _EXPONENT_FROM:
        return shortest.removesuffix(".0")
    digits = _digits(shortest)
    sign = "-" if value < 0 else ""
    body = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
    return f"{sign}{body}e{'-' if power < 0 else '+'}{abs(power):02d}"


def _power(shortest: str) -> int:
    """The decimal exponent of a number in its shortest form (-4 to -1 are not told apart)."""
    plain, _, exponent = shortest.lstrip("-").partition("e")
    if exponent:
        return int(exponent)
    whole = plain.partition(".")[0]
    return len(whole) - 1 if whole != "0" else -1


def _digits(shortest: str) -> str:
    plain = shortest.lstrip("-").partition("e")[0].replace(".", "").lstrip("0")
    return plain.rstrip("0") or "0"
