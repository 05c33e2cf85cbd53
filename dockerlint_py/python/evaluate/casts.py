"""Text of the environment into values, as each library does it."""

from typing import TYPE_CHECKING

from dockerlint_py.python.evaluate import urls
from dockerlint_py.python.evaluate.frame import Raised
from dockerlint_py.python.evaluate.invocation import Invocation
from dockerlint_py.python.evaluate.operators import plain_text
from dockerlint_py.python.evaluate.values import (
    External,
    Items,
    Made,
    Mapping,
    Plain,
    PurePath,
    Unresolved,
    Value,
)

if TYPE_CHECKING:
    from dockerlint_py.python.expressions import Scalar


_ENVIRON_TRUE = ("true", "on", "ok", "y", "yes", "1")
_TRUE = {
    "environs": "1 Yes Y yes true YES On on True y TRUE T ON t".split(),
    "decouple": "y yes t true on 1".split(),
    "starlette": "true 1".split(),
}
_FALSE = {
    "environs": "0 Off no NO f N No n F OFF off False FALSE false".split(),
    "decouple": "n no f false off 0".split(),
    "starlette": "false 0".split(),
}
_FAILS = {"environs": "EnvError"}


def cast_by_name(style: str, cast: str, value: Value, call: Invocation) -> Value:
    """The value as a method of the library gives it: `env.bool("X")`."""
    if cast in ("db", "db_url"):
        return urls.database(value)
    if cast == "dj_db_url":
        return urls.dj_database(value, call)
    if cast in ("cache", "cache_url", "dj_cache_url"):
        return urls.cache(value)
    if cast in ("str", "unicode", "NoneType"):
        return value
    text = plain_text(value)
    if text is None:
        call.run.doubt()
        return value if cast == "str" else Unresolved(f"{cast} of something unknown", value.origin)
    if cast == "bool":
        return _truth(style, text, value, call)
    if cast in ("int", "float"):
        return _number(style, cast, text, value, call)
    if cast in ("list", "tuple", "set"):
        return _items(style, cast, text, value, call)
    if cast == "dict":
        return _dict(text, value)
    if cast == "json":
        from dockerlint_py.python.evaluate.stdlib import call_external

        return call_external("json.loads", call.of(value))
    if cast == "path" and style == "environs":
        return PurePath(text, value.origin)
    return Unresolved(f"{cast} is not followed", value.origin)


def _truth(style: str, text: str, value: Value, call: Invocation) -> Value:
    if style == "environ":
        return Plain(_environ_truth(text), value.origin)
    folded = text if style == "environs" else text.lower()
    if style == "decouple" and not text:
        return Plain(False, value.origin)  # noqa: FBT003
    if folded in _TRUE[style] or folded in _FALSE[style]:
        return Plain(folded in _TRUE[style], value.origin)
    raise Raised(_FAILS.get(style, "ValueError"), f"{text!r} is no truth value", call.place)


def _environ_truth(text: str) -> bool:
    try:
        return int(text[:30]) != 0
    except ValueError:
        return text.lower().strip() in _ENVIRON_TRUE


def _number(style: str, cast: str, text: str, value: Value, call: Invocation) -> Value:
    try:
        return Plain(int(text[:50]) if cast == "int" else float(text[:50]), value.origin)
    except ValueError:
        why = f"{text[:40]!r} is no number"
        raise Raised(_FAILS.get(style, "ValueError"), why, call.place) from None


def _items(style: str, kind: str, text: str, value: Value, call: Invocation) -> Value:
    if style == "environ" and kind == "tuple":
        text = text.strip("(").rstrip(")")
    parts = text.split(",") if text else []
    if style == "environ":
        parts = [part for part in parts if part]
    items: tuple[Value, ...] = tuple(Plain(part, value.origin) for part in parts)
    inner = call.keywords.get("subcast") or call.keywords.get("cast")
    if style == "environ" and inner is None and len(call.positional) > 1:
        inner = call.positional[1]
    if isinstance(inner, External):
        items = tuple(cast_by_value(style, inner, item, call) for item in items)
    return Items(kind, items, value.origin)


def _dict(text: str, value: Value) -> Value:
    entries: dict[Scalar, Value] = {}
    for pair in text.split(","):
        key, equals, held = pair.partition("=")
        if equals:
            entries[key] = Plain(held, value.origin)
    return Mapping(entries, value.origin)


def cast_by_value(style: str, cast: Value, value: Value, call: Invocation) -> Value:
    """The value as the callable that was handed over as `cast` makes it."""
    if isinstance(cast, External):
        name = cast.path.rpartition(".")[2]
        if cast.path in ("bool", "int", "float", "str"):
            return _simple(style, name, value, call)
        if cast.path in ("list", "tuple", "dict", "set") and style == "environ":
            return cast_by_name(style, name, value, call)
        if name == "CommaSeparatedStrings":
            return _separated(value)
        if name in ("Secret", "URL"):
            return value
    if isinstance(cast, Made) and cast.path == "decouple.Csv":
        return _csv(cast, value, call)
    from dockerlint_py.python.evaluate.calls import apply

    return apply(cast, call.of(value))


def _simple(style: str, name: str, value: Value, call: Invocation) -> Value:
    """A builtin as cast: on a default it is the builtin itself."""
    if plain_text(value) is not None:
        return cast_by_name(style, name, value, call)
    from dockerlint_py.python.evaluate.stdlib import call_external

    return call_external(name, call.of(value))


def _csv(cast: Made, value: Value, call: Invocation) -> Value:
    text = plain_text(value)
    delimiter = plain_text(cast.keywords.get("delimiter") or Plain(","))
    odd = len(cast.arguments) > 1 or "strip" in cast.keywords
    if text is None or not delimiter or odd or '"' in text or "'" in text or "\\" in text:
        return Unresolved("a list from something unknown", value.origin)
    parts = [part.strip(" %s\t\r\n") for part in text.split(delimiter)] if text else []
    items: tuple[Value, ...] = tuple(Plain(part, value.origin) for part in parts if part)
    inner = cast.arguments[0] if cast.arguments else cast.keywords.get("cast")
    if inner is not None:
        items = tuple(cast_by_value("decouple", inner, item, call) for item in items)
    kind = cast.keywords.get("post_process")
    is_tuple = isinstance(kind, External) and kind.path == "tuple"
    if (
        kind is not None
        and not is_tuple
        and not (isinstance(kind, External) and kind.path == "list")
    ):
        return Unresolved("a list made by a function", value.origin)
    return Items("tuple" if is_tuple else "list", items, value.origin)


def _separated(value: Value) -> Value:
    text = plain_text(value)
    if text is None or any(mark in text for mark in "\"'\\"):
        return Unresolved("a list from something unknown", value.origin)
    items = tuple(Plain(part.strip(), value.origin) for part in text.split(",") if part.strip())
    return Items("list", items, value.origin)
