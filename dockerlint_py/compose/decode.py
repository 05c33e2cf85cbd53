"""The last step from text to meaning: durations, sizes, commands, pairs; and what cannot be read
so.

One table says which key is read how. The check of a whole model, the typed model and the tests use
it.
"""

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from dockerlint_py.compose import gofmt, shellwords
from dockerlint_py.compose.canonical import split_pair
from dockerlint_py.compose.interpolate import to_boolean
from dockerlint_py.compose.patterns import ITEM, Patterns
from dockerlint_py.compose.problems import Problems, within
from dockerlint_py.compose.tree import Mapping, Scalar, Sequence, Value, text_of

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"
Decoder: TypeAlias = Callable[[Value], Plain]


class UndecodableError(ValueError):
    """A value that Compose refuses; `at` is the part to blame, if it is a part."""

    def __init__(self, message: str, at: Value | None = None, code: str = "value") -> None:
        super().__init__(message)
        self.at = at
        self.code = code


def duration(value: Value) -> Plain:
    """Nanoseconds."""
    if not isinstance(value, Scalar):
        return None
    return gofmt.parse_duration(gofmt.text(value.value))


def size(value: Value) -> Plain:
    """Bytes; a fraction without a unit is taken for nothing."""
    if isinstance(value, Scalar) and isinstance(value.value, str):
        return gofmt.parse_size(value.value)
    if isinstance(value, Scalar) and isinstance(value.value, int):
        return value.value
    return 0


def command(value: Value) -> Plain:
    """The words of a command; None when the image decides."""
    if isinstance(value, Sequence):
        return [text_of(item) or "" for item in value.items]
    text = text_of(value)
    if text is None:
        return None
    words = shellwords.split(text)
    if words.error is not None:
        raise UndecodableError(f"invalid command: {words.error}", code="command")
    return [word.text for word in words.words]


def health_test(value: Value) -> Plain:
    """The test of a health check with its first word, `CMD-SHELL` for a string."""
    if isinstance(value, Sequence):
        return [text_of(item) or "" for item in value.items]
    text = text_of(value)
    return None if text is None else ["CMD-SHELL", text]


def pairs_of(value: Value | None) -> dict[str, Scalar]:
    """The entries of a `name: value` mapping or a list of `name=value`, by name.

    An entry without a value is a null scalar at the place of its name.
    """
    if isinstance(value, Mapping):
        return {name: each for name, each in value.entries.items() if isinstance(each, Scalar)}
    made: dict[str, Scalar] = {}
    for item in value.items if isinstance(value, Sequence) else []:
        if not isinstance(item, Scalar):
            continue
        name, entry = split_pair(item)
        if entry is None:
            entry = item.pair[1] if item.pair is not None else _without_value(item)
        made[name] = entry
    return made


def _without_value(item: Scalar) -> Scalar:
    return Scalar(None, item.place, item.chain, item.place, doubt=item.doubt)


def assignments(value: Value) -> Plain:
    """Variables; one without a value is null."""
    if isinstance(value, Sequence):
        for item in value.items:
            name = (text_of(item) or "").partition("=")[0]
            if name and name[-1] in " \t\n\v\f\r\x85\xa0":
                raise UndecodableError(f"the variable `{name}` has a trailing space", item)
    return {name: _text_or_null(each) for name, each in pairs_of(value).items()}


def texts(value: Value) -> Plain:
    """Labels and the like: all values are texts, and an entry without one is an empty text."""
    return {name: _text_or_null(each) or "" for name, each in pairs_of(value).items()}


def _text_or_null(value: Scalar) -> str | None:
    return None if value.value is None else gofmt.text(value.value)


def options(value: Value) -> Plain:
    """A mapping of texts, whatever was written."""
    if not isinstance(value, Mapping):
        return {}
    return {
        name: "" if each.value is None else gofmt.text(each.value)
        for name, each in value.entries.items()
        if isinstance(each, Scalar)
    }


def storage_options(value: Value) -> Plain:
    """A mapping of texts or whole numbers, nothing else."""
    made: dict[str, Plain] = {}
    for name, each in value.entries.items() if isinstance(value, Mapping) else ():
        data = each.value if isinstance(each, Scalar) else None
        if isinstance(each, Scalar) and data is None:
            made[name] = ""
        elif not isinstance(data, str | int) or isinstance(data, bool):
            raise UndecodableError(f"`{name}` must be a string", each, "type")
        else:
            made[name] = gofmt.text(data)
    return made


