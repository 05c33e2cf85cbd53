"""Builtins and functions of the standard library that configuration uses."""

from collections.abc import Callable

from dockerlint_py.python.evaluate import dynaconf, path_calls
from dockerlint_py.python.evaluate.compute import spread
from dockerlint_py.python.evaluate.django_dynaconf import load_into_module
from dockerlint_py.python.evaluate.env_files import load_file, require_file
from dockerlint_py.python.evaluate.frame import Raised
from dockerlint_py.python.evaluate.invocation import Invocation
from dockerlint_py.python.evaluate.lookup import attribute, of_class
from dockerlint_py.python.evaluate.operators import bounded, elements, plain_text
from dockerlint_py.python.evaluate.results import NotKnownError, from_python, to_python
from dockerlint_py.python.evaluate.split_settings import include
from dockerlint_py.python.evaluate.urls import config_url, parse_url
from dockerlint_py.python.evaluate.values import (
    ENVIRON_COPY,
    ENVIRONS,
    ClassValue,
    External,
    Items,
    Located,
    Made,
    Mapping,
    ObjectValue,
    Origin,
    Plain,
    PurePath,
    Rest,
    Text,
    Unresolved,
    Value,
    derived,
    moved,
)
from dockerlint_py.python.evaluate.verdicts import truth

_Handler = Callable[[Invocation], Value]
_GENERATORS = frozenset(
    {
        "secrets.token_hex",
        "secrets.token_urlsafe",
        "secrets.token_bytes",
        "secrets.choice",
        "secrets.randbelow",
        "os.urandom",
        "uuid.uuid4",
        "uuid.uuid1",
        "random.choice",
        "random.choices",
        "random.randint",
        "random.random",
        "random.sample",
        "random.getrandbits",
        "django.core.management.utils.get_random_secret_key",
        "django.utils.crypto.get_random_string",
        "cryptography.fernet.Fernet.generate_key",
    }
)
_QUIET = ("print", "warnings.", "logging.", "sentry_sdk.", "os.makedirs", "os.mkdir", "sys.stdout")


def call_external(path: str, call: Invocation) -> Value:
    """What calling something that is not in the repository gives."""
    handler = _HANDLERS.get(path)
    if handler is not None:
        return handler(call)
    origin = call.origin
    if path in _GENERATORS:
        why = f"{path}() gives another value in every process"
        return Unresolved(why, Origin((call.place,)).plus(origin), None, path)
    if path in ("sys.exit", "exit", "quit"):
        raise Raised("SystemExit", "exits", call.place)
    if path.startswith(_QUIET):
        return Plain(None)
    call.run.doubt()
    return Made(path, call.positional, call.keywords, origin, call.place)


def _getenv(call: Invocation) -> Value:
    name = plain_text(call.get(0, "key") or Plain(None))
    default = call.get(1, "default") or Plain(None)
    if name is None:
        call.run.dynamic = True
        return Unresolved("a variable whose name is not known", call.origin)
    return call.run.lookup_variable(name, default, call.place) or default


def _environ_item(call: Invocation) -> Value:
    from dockerlint_py.python.evaluate.lookup import item

    key = call.get(0) or Plain(None)
    return item(call.run, External("os.environ"), key, call.place)


def _environ_setdefault(call: Invocation) -> Value:
    name = plain_text(call.get(0) or Plain(None))
    value = call.get(1) or Plain(None)
    if name is None:
        return Unresolved("setdefault of an unknown variable")
    held = call.run.lookup_variable(name, value, call.place) or value
    call.run.overlay[name] = held
    return held


def _environ_update(call: Invocation) -> Value:
    given = call.get(0)
    if isinstance(given, Mapping):
        call.run.overlay.update({str(key): value for key, value in given.entries.items()})
    call.run.overlay.update(call.keywords)
    return Plain(None)


def _bool(call: Invocation) -> Value:
    value = call.get(0) or Plain(None)
    known = truth(value)
    if known is None:
        return Unresolved("bool of something unknown", value.origin)
    return Plain(known, value.origin)


def _number(kind: type[int] | type[float]) -> _Handler:
    def convert(call: Invocation) -> Value:
        value = call.get(0) or Plain(0)
        held = value.value if isinstance(value, Plain) else None
        if isinstance(held, str | int | float) and len(call.positional) == 1:
            try:
                return Plain(kind(held if not isinstance(held, str) else held[:50]), value.origin)
            except (ValueError, OverflowError):
                raise Raised("ValueError", f"{held!r} is no number", call.place) from None
        if isinstance(value, Plain) and held is None:
            raise Raised("TypeError", "None is no number", call.place, value.origin.unset)
        call.run.doubt()
        return Unresolved("the number of something unknown", call.origin)

    return convert


