"""Objects that read the environment: django-environ, environs, decouple, Starlette's Config."""

from dockerlint_py.python.evaluate.assign import with_key
from dockerlint_py.python.evaluate.casts import cast_by_name, cast_by_value
from dockerlint_py.python.evaluate.env_files import EnvFile, load_file
from dockerlint_py.python.evaluate.frame import Raised
from dockerlint_py.python.evaluate.invocation import Invocation
from dockerlint_py.python.evaluate.operators import plain_text
from dockerlint_py.python.evaluate.values import (
    External,
    Items,
    Made,
    Mapping,
    Plain,
    Unresolved,
    Value,
)

_STYLES = {
    "environ.Env": "environ",
    "environ.FileAwareEnv": "environ",
    "environs.Env": "environs",
    "environs.FileAwareEnv": "environs",
    "decouple.Config": "decouple",
    "decouple.AutoConfig": "decouple",
    "starlette.config.Config": "starlette",
}
_READY = {"decouple.config": "decouple", "environs.env": "environs"}
_MISSING = {
    "environ": "ImproperlyConfigured",
    "environs": "EnvError",
    "decouple": "UndefinedValueError",
    "starlette": "KeyError",
}
_PREFIXED = "environs.Env.prefixed"
_FILES = ("read_env", "read_envfile")
_DEFAULT_URLS = {"db": "DATABASE_URL", "db_url": "DATABASE_URL", "cache": "CACHE_URL"}


def is_reader(value: Value) -> bool:
    """Whether a value reads the environment when it, or a method of it, is called."""
    return _style(value) != ""


def _style(value: Value) -> str:
    if isinstance(value, Made):
        return _STYLES.get(value.path, "")
    if isinstance(value, External):
        if value.path in _READY:
            return _READY[value.path]
        # `environ.Env.read_env()` and the like are called on the class.
        return _STYLES.get(value.path, "") if value.path in ("environ.Env", "environs.Env") else ""
    return ""


def call_reader(reader: Value, method: str, call: Invocation) -> Value:
    """What calling a reader, or a method of it, gives."""
    style = _style(reader)
    if isinstance(reader, External) and reader.path in _STYLES:
        if not method:
            return Made(reader.path, call.positional, call.keywords, call.origin, call.place)
        if method not in _FILES:
            return Unresolved(f"{reader.path}.{method}()", call.origin)
    if method in _FILES:
        return load_file(call)
    if method == "prefixed":
        return Made(_PREFIXED, (reader, call.get(0) or Plain("")), {}, call.origin)
    name = plain_text(call.get(0, "var") or Plain(_DEFAULT_URLS.get(method)))
    if name is None:
        call.run.dynamic = True
        call.run.doubt()
        return Unresolved("a variable whose name is not known", call.origin)
    return _read(style, reader, method, _prefix(reader) + name, call)


def _prefix(reader: Value) -> str:
    if isinstance(reader, Made):
        for key in ("prefix", "env_prefix"):
            text = plain_text(reader.set_keys.get(key) or Plain(None))
            text = text or plain_text(reader.keywords.get(key) or Plain(None))
            if text:
                return text
    return ""


def prefixed(value: Value) -> tuple[Value, Made] | None:
    """What `env.prefixed("X_")` stands for: the reader, and the one to use in the `with` block."""
    if not isinstance(value, Made) or value.path != _PREFIXED:
        return None
    reader, prefix = value.arguments
    held = reader if isinstance(reader, Made) else Made("environs.Env", (), {}, reader.origin)
    whole = Plain(_prefix(reader) + (plain_text(prefix) or ""), prefix.origin)
    return reader, with_key(held, "prefix", whole)


def _read(style: str, reader: Value, method: str, name: str, call: Invocation) -> Value:
    if style == "decouple":
        for file in ("settings.ini", ".env"):
            call.run.load(EnvFile(file, call.place))
    elif style == "starlette" and isinstance(reader, Made) and reader.arguments:
        load_file(call.of(reader.arguments[0]))
    elif _has_file(reader, name, call):
        return Unresolved(f"{name}_FILE may name a file with the value", call.origin)
    cast, default = _cast_and_default(style, reader, method, name, call)
    label = cast if isinstance(cast, str) else _label(cast)
    found = call.run.variable(name, default, call.place, label)
    value = found.value
    if value is None:
        raise Raised(_MISSING[style], f"{name} is not set", call.place, (name,))
    if isinstance(value, Unresolved):
        call.run.doubt()
        return value
    if found.is_default and not _casts_default(style, label, value):
        return value
    text = plain_text(value)
    if style == "environ" and text and text.startswith("$"):
        value = call.run.lookup_variable(text[1:], None, call.place, label) or value
    if isinstance(cast, str):
        return cast_by_name(style, cast, value, call)
    return cast_by_value(style, cast, value, call)


def _has_file(reader: Value, name: str, call: Invocation) -> bool:
    """Whether a `FileAwareEnv` may read a file that `NAME_FILE` names."""
    if not isinstance(reader, Made) or not reader.path.endswith(".FileAwareEnv"):
        return False
    found = call.run.variable(f"{name}_FILE", None, call.place).value
    return found is not None


def _casts_default(style: str, label: str, value: Value) -> bool:
    if style in ("decouple", "starlette"):
        return style == "decouple" or not (isinstance(value, Plain) and value.value is None)
    return label in ("db", "db_url", "dj_db_url", "cache", "cache_url") and not isinstance(
        value, Mapping
    )


def _cast_and_default(
    style: str, reader: Value, method: str, name: str, call: Invocation
) -> tuple[Value | str, Value | None]:
    """What the text becomes, and what stands for it when the variable is not set."""
    if style == "starlette":
        return call.get(1, "cast") or "str", call.get(2, "default")
    if style == "decouple":
        return call.get(2, "cast") or "str", call.get(1, "default")
    if style == "environs":
        return method or "str", call.get(1, "default")
    if method:
        position = 2 if method in ("list", "tuple", "dict") else 1
        return method, call.get(position, "default")
    cast = call.get(1, "cast")
    default = call.keywords.get("default") or call.get(2)
    scheme = reader.keywords.get(name) if isinstance(reader, Made) else None
    if cast is None and isinstance(scheme, Items) and scheme.values:
        cast = scheme.values[0]
        default = default or (scheme.values[1] if len(scheme.values) > 1 else None)
    elif cast is None and scheme is not None:
        cast = scheme
    return cast or _smart(default), default


def _smart(default: Value | None) -> str:
    """django-environ casts to the type of the default."""
    if isinstance(default, Plain) and default.value is not None:
        return type(default.value).__name__
    if isinstance(default, Items):
        return default.kind
    return "dict" if isinstance(default, Mapping) else "str"


def _label(cast: Value) -> str:
    if isinstance(cast, External | Made):
        return cast.path.rpartition(".")[2]
    return "function"
