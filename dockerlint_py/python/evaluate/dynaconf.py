"""Objects of dynaconf: settings out of files and variables, read as attributes, items and calls.

What changes them later, and options that are not followed, make every setting unknown. The order is
the library's: arguments, files, variables, and defaults of validators for what is still missing.
"""

from typing import TYPE_CHECKING

from dockerlint_py.python.evaluate.dynaconf_options import UnfollowedError, options_of
from dockerlint_py.python.evaluate.dynaconf_reading import ATTRIBUTES, READERS, Reading, place_of
from dockerlint_py.python.evaluate.env_files import EnvFile
from dockerlint_py.python.evaluate.frame import Raised
from dockerlint_py.python.evaluate.invocation import Invocation
from dockerlint_py.python.evaluate.operators import plain_text
from dockerlint_py.python.evaluate.values import (
    Box,
    External,
    Made,
    Plain,
    Unresolved,
    Value,
)
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate.evaluator import Evaluator

MADE = "dynaconf.Dynaconf"
_GLOBAL = "dynaconf.settings"
_LOOKS = READERS | {"keys", "items", "values", "as_dict", "to_dict", "from_env", "get_fresh"}
"""Methods that change nothing."""
_CHANGED = "*"
"""The key in `set_keys` of an object that was changed in a way that is not followed."""


def is_settings(value: Value) -> bool:
    """Whether a value is an object of dynaconf."""
    if isinstance(value, Made):
        return value.path == MADE
    return isinstance(value, External) and value.path == _GLOBAL


def make(call: Invocation) -> Value:
    """`Dynaconf(...)`: it reads every variable with its prefix."""
    run = call.run
    run.dynamic = True
    made = Made(MADE, call.positional, call.keywords, call.origin, call.place)
    if not call.complete or call.positional:
        made.set_keys[_CHANGED] = Plain(None)
    dotenv = call.keywords.get("load_dotenv")
    if dotenv is not None and not (isinstance(dotenv, Plain) and not dotenv.value):
        run.load(EnvFile(".env", call.place))
    return made


def attribute(run: "Evaluator", holder: Value, name: str) -> Value:
    """`settings.NAME`."""
    if name in ATTRIBUTES or name.startswith("_"):
        _change(holder)
        return Unresolved(f"{name} of dynaconf")
    found = setting(run, holder, name)
    if found is None:
        raise Raised("AttributeError", f"there is no setting {name}", place_of(holder))
    return found


def item(run: "Evaluator", holder: Value, key: Value, place: Place) -> Value:
    """`settings["NAME"]`."""
    name = plain_text(key)
    if name is None:
        run.doubt()
        return Unresolved("a setting of an unknown name", key.origin)
    found = setting(run, holder, name)
    if found is None:
        raise Raised("KeyError", f"there is no setting {name}", place)
    return found


def call_settings(holder: Value, method: str, call: Invocation) -> Value:
    """`settings("NAME")`, `settings.get("NAME", default)`; other methods may change it."""
    if method not in _LOOKS:
        _change(holder)
    name = plain_text(call.get(0, "key") or Plain(None))
    if method not in ("", "get") or name is None or len(call.positional) > 2 or not call.complete:
        call.run.doubt()
        return Unresolved(f"{method}() of dynaconf", call.origin)
    if set(call.keywords) - {"default", "key"}:
        return Unresolved("a setting with a cast", call.origin)
    default = call.get(1, "default") or Plain(None)
    found = setting(call.run, holder, name, default)
    return default if found is None else found


def setting(
    run: "Evaluator", holder: Value, name: str, default: Value | None = None
) -> Value | None:
    """The value of a setting, None where it is known that there is none.

    A `default` is what a caller falls back to; it is noted with the variables that are read.
    """
    first, *rest = name.replace("__", ".").split(".")
    try:
        found = _first(run, holder, first, None if rest else default)
    except UnfollowedError as error:
        run.doubt()
        found = Unresolved(str(error), holder.origin)
    for part in rest:
        if found is None:
            return None
        found = found.find(part) if isinstance(found, Box) else Unresolved("a part of a setting")
    return found


def _first(run: "Evaluator", holder: Value, name: str, default: Value | None) -> Value | None:
    changes = holder.set_keys if isinstance(holder, Made) else {}
    if _CHANGED in changes:
        raise UnfollowedError("the settings were changed")
    if any(key.upper() == name.upper() for key in changes):
        return changes.get(name.upper()) or Unresolved("the setting was changed")
    return Reading(run, holder, options_of(run, holder)).value(name.upper(), default)


def _change(holder: Value) -> None:
    """Everything may be different from here on, for all that hold the object."""
    if isinstance(holder, Made):
        holder.set_keys[_CHANGED] = Plain(None)