def _str(call: Invocation) -> Value:
    value = call.get(0) or Plain("")
    if isinstance(value, Plain):
        return Plain(str(value.value), value.origin)
    if isinstance(value, Located):
        return Located(value.path, value.origin, is_text=True)
    if isinstance(value, PurePath):
        return Plain(value.path, value.origin)
    return value if isinstance(value, Text) else derived(value, "text of something")


def _collection(kind: str) -> _Handler:
    def convert(call: Invocation) -> Value:
        value = call.get(0)
        if value is None:
            return Items(kind, ())
        items = bounded(spread(value))
        if kind == "set":
            items = _distinct(items)
        return Items(kind, items, value.origin)

    return convert


def _distinct(items: tuple[Value | Rest, ...]) -> tuple[Value | Rest, ...]:
    """The items without doubles among the scalars."""
    seen: dict[object, Value | Rest] = {}
    for item in items:
        seen.setdefault(item.value if isinstance(item, Plain) else id(item), item)
    return tuple(seen.values())


def _dict(call: Invocation) -> Value:
    given = call.get(0)
    if isinstance(given, External) and not call.keywords and len(call.positional) == 1:
        return External(ENVIRON_COPY) if given.path in ENVIRONS else given
    entries = dict(given.entries) if isinstance(given, Mapping) else {}
    entries.update(call.keywords)
    known = given is None or (isinstance(given, Mapping) and not given.is_open)
    return Mapping(entries, call.origin, is_open=not (known and call.complete))


def _length(call: Invocation) -> Value:
    value = call.get(0) or Unresolved("nothing")
    text = plain_text(value)
    if text is not None:
        return Plain(len(text), value.origin)
    known = elements(value)
    if known is None:
        return Unresolved("the length of something unknown", value.origin)
    return Plain(len(known), value.origin)


def _sorted(call: Invocation) -> Value:
    value = call.get(0) or Unresolved("nothing")
    known = elements(value)
    if known is None or call.keywords:
        return Unresolved("a sorted list", value.origin)
    try:
        order = sorted(known, key=lambda item: to_python(item))  # type: ignore[arg-type,return-value]
    except (TypeError, NotKnownError):
        return Unresolved("a sorted list", value.origin)
    return Items("list", tuple(order), value.origin)


def _any_or_all(*, wanted: bool) -> _Handler:
    def judge(call: Invocation) -> Value:
        value = call.get(0) or Unresolved("nothing")
        known = elements(value)
        tests = [truth(item) for item in known] if known is not None else [None]
        if wanted in tests:
            return Plain(wanted, value.origin)
        if None in tests:
            return Unresolved("any or all of something unknown", value.origin)
        return Plain(not wanted, value.origin)

    return judge


def _map(call: Invocation) -> Value:
    from dockerlint_py.python.evaluate.calls import apply

    function, items = call.get(0), call.get(1)
    known = None if items is None else elements(items)
    if function is None or known is None or len(known) > 300:
        return Unresolved("map of something unknown", call.origin)
    if isinstance(function, External) and function.path.startswith("str."):
        from dockerlint_py.python.evaluate.methods import call_method

        name = function.path.removeprefix("str.")
        none = call.of()
        results = [call_method(item, name, none) for item in known]
    else:
        results = [apply(function, call.of(item)) for item in known]
    return Items("list", tuple(results), call.origin)


def _filter(call: Invocation) -> Value:
    function, items = call.get(0), call.get(1)
    known = None if items is None else elements(items)
    nothing = isinstance(function, Plain) and function.value is None
    plain = nothing or (isinstance(function, External) and function.path == "bool")
    if known is None or not plain or any(truth(item) is None for item in known):
        return Unresolved("filter of something unknown", call.origin)
    return Items("list", tuple(item for item in known if truth(item)), call.origin)


def _getattr(call: Invocation) -> Value:
    holder, name = call.get(0), plain_text(call.get(1) or Plain(None))
    if holder is None or name is None:
        return Unresolved("getattr", call.origin)
    if isinstance(holder, ClassValue | ObjectValue) and len(call.positional) > 2:
        of = holder if isinstance(holder, ClassValue) else holder.of
        known = isinstance(holder, ObjectValue) and name in holder.attributes
        if not known and of_class(of, name) is None:
            return call.positional[2]
    return attribute(call.run, holder, name)


