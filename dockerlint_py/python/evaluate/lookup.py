"""Attributes and items of values."""

from typing import TYPE_CHECKING

from dockerlint_py.python import expressions as e
from dockerlint_py.python.evaluate import dynaconf
from dockerlint_py.python.evaluate.frame import Frame, Raised
from dockerlint_py.python.evaluate.operators import plain_text
from dockerlint_py.python.evaluate.values import (
    Box,
    ClassValue,
    External,
    FunctionValue,
    Items,
    Located,
    Made,
    Mapping,
    ModuleValue,
    ObjectValue,
    Plain,
    PurePath,
    Rest,
    Text,
    Unresolved,
    Value,
    derived,
    is_environ,
)
from dockerlint_py.python.notation import path_of
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate.evaluator import Evaluator

_PROPERTIES = {"property", "cached_property", "functools.cached_property", "computed_field"}
_CONSTANTS: dict[str, Value] = {
    "os.sep": Plain("/"),
    "os.name": Plain("posix"),
    "os.pathsep": Plain(":"),
    "sys.platform": Plain("linux"),
    "typing.TYPE_CHECKING": Plain(False),  # noqa: FBT003
    "logging.DEBUG": Plain(10),
    "logging.INFO": Plain(20),
    "logging.WARNING": Plain(30),
    "logging.ERROR": Plain(40),
    "logging.CRITICAL": Plain(50),
}
_LIBRARY_LISTS = frozenset(
    {"corsheaders.defaults.default_headers", "corsheaders.defaults.default_methods"}
)
_UNKNOWN_MEMBERS = ("sys.version_info", "sys.path", "sys.modules", "sys.executable")


def attribute(run: "Evaluator", holder: Value, name: str) -> Value:
    """`holder.name`."""
    if dynaconf.is_settings(holder):
        return dynaconf.attribute(run, holder, name)
    if isinstance(holder, External):
        return _external(run, f"{holder.path}.{name}")
    if isinstance(holder, ModuleValue):
        return _of_module(run, holder, name)
    if isinstance(holder, ObjectValue):
        return _of_object(run, holder, name)
    if isinstance(holder, ClassValue):
        return of_class(holder, name) or Unresolved(f"{name} is not in the class")
    if isinstance(holder, Made):
        if name in holder.set_keys:
            return holder.set_keys[name]
        return Unresolved(f"{name} of {holder.path}()", holder.origin)
    if isinstance(holder, Located | PurePath):
        return _of_path(holder, name)
    found = holder.find(name) if isinstance(holder, Box) else None
    if found is not None:
        return found
    run.doubt()
    return derived(holder, getattr(holder, "why", f"attribute {name}"))


def _external(run: "Evaluator", path: str) -> Value:
    if path == "sys.argv":
        if run.argv is None:
            return Items("list", (Rest("the arguments are not known"),))
        return Items("list", tuple(Plain(argument) for argument in run.argv))
    known = _CONSTANTS.get(path)
    if known is not None:
        return known
    if path in _LIBRARY_LISTS:
        return Items("tuple", (Rest("a library's list"),))
    return Unresolved(path) if path.startswith(_UNKNOWN_MEMBERS) else External(path)


def _of_module(run: "Evaluator", holder: ModuleValue, name: str) -> Value:
    found = run.module(holder.path).names.get(name)
    if found is not None:
        return found
    inner = run.graph.module(f"{run.graph.name_of(holder.path)}.{name}", holder.path)
    if inner is not None:
        return ModuleValue(inner)
    return Unresolved(f"{name} is not bound in {holder.path}")


def _of_object(run: "Evaluator", holder: ObjectValue, name: str) -> Value:
    if name in holder.attributes:
        return holder.attributes[name]
    found = of_class(holder.of, name)
    if isinstance(found, FunctionValue):
        bound = FunctionValue(found.path, found.number, holder)
        if decorators(run, found) & _PROPERTIES:
            record = run.graph.modules.facts(found.path).functions[found.number]
            first = record.params[0].name if record.params else "self"
            return run.run_function(bound, {first: holder})
        return bound
    if found is not None and not holder.is_open:
        return found
    return Unresolved(f"{name} of an object", holder.origin)


def of_class(of: ClassValue, name: str) -> Value | None:
    """A name of a class or of one of its bases, in order."""
    if name in of.names:
        return of.names[name]
    for base in of.bases:
        found = of_class(base, name) if isinstance(base, ClassValue) else None
        if found is not None:
            return found
    return None


def decorators(run: "Evaluator", function: FunctionValue) -> set[str]:
    """The names of the decorators of a function, without their arguments."""
    record = run.graph.modules.facts(function.path).functions[function.number]
    return {path_of(item).partition("(")[0].rpartition(".")[2] for item in record.decorators}