def hosts(value: Value) -> Plain:
    """`extra_hosts` as addresses by name."""
    made: dict[str, Plain] = {}
    if isinstance(value, Mapping):
        for name, each in value.entries.items():
            listed = each.items if isinstance(each, Sequence) else [each]
            made[name] = [_address(text_of(one) or "") for one in listed]
            _check_host(name, each)
        return made
    for item in value.items if isinstance(value, Sequence) else []:
        text = text_of(item) or ""
        separator = "=" if "=" in text else ":"
        name, found, addresses = text.partition(separator)
        if not found:
            raise UndecodableError(f"`{text[:80]}` has no address", item)
        _check_host(name, item)
        known = made.setdefault(name, [])
        assert isinstance(known, list)
        known.extend(_address(one) for one in addresses.split(","))
    return made


def _check_host(name: str, at: Value) -> None:
    if not name or ":" in name or "=" in name:
        raise UndecodableError(f"bad host name `{name[:80]}`", at)


def _address(text: str) -> str:
    return text[1:-1] if len(text) > 2 and text[0] == "[" and text[-1] == "]" else text


def number(value: Value) -> Plain:
    """A floating point number."""
    if isinstance(value, Scalar) and isinstance(value.value, str):
        return gofmt.parse_float(value.value)
    return _number(value)


def _number(value: Value) -> Plain:
    data = value.value if isinstance(value, Scalar) else None
    return data if isinstance(data, int | float) else None


def whole(value: Value) -> Plain:
    """A whole number; a fraction is cut off."""
    data = value.value if isinstance(value, Scalar) else None
    if isinstance(data, str):
        raise UndecodableError(f"`{data[:80]}` is not an integer", None, "type")
    return int(data) if isinstance(data, int | float) and data == data else None


def natural(value: Value) -> Plain:
    """A whole number that is not negative."""
    made = whole(value)
    if isinstance(made, int) and made < 0:
        raise UndecodableError(f"`{made}` must not be negative")
    return made


def flag(value: Value) -> Plain:
    """A boolean, or a word for one."""
    data = value.value if isinstance(value, Scalar) else None
    return to_boolean(data) if isinstance(data, str) else data


def file_mode(value: Value) -> Plain:
    """A file mode; a string is octal."""
    data = value.value if isinstance(value, Scalar) else None
    if isinstance(data, str):
        if not data or any(digit not in "01234567" for digit in data):
            raise UndecodableError(f"`{data[:80]}` is not an octal mode")
        return int(data, 8)
    if isinstance(data, float):
        raise UndecodableError("a mode is no fraction", None, "type")
    return data


def device_count(value: Value) -> Plain:
    """How many devices; -1 for all."""
    data = value.value if isinstance(value, Scalar) else None
    if not isinstance(data, str):
        return data
    if data.lower() == "all":
        return -1
    if not data.lstrip("+-").isdecimal():
        raise UndecodableError(f"`{data[:80]}` is neither `all` nor a number")
    return int(data)


def integer_text(value: Value) -> Plain:
    """A whole number that may be written as a string."""
    data = value.value if isinstance(value, Scalar) else None
    if isinstance(data, str):
        if not data.lstrip("+-").isdecimal():
            raise UndecodableError(f"`{data[:80]}` is not an integer", None, "type")
        return int(data)
    return int(data) if isinstance(data, int | float) else None


def check_decodable(root: Mapping, problems: Problems) -> None:
    """Reports every value of a model that cannot be read as what its key takes."""
    _walk(root, decoders(), "", problems)


def _walk(value: Value, patterns: Patterns[Decoder], path: str, problems: Problems) -> None:
    if patterns.found is not None:
        _check(value, patterns.found, path, problems)
        return
    if isinstance(value, Mapping):
        for name, each in value.entries.items():
            below = patterns.down(name)
            if below is not None:
                _walk(each, below, f"{path}.{name}" if path else name, problems)
    elif isinstance(value, Sequence):
        below = patterns.down(ITEM)
        for number_, each in enumerate(value.items if below is not None else []):
            assert below is not None
            _walk(each, below, f"{path}[{number_}]", problems)


def _check(value: Value, decoder: Decoder, path: str, problems: Problems) -> None:
    try:
        decoder(value)
    except ValueError as error:
        at = error.at if isinstance(error, UndecodableError) and error.at is not None else value
        code = error.code if isinstance(error, UndecodableError) else "value"
        if not (isinstance(at, Scalar) and at.doubt is not None):
            problems.add(code, f"{within(path)}: {error}", at.place)


@cache
def decoders() -> Patterns[Decoder]:
    """Which key is read how; keys that are not here are read as they are."""
    from dockerlint_py.compose.decoders import TABLE

    return Patterns(TABLE)
