"""`DjangoDynaconf(__name__)`: names of a settings module, from files and variables as well."""

from typing import TYPE_CHECKING

from dockerlint_py.python.evaluate import dynaconf
from dockerlint_py.python.evaluate.dynaconf_files import DEFAULT_NAMES, UnknownFilesError
from dockerlint_py.python.evaluate.dynaconf_options import UnfollowedError, options_of
from dockerlint_py.python.evaluate.dynaconf_reading import Reading
from dockerlint_py.python.evaluate.env_files import EnvFile
from dockerlint_py.python.evaluate.invocation import Invocation
from dockerlint_py.python.evaluate.values import Items, Located, Made, Plain, Unresolved, Value

if TYPE_CHECKING:
    from dockerlint_py.python.expressions import Scalar

_PRESETS: "dict[str, Scalar]" = {
    "ENVVAR_PREFIX": "DJANGO",
    "ENV_SWITCHER": "DJANGO_ENV",
    "ENVIRONMENTS": True,
}


def load_into_module(call: Invocation) -> Value:
    """Every name of the module may be set by files and variables, and others may come to it."""
    run, frame = call.run, call.frame
    run.dynamic = True
    run.load(EnvFile(".env", call.place))
    names = {name: value for name, value in frame.names.items() if name.isupper()}
    settings = Made(dynaconf.MADE, (), _arguments(call, names), call.origin, call.place)
    for name in (*names, *_others(call, settings)):
        found = dynaconf.setting(run, settings, name)
        if found is not None:
            frame.bind(name, found, frame.places.get(name, call.place))
    frame.bind("settings", settings, call.place)
    return settings


def _others(call: Invocation, settings: Made) -> tuple[str, ...]:
    """The names that variables and files bring, as far as they are known."""
    try:
        options = options_of(call.run, settings)._replace(skips_module=True)
        call.run.kept[settings] = options
        found = Reading(call.run, settings, options).names()
    except (UnfollowedError, UnknownFilesError):
        return ()
    return tuple(name for name in found if name not in call.frame.names)


def _arguments(call: Invocation, names: dict[str, Value]) -> dict[str, Value]:
    folder = call.frame.path.rpartition("/")[0]
    given = {key.upper().removesuffix("_FOR_DYNACONF"): v for key, v in call.keywords.items()}
    arguments: dict[str, Value] = {name: Plain(value) for name, value in _PRESETS.items()}
    files = Items("list", tuple(Plain(name) for name in DEFAULT_NAMES))
    arguments |= {"SETTINGS_FILE": files, "ROOT_PATH": Located(folder)}
    arguments |= {name: value for name, value in names.items() if name not in arguments}
    known = {**arguments, **{key: value for key, value in given.items() if key != "LOAD_DOTENV"}}
    if not call.complete:
        known["PRELOAD"] = Unresolved("other arguments")
    return known