def _of_path(holder: Located | PurePath, name: str) -> Value:
    head, _, last = holder.path.rpartition("/")
    if name == "parent":
        if isinstance(holder, Located):
            if not holder.path:
                return Unresolved("a path outside of the repository", holder.origin)
            return Located(head, holder.origin)
        return PurePath(head or ("/" if holder.path.startswith("/") else "."), holder.origin)
    if name == "name":
        return Plain(last, holder.origin) if last else Unresolved("the root's name")
    if name in ("stem", "suffix") and last:
        stem, dot, suffix = last.rpartition(".")
        return Plain((stem or last) if name == "stem" else (dot + suffix if stem else ""))
    if name == "parents":
        return Made("parents", (holder,), {}, holder.origin)
    return Unresolved(f"{name} of a path", holder.origin)


def item(run: "Evaluator", holder: Value, key: Value, place: Place) -> Value:
    """`holder[key]`; `Raised` where that is known to raise."""
    if is_environ(holder):
        return _variable(run, key, place)
    if dynaconf.is_settings(holder):
        return dynaconf.item(run, holder, key, place)
    found = holder.find(plain_text(key) or "") if isinstance(holder, Box) else None
    if found is not None:
        return found
    if isinstance(holder, Mapping) and isinstance(key, Plain):
        if key.value in holder.entries:
            return holder.entries[key.value]
        if not holder.is_open:
            raise Raised("KeyError", f"{key.value!r} is not in the dict", place)
    if isinstance(holder, Items) and isinstance(key, Plain) and isinstance(key.value, int):
        return _at(holder, key.value, place)
    if isinstance(holder, Made):
        if holder.path == "parents" and isinstance(key, Plain) and isinstance(key.value, int):
            return _parent(holder.arguments[0], key.value)
        name = plain_text(key)
        if name in holder.set_keys:
            return holder.set_keys[name]
    text = plain_text(holder)
    if _is_no_key(holder, key):
        raise Raised("TypeError", "it has no such items", place)
    if text is not None and isinstance(key, Plain) and isinstance(key.value, int):
        if -len(text) <= key.value < len(text):
            return Plain(text[key.value], holder.origin)
        raise Raised("IndexError", "the string is too short", place)
    run.doubt()
    return Unresolved(getattr(holder, "why", "an item"), holder.origin.plus(key.origin))


def _is_no_key(holder: Value, key: Value) -> bool:
    """Whether a value is known not to have items of such keys."""
    if isinstance(holder, Plain) and not isinstance(holder.value, str | bytes):
        return True
    if isinstance(holder, Items) and holder.kind == "set":
        return True
    wrong = isinstance(key, Plain) and not isinstance(key.value, int)
    return wrong and isinstance(holder, Items | Plain | Text)


def _variable(run: "Evaluator", key: Value, place: Place) -> Value:
    name = plain_text(key)
    if name is None:
        run.dynamic = True
        run.doubt()
        return Unresolved("a variable whose name is not known", key.origin)
    found = run.lookup_variable(name, None, place)
    if found is None:
        raise Raised("KeyError", f"{name} is not set", place, (name,))
    return found


def _at(holder: Items, number: int, place: Place) -> Value:
    """An item by number: known as long as nothing unknown stands between it and that end."""
    items = holder.items if number >= 0 else holder.items[::-1]
    steps = number if number >= 0 else -number - 1
    for position, value in enumerate(items):
        if isinstance(value, Rest):
            return Unresolved(value.why, holder.origin)
        if position == steps:
            return value
    raise Raised("IndexError", "the list is too short", place)


def _parent(path: Value, number: int) -> Value:
    if number > 40:
        return Unresolved("a path outside of the repository")
    for _ in range(number + 1):
        path = _of_path(path, "parent") if isinstance(path, Located | PurePath) else path
    return path


def part(holder: Value, bounds: list[Value]) -> Value:
    """`holder[a:b:c]`."""
    numbers = [bound.value for bound in bounds if isinstance(bound, Plain)]
    limits = [number for number in numbers if number is None or isinstance(number, int)]
    if len(limits) == 3:
        cut = slice(*limits)
        text = plain_text(holder)
        try:
            if text is not None:
                return Plain(text[cut], holder.origin)
            if isinstance(holder, Items) and holder.values is not None:
                return Items(holder.kind, holder.values[cut], holder.origin)
        except ValueError:
            pass
    return Unresolved(getattr(holder, "why", "a slice"), holder.origin)


def environment_contains(
    run: "Evaluator", frame: Frame, left: Value, right: Value, expr: e.Compare
) -> bool | None:
    """`"X" in os.environ`; None when that is not what is compared, or not known."""
    if not is_environ(right):
        return None
    name = plain_text(left)
    if name is None:
        run.dynamic = True
        return None
    missing = Plain(None)
    found = run.lookup_variable(name, missing, frame.place(expr.start, expr.end), "presence")
    if found is None or isinstance(found, Unresolved):
        return None
    return not (isinstance(found, Plain) and found.value is None)
