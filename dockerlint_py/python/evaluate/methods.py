"""Methods of strings, lists, dicts and paths."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from dockerlint_py.python.evaluate.assign import unsure
from dockerlint_py.python.evaluate.frame import Frame, Raised, placed_in
from dockerlint_py.python.evaluate.invocation import Invocation
from dockerlint_py.python.evaluate.operators import (
    MAX_TEXT,
    bounded,
    joined_path,
    plain_text,
    text_of,
)
from dockerlint_py.python.evaluate.results import NotKnownError, to_python
from dockerlint_py.python.evaluate.values import (
    Box,
    Items,
    Located,
    Mapping,
    Plain,
    PurePath,
    Rest,
    Text,
    Unresolved,
    Value,
    moved,
)
from dockerlint_py.python.evaluate.verdicts import same

if TYPE_CHECKING:
    from dockerlint_py.python.expressions import Scalar


_TEXT_METHODS = frozenset(
    {
        "capitalize", "casefold", "count", "endswith", "find", "index", "isalnum", "isalpha",
        "isdecimal", "isdigit", "islower", "isnumeric", "isspace", "isupper", "lower", "lstrip",
        "partition", "removeprefix", "removesuffix", "replace", "rpartition", "rsplit", "rstrip",
        "split", "splitlines", "startswith", "strip", "swapcase", "title", "upper",
    }
)  # fmt: skip
"""Methods whose result is bounded by their receiver and arguments."""
_TYPES: dict[str, type] = {"list": list, "tuple": tuple, "set": set}
_Method = Callable[[Value, Invocation], Value]


def call_method(holder: Value, name: str, call: Invocation) -> Value:
    """The value of `holder.name(...)`."""
    if isinstance(holder, Plain):
        return _of_plain(holder, name, call)
    if isinstance(holder, Items | Mapping):
        kind = _TYPES.get(getattr(holder, "kind", "dict"), dict)
        if not hasattr(kind, name):
            raise Raised("AttributeError", f"a {kind.__name__} has no {name}", call.place)
    table = _METHODS.get(type(holder), {})
    method = table.get(name)
    if method is not None:
        return method(holder, call)
    if isinstance(holder, Items | Mapping):
        _spoil(call.frame, holder, name)
    call.run.doubt()
    return Unresolved(f".{name}() is not followed", holder.origin.plus(call.origin))


def _spoil(frame: Frame, holder: Items | Mapping, name: str) -> None:
    """An unknown method may change its list or dict."""
    if name in ("count", "index", "isdisjoint", "issubset", "issuperset"):
        return
    if isinstance(holder, Items):
        frame.replace(holder, Items(holder.kind, (Rest(f".{name}()"),), holder.origin))
    else:
        frame.replace(holder, Mapping({}, holder.origin, is_open=True))


def _of_plain(holder: Plain, name: str, call: Invocation) -> Value:
    origin = holder.origin.plus(call.origin)
    text = holder.value
    if not isinstance(text, str):
        if not hasattr(text, name):
            kind = type(text).__name__
            why = f"{kind} has no {name}"
            raise Raised("AttributeError", why, call.place, holder.origin.unset)
        return Unresolved(f".{name}() of a {type(text).__name__}", origin)
    if name == "join":
        return _join(holder, call)
    if name == "format":
        return _format(text, holder, call)
    if not hasattr(text, name):
        raise Raised("AttributeError", f"text has no {name}", call.place)
    if name not in _TEXT_METHODS:
        return Unresolved(f".{name}() is not followed", origin)
    try:
        given = [to_python(value) for value in call.positional]
        keywords = {key: to_python(value) for key, value in call.keywords.items()}
        if name == "replace" and len(given) > 1 and len(text) * len(str(given[1])) > MAX_TEXT:
            return Unresolved("too long", origin)
        result = getattr(text, name)(*given, **keywords)
    except NotKnownError:
        return Unresolved(f".{name}() with unknown call", origin)
    except (TypeError, ValueError):
        call.run.doubt()
        return Unresolved(f".{name}() fails here", origin)
    if isinstance(result, list | tuple):
        kind = "list" if isinstance(result, list) else "tuple"
        return Items(kind, tuple(Plain(item, origin) for item in result), origin)
    return Plain(result, origin)


def _join(holder: Plain, call: Invocation) -> Value:
    items = call.get(0)
    values = items.values if isinstance(items, Items) else None
    origin = holder.origin.plus(call.origin)
    if values is None:
        return Unresolved("join of something unknown", origin)
    parts: list[Value] = []
    for number, value in enumerate(values):
        parts += [holder, value] if number else [value]
    return moved(text_of(parts), origin) if parts else Plain("", origin)


def _format(text: str, holder: Plain, call: Invocation) -> Value:
    """`str.format` with plain fields only: a format may ask for any width."""
    import string

    origin = holder.origin.plus(call.origin)
    parts: list[Value] = []
    number = 0
    try:
        fields = list(string.Formatter().parse(text))
    except ValueError:
        return Unresolved("a broken format", origin)
    for literal, field, spec, conversion in fields:
        parts.append(Plain(literal, origin))
        if field is None:
            continue
        value = call.keywords.get(field)
        if field == "" or field.isdecimal():
            value = call.get(int(field) if field else number)
            number += 1
        unusual = spec or conversion or value is None
        parts.append(Unresolved("a field", origin) if unusual or value is None else value)
    return moved(text_of(parts), origin) if parts else Plain("", origin)


def _partly(holder: Value, _: Invocation) -> Value:
    """`strip` and the like of a partly known string: its beginning stays known enough."""
    return holder


def _startswith(holder: Value, call: Invocation) -> Value:
    prefix = plain_text(call.get(0) or Plain(None))
    known = holder.prefix if isinstance(holder, Text) else ""
    if prefix is not None and (known.startswith(prefix) or not prefix.startswith(known)):
        return Plain(known.startswith(prefix), holder.origin)
    return Unresolved("startswith of something unknown", holder.origin)


def _text_replace(holder: Value, call: Invocation) -> Value:
    old = plain_text(call.get(0) or Plain(None))
    new = plain_text(call.get(1) or Plain(None))
    if isinstance(holder, Text) and old and new is not None and holder.prefix.startswith(old):
        parts = (holder.prefix.replace(old, new), *holder.parts[1:])
        return Text(parts, holder.why, holder.origin)
    return Unresolved("replace in something unknown", holder.origin)


def _append(holder: Value, call: Invocation) -> Value:
    if isinstance(holder, Items) and call.positional:
        value = placed_in(holder, call.positional[0], call.frame.meter)
        items = (*holder.items, value)
        call.frame.replace(holder, Items(holder.kind, items, holder.origin), call.place)
    return Plain(None)


def _extend(holder: Value, call: Invocation) -> Value:
    from dockerlint_py.python.evaluate.compute import spread

    if isinstance(holder, Items) and call.positional:
        items = bounded((*holder.items, *spread(call.positional[0])))
        call.frame.replace(holder, Items(holder.kind, items, holder.origin), call.place)
    return Plain(None)


def _insert(holder: Value, call: Invocation) -> Value:
    position, value = call.get(0), call.get(1)
    if isinstance(holder, Items) and value is not None:
        value = placed_in(holder, value, call.frame.meter)
        items = list(holder.items)
        number = position.value if isinstance(position, Plain) else None
        known = isinstance(number, int) and (number == 0 or holder.values is not None)
        if known and isinstance(number, int):
            items.insert(number, value)
        else:
            items = [Rest("inserted somewhere"), value, Rest("inserted somewhere")]
        call.frame.replace(holder, Items(holder.kind, tuple(items), holder.origin), call.place)
    return Plain(None)


def _remove(holder: Value, call: Invocation) -> Value:
    wanted = call.get(0)
    if isinstance(holder, Items) and wanted is not None:
        items = list(holder.items)
        for number, item in enumerate(items):
            if same(item, wanted):
                del items[number]
                break
        else:
            if holder.values is None:
                call.run.doubt()
            elif holder.kind != "set":
                raise Raised("ValueError", "it is not in the list", call.place)
        call.frame.replace(holder, Items(holder.kind, tuple(items), holder.origin), call.place)
    return Plain(None)


def _items_copy(holder: Value, _: Invocation) -> Value:
    if isinstance(holder, Items):
        return Items(holder.kind, holder.items, holder.origin)
    return holder


def _index(holder: Value, call: Invocation) -> Value:
    wanted = call.get(0)
    if isinstance(holder, Items) and wanted is not None:
        for number, item in enumerate(holder.items):
            if isinstance(item, Rest):
                break
            if same(item, wanted):
                return Plain(number, holder.origin)
        else:
            raise Raised("ValueError", "it is not in the list", call.place)
    return Unresolved("an index", holder.origin)


def _get(holder: Value, call: Invocation) -> Value:
    key = call.get(0)
    default = call.get(1, "default") or Plain(None)
    if isinstance(holder, Mapping) and isinstance(key, Plain):
        if key.value in holder.entries:
            return holder.entries[key.value]
        if not holder.is_open:
            return default
    return Unresolved("an entry that may be there", holder.origin, default)


def _box_get(holder: Value, call: Invocation) -> Value:
    key = plain_text(call.get(0, "key") or Plain(None))
    found = holder.find(key) if isinstance(holder, Box) and key is not None else None
    return _get(holder, call) if found is None else found


def _setdefault(holder: Value, call: Invocation) -> Value:
    key, value = call.get(0), call.get(1, "default") or Plain(None)
    if not isinstance(holder, Mapping) or not isinstance(key, Plain):
        return Unresolved("setdefault", holder.origin)
    if key.value not in holder.entries:
        changed = {**holder.entries, key.value: value}
        new = Mapping(changed, holder.origin, is_open=holder.is_open)
        call.frame.replace(holder, new, call.place)
        return value
    return holder.entries[key.value]


def _update(holder: Value, call: Invocation) -> Value:
    if not isinstance(holder, Mapping):
        return Plain(None)
    entries: dict[Scalar, Value] = dict(holder.entries)
    is_open = holder.is_open or not call.complete
    for given in call.positional:
        known = given if isinstance(given, Mapping) else Mapping({}, is_open=True)
        if known.is_open:
            entries = dict(unsure(Mapping(entries)).entries)
            is_open = True
        entries.update(known.entries)
    entries = {key: placed_in(holder, value, call.frame.meter) for key, value in entries.items()}
    keywords: dict[Scalar, Value] = dict(call.keywords.items())
    entries.update(keywords)
    call.frame.replace(holder, Mapping(entries, holder.origin, is_open=is_open), call.place)
    return Plain(None)


def _pop(holder: Value, call: Invocation) -> Value:
    key = call.get(0)
    if isinstance(holder, Items):
        values = holder.values
        if values and key is None:
            new = Items(holder.kind, values[:-1], holder.origin)
            call.frame.replace(holder, new, call.place)
            return values[-1]
        _spoil(call.frame, holder, "pop")
        return Unresolved("pop", holder.origin)
    result = _get(holder, call)
    if isinstance(holder, Mapping) and isinstance(key, Plain):
        entries = {name: value for name, value in holder.entries.items() if name != key.value}
        new_map = Mapping(entries, holder.origin, is_open=holder.is_open)
        call.frame.replace(holder, new_map, call.place)
    return result


def _map_copy(holder: Value, _: Invocation) -> Value:
    if isinstance(holder, Mapping):
        return Mapping(dict(holder.entries), holder.origin, is_open=holder.is_open)
    return holder


def _views(kind: str) -> _Method:
    def view(holder: Value, _: Invocation) -> Value:
        if not isinstance(holder, Mapping) or holder.is_open:
            return Unresolved(f".{kind}() of something unknown", holder.origin)
        rows: list[Value] = []
        for key, value in holder.entries.items():
            name = Plain(key, holder.origin)
            pair = Items("tuple", (name, value), holder.origin)
            rows.append({"keys": name, "values": value, "items": pair}[kind])
        return Items("list", tuple(rows), holder.origin)

    return view


def _path_same(holder: Value, _: Invocation) -> Value:
    return holder


def _path_join(holder: Value, call: Invocation) -> Value:
    return joined_path(holder, list(call.positional))


def _path_text(holder: Value, _: Invocation) -> Value:
    if isinstance(holder, Located):
        return Located(holder.path, holder.origin, is_text=True)
    return Plain(holder.path, holder.origin) if isinstance(holder, PurePath) else holder


def _path_exists(holder: Value, _: Invocation) -> Value:
    return Unresolved("whether a file exists", holder.origin)


_PATH: dict[str, _Method] = {
    "resolve": _path_same,
    "absolute": _path_same,
    "expanduser": _path_same,
    "joinpath": _path_join,
    "as_posix": _path_text,
    "exists": _path_exists,
    "is_file": _path_exists,
    "is_dir": _path_exists,
}
_METHODS: dict[type, dict[str, _Method]] = {
    Text: {
        "strip": _partly,
        "startswith": _startswith,
        "replace": _text_replace,
    },
    Items: {
        "append": _append,
        "add": _append,
        "extend": _extend,
        "update": _extend,
        "insert": _insert,
        "remove": _remove,
        "discard": _remove,
        "pop": _pop,
        "index": _index,
        "copy": _items_copy,
    },
    Mapping: {
        "get": _get,
        "setdefault": _setdefault,
        "update": _update,
        "pop": _pop,
        "copy": _map_copy,
        "keys": _views("keys"),
        "values": _views("values"),
        "items": _views("items"),
    },
    Located: _PATH,
    PurePath: _PATH,
}
_METHODS[Box] = {**_METHODS[Mapping], "get": _box_get}