def _json(call: Invocation) -> Value:
    text = plain_text(call.get(0) or Plain(None))
    if text is None or len(text) > 20_000:
        call.run.doubt()
        return Unresolved("JSON of something unknown", call.origin)
    import json

    try:
        return from_python(json.loads(text), call.origin)
    except (ValueError, RecursionError):
        raise Raised("JSONDecodeError", "it is not JSON", call.place) from None


def _literal_eval(call: Invocation) -> Value:
    import ast

    text = plain_text(call.get(0) or Plain(None))
    if text is None or len(text) > 2000:
        call.run.doubt()
        return Unresolved("a literal of something unknown", call.origin)
    try:
        return from_python(ast.literal_eval(text), call.origin)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        raise Raised("ValueError", f"{text[:40]!r} is no literal", call.place) from None


def _strtobool(call: Invocation) -> Value:
    value = call.get(0) or Unresolved("nothing")
    text = plain_text(value)
    if text is None:
        call.run.doubt()
        return Unresolved("bool of something unknown", call.origin)
    if text.lower() in ("y", "yes", "t", "true", "on", "1"):
        return Plain(1, value.origin)
    if text.lower() in ("n", "no", "f", "false", "off", "0"):
        return Plain(0, value.origin)
    raise Raised("ValueError", f"{text!r} is no truth value", call.place)


def _identity(call: Invocation) -> Value:
    value = call.get(0) or Plain("")
    if isinstance(value, Items):
        return Items(value.kind, value.items, value.origin)
    return moved(value, call.origin)


def _cast(call: Invocation) -> Value:
    return call.get(1, "val") or Unresolved("cast")


def _copy_of_environ(_: Invocation) -> Value:
    return External(ENVIRON_COPY)


_HANDLERS: dict[str, _Handler] = {
    "os.getenv": _getenv,
    "os.environ.get": _getenv,
    "os.environ.pop": _getenv,
    "os.environ.__getitem__": _environ_item,
    "os.environ.setdefault": _environ_setdefault,
    "os.environ.update": _environ_update,
    "os.environ.copy": _copy_of_environ,
    f"{ENVIRON_COPY}.copy": _copy_of_environ,
    f"{ENVIRON_COPY}.get": _getenv,
    f"{ENVIRON_COPY}.__getitem__": _environ_item,
    "os.path.join": path_calls.join,
    "os.path.dirname": path_calls.folder,
    "os.path.basename": path_calls.last_part,
    "os.path.abspath": path_calls.whole,
    "os.path.realpath": path_calls.whole,
    "os.path.normpath": path_calls.whole,
    "os.path.expanduser": path_calls.whole,
    "os.fspath": _str,
    "pathlib.Path": path_calls.path_object,
    "pathlib.PurePath": path_calls.path_object,
    "pathlib.PosixPath": path_calls.path_object,
    "bool": _bool,
    "int": _number(int),
    "float": _number(float),
    "str": _str,
    "list": _collection("list"),
    "tuple": _collection("tuple"),
    "set": _collection("set"),
    "frozenset": _collection("set"),
    "dict": _dict,
    "collections.OrderedDict": _dict,
    "len": _length,
    "sorted": _sorted,
    "any": _any_or_all(wanted=True),
    "all": _any_or_all(wanted=False),
    "map": _map,
    "filter": _filter,
    "getattr": _getattr,
    "json.loads": _json,
    "ast.literal_eval": _literal_eval,
    "distutils.util.strtobool": _strtobool,
    "setuptools._distutils.util.strtobool": _strtobool,
    "copy.copy": _identity,
    "copy.deepcopy": _identity,
    "typing.cast": _cast,
    "django.utils.translation.gettext_lazy": _identity,
    "django.utils.translation.gettext": _identity,
    "split_settings.tools.include": include,
    "split_settings.tools.optional": _identity,
    "dotenv.load_dotenv": load_file,
    "dotenv.main.load_dotenv": load_file,
    "decouple.RepositoryEnv": require_file,
    "dynaconf.Dynaconf": dynaconf.make,
    "dynaconf.LazySettings": dynaconf.make,
    "dynaconf.base.LazySettings": dynaconf.make,
    "dynaconf.DjangoDynaconf": load_into_module,
    "dynaconf.contrib.DjangoDynaconf": load_into_module,
    "dynaconf.contrib.django_dynaconf_v2.load": load_into_module,
    "dj_database_url.config": config_url,
    "dj_database_url.parse": parse_url,
}
