"""What type a YAML scalar has for Docker Compose, which reads with go-yaml v3.

That is neither YAML 1.1 (PyYAML) nor 1.2: `yes` and `22:22` are strings, `010` is eight, `1_000` is
a thousand and a date is a date. Source: the tests of go.yaml.in/yaml/v3, and `docker compose
config`.
"""

import math
import re
from typing import TypeAlias

from dockerlint_py.text.regex import regex
from dockerlint_py.yaml.nodes import ScalarNode, Style


class Timestamp(str):
    """A date or time: Compose takes it neither for a string nor for a number."""

    __slots__ = ()


class BadTagError(ValueError):
    """An explicit tag that the value does not fit, such as `!!int x`."""


Data: TypeAlias = str | int | float | bool | None

_WORDS: dict[str, Data] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
    ".nan": float("nan"),
    ".NaN": float("nan"),
    ".NAN": float("nan"),
    ".inf": float("inf"),
    ".Inf": float("inf"),
    ".INF": float("inf"),
    "+.inf": float("inf"),
    "+.Inf": float("inf"),
    "+.INF": float("inf"),
    "-.inf": float("-inf"),
    "-.Inf": float("-inf"),
    "-.INF": float("-inf"),
}
_FLOAT = regex(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_LOOSE_UNDERSCORE = regex(r"(?<![0-9])_|_(?![0-9])", re.ASCII)
_DATE = regex(r"[0-9]{4}-([0-9]{1,2})-([0-9]{1,2})", re.ASCII)
_TIME = regex(
    r"([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:\.[0-9]{1,9})?(Z|[-+][0-9]{2}:[0-9]{2})?", re.ASCII
)
_LONGEST_NUMBER = 400  # what is longer is no number that anybody writes, and costs time to convert
_PREFIX = "tag:yaml.org,2002:"
_SPECIAL = {"str", "int", "float", "bool", "null", "timestamp", "binary", "merge"}


def resolve(node: ScalarNode) -> Data | Timestamp:
    """The value of a scalar as Compose sees it.

    Raises BadTagError when an explicit tag contradicts the text.
    """
    tag = node.tag
    if tag is None or tag == "!":
        if node.style is not Style.PLAIN or tag == "!":
            return node.value
        return _plain(node.value)
    kind = tag.removeprefix(_PREFIX) if tag.startswith(_PREFIX) else tag.removeprefix("!!")
    if kind not in _SPECIAL or kind in ("str", "merge"):
        return node.value
    return _tagged(node.value, kind)


def _plain(text: str) -> Data | Timestamp:
    if text in _WORDS:
        return _WORDS[text]
    first = text[0]
    if first not in "0123456789+-." or len(text) > _LONGEST_NUMBER:
        return text
    if first == ".":
        return text if _LOOSE_UNDERSCORE.search(text) else _float(text)
    if _is_timestamp(text):
        return Timestamp(text)
    return _number(text)


def _number(text: str) -> Data:
    plain = text.replace("_", "")
    whole = _integer(plain)
    if whole is not None:
        return whole
    return _float(text)


def _float(text: str) -> str | float:
    plain = text.replace("_", "")
    number = float(plain) if _FLOAT.fullmatch(plain) else math.inf
    return number if math.isfinite(number) else text  # an overflow is no number for Go


def _integer(text: str) -> int | None:
    """An integer as Go's ParseInt with base 0 takes it: prefixes, and a leading zero for octal."""
    sign = -1 if text.startswith("-") else 1
    digits = text[1:] if text[:1] in ("-", "+") else text
    base = {"0x": 16, "0b": 2, "0o": 8}.get(digits[:2].lower())
    if base is not None:
        digits = digits[2:]
    elif digits.startswith("0") and len(digits) > 1:
        base = 8
    alphabet = "0123456789abcdef"[: base or 10]
    if not digits or any(digit not in alphabet for digit in digits.lower()):
        return None
    value = sign * int(digits, base or 10)
    return value if -(2**63) <= value < 2**64 else None


def _is_timestamp(text: str) -> bool:
    date = _DATE.match(text)
    if date is None or not (1 <= int(date[1]) <= 12 and 1 <= int(date[2]) <= 31):
        return False
    rest = text[date.end() :]
    if not rest:
        return True
    time = _TIME.fullmatch(rest[1:])
    if time is None or int(time[1]) > 23 or int(time[2]) > 59 or int(time[3]) > 59:
        return False
    if rest[0] in "Tt":
        return time[4] is not None
    return rest[0] == " " and time[4] is None


def _tagged(text: str, kind: str) -> Data | Timestamp:
    if kind == "binary":
        return _binary(text)
    value = _plain(text)
    if kind == "float" and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    expected: dict[str, type | tuple[type, ...]] = {
        "bool": bool,
        "float": float,
        "null": type(None),
        "timestamp": Timestamp,
    }
    if kind == "int":
        fits = isinstance(value, int) and not isinstance(value, bool)
    else:
        fits = isinstance(value, expected[kind])
    if not fits:
        raise BadTagError(f"cannot read `{text[:80]}` as a !!{kind}")
    return value


def _binary(text: str) -> str:
    import base64

    try:
        return base64.b64decode(
            text.translate({10: None, 13: None, 32: None}), validate=True
        ).decode("utf-8", "replace")
    except ValueError:
        raise BadTagError("!!binary value contains invalid base64 data") from None
