"""Objects of dynaconf: settings out of files and variables, read as attributes, items and calls.

What changes them later, and options that are not followed, make every setting unknown. The order is
the library's: arguments, files, variables, and defaults of validators for what is still missing.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Unknown
from dockerlint_py.python.evaluate.dynaconf_files import Search, UnknownFilesError
from dockerlint_py.python.evaluate.dynaconf_values import (
    FileData,
    from_data,
    from_default,
    from_variable,
)
from dockerlint_py.python.evaluate.env_files import EnvFile
from dockerlint_py.python.evaluate.frame import Raised
from dockerlint_py.python.evaluate.invocation import Invocation
from dockerlint_py.python.evaluate.operators import plain_text
from dockerlint_py.python.evaluate.results import NotKnownError, to_python
from dockerlint_py.python.evaluate.values import (
    NOWHERE,
    Box,
    External,
    Items,
    Made,
    Origin,
    Plain,
    Unresolved,
    Value,
)
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate.evaluator import Evaluator

MADE = "dynaconf.Dynaconf"
_GLOBAL = "dynaconf.settings"
_VALIDATORS = ("dynaconf.Validator", "dynaconf.validator.Validator")
_FOLLOWED = (
    *("ENVVAR_PREFIX", "SETTINGS_FILE", "ENVIRONMENTS", "ENV_SWITCHER", "ENV", "ROOT_PATH"),
    "MERGE_ENABLED",
)
_HARMLESS = (
    "ENCODING",
    "LOWERCASE_READ",
    "DOTENV_VERBOSE",
    "SILENT_ERRORS",
    "INSTANCE",
    "VALIDATE_ON_UPDATE",
)
_OTHERS = (
    *("APPLY_DEFAULT_ON_NONE", "AUTO_CAST", "COMMENTJSON_ENABLED", "CORE_LOADERS", "DEFAULT_ENV"),
    *("DOTENV_OVERRIDE", "DOTENV_PATH", "DOTTED_LOOKUP", "ENVVAR", "FORCE_ENV", "FRESH_VARS"),
    *("IGNORE_UNKNOWN_ENVVARS", "INCLUDES", "INDEX_SEPARATOR", "LOADERS", "MAIN_ENV", "PRELOAD"),
    *("NESTED_SEPARATOR", "REDIS", "REDIS_ENABLED", "SECRETS", "SKIP_FILES", "SYSENV_FALLBACK"),
    *("VAULT", "VAULT_ENABLED", "YAML_LOADER", "DYNABOXIFY"),
)
_MISSPELT = {"SETTINGS_FILES": "SETTINGS_FILE", "ENVIRONMENT": "ENVIRONMENTS"}
_SUFFIX = "_FOR_DYNACONF"
_SWITCHER = "ENV_FOR_DYNACONF"
_READERS = frozenset({"", "get", "exists", "as_bool", "as_int", "as_float", "as_json"})
_LOOKS = _READERS | {"keys", "items", "values", "as_dict", "to_dict", "from_env", "get_fresh"}
"""Methods that change nothing."""
_ATTRIBUTES = _READERS | frozenset(
    """
    set update clean reload configure validators store loaders load_file setenv unset unset_all
    populate_obj from_env using_env fresh current_env current_namespace settings_module
    settings_file environ get_fresh get_environ exists_in_environ as_dict to_dict keys items values
    setdefault flag path_for find_file execute_loaders pre_load load_includes load_extra_yaml
    dynaconf dynaconf_clone logger is_overridden namespace using_namespace configured loaded_envs
    loaded_namespaces loaded_by_loaders filter_strategy SETTINGS_MODULE
    """.split()
)
"""Names that are attributes of every object of dynaconf, and no settings."""
_STEERING = frozenset(
    {
        *("DYNACONF_NAMESPACE", "DYNACONF_SETTINGS", "DYNACONF_SETTINGS_MODULE", "PROJECT_ROOT"),
        *("DYNACONF_ALWAYS_FRESH_VARS", "DYNACONF_SILENT_ERRORS", "SETTINGS_MODULE"),
    }
)
"""Old names of variables that dynaconf is configured with."""
_CHANGED = "*"
"""The key in `set_keys` of an object that was changed in a way that is not followed."""


class Options(NamedTuple):
    """What an object is made with. `prefixes` are whole beginnings of names, in the order read."""

    prefixes: tuple[str, ...]
    sections: tuple[str, ...] = ()
    files: Value | None = None
    root: Value | None = None
    is_layered: bool = False
    merges: bool = False
    switcher: str = _SWITCHER
    env: Value | None = None
    given: "dict[str, Value]" = {}  # noqa: RUF012 (never changed)
    validators: Value | None = None
    skips_module: bool = False


class UnfollowedError(Exception):
    """Raised inside this package only: an option, or its value, is not followed."""


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
    if name in _ATTRIBUTES or name.startswith("_"):
        _change(holder)
        return Unresolved(f"{name} of dynaconf")
    found = setting(run, holder, name)
    if found is None:
        raise Raised("AttributeError", f"there is no setting {name}", _place(holder))
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


def _place(holder: Value) -> Place | None:
    places = holder.origin.places
    return holder.place if isinstance(holder, Made) else places[0] if places else None


def options_of(run: "Evaluator", holder: Value) -> Options:
    """The options of an object; `UnfollowedError` where they are not followed."""
    if not isinstance(holder, Made):
        raise UnfollowedError("the settings of dynaconf itself")
    known = run.kept.get(holder)
    if not isinstance(known, Options):
        known = run.kept[holder] = _options(holder.keywords)
    return known


def _options(keywords: dict[str, Value]) -> Options:
    options: dict[str, Value] = {}
    given: dict[str, Value] = {}
    for key, value in keywords.items():
        name = key.upper().removesuffix(_SUFFIX)
        name = _MISSPELT.get(name, name)
        if name in _FOLLOWED:
            options[name] = value
        elif name in _OTHERS or (key.islower() and key not in ("load_dotenv", "validators")):
            if name not in _HARMLESS:
                raise UnfollowedError(f"the option {key} of dynaconf is not followed")
        elif key.isupper() and name not in _HARMLESS:
            given[key] = value
    prefix = _plain(options.get("ENVVAR_PREFIX"), "DYNACONF")
    merges = _plain(options.get("MERGE_ENABLED"), preset=False)
    return Options(
        prefixes=_prefixes(prefix),
        sections=("default", str(prefix or "dynaconf").lower()),
        files=options.get("SETTINGS_FILE"),
        root=options.get("ROOT_PATH"),
        is_layered=_plain(options.get("ENVIRONMENTS"), preset=False) is not False,
        merges=merges is not False,
        switcher=str(_plain(options.get("ENV_SWITCHER"), _SWITCHER)),
        env=options.get("ENV"),
        given=given,
        validators=keywords.get("validators"),
    )


def _plain(value: Value | None, preset: object) -> object:
    if value is None:
        return preset
    if not isinstance(value, Plain):
        raise UnfollowedError("an option of dynaconf is not known")
    return value.value


def _prefixes(prefix: object) -> tuple[str, ...]:
    if prefix is None:
        return ()
    if prefix is False:
        return ("DYNACONF_", "")
    if not isinstance(prefix, str) or not prefix:
        raise UnfollowedError("the prefix of dynaconf is not followed")
    own = tuple(f"{part}_" for part in prefix.upper().split(","))
    return own if prefix.upper() == "DYNACONF" else ("DYNACONF_", *own)


class Reading:
    """Reads settings under the environment of a run."""

    def __init__(self, run: "Evaluator", holder: Value, options: Options) -> None:
        self._run = run
        self._holder = holder
        self._options = options
        self._place = _place(holder)
        self._validators = tuple(_validators(options.validators))

    def value(self, key: str, default: Value | None) -> Value | None:
        """A setting; what a validator demands must be there before anything is read."""
        for each in self._validators:
            for name in each.names:
                if each.is_required and name != key and self._set(name, None) is None:
                    variables = tuple(prefix + name for prefix in self._options.prefixes[-1:])
                    raise Raised("ValidationError", f"{name} is required", self._place, variables)
        return self._set(key, default)

    def names(self) -> tuple[str, ...]:
        """The names that variables and files set, as far as that is known."""
        found = [
            rest
            for name in self._variables()
            for prefix in self._options.prefixes
            if prefix and (rest := name.removeprefix(prefix)) != name
        ]
        for file in self._files:
            found += [name.upper() for _, table in self._tables(file) for name in table]
        whole = (name for name in found if name.isupper() and "__" not in name and "." not in name)
        return tuple(dict.fromkeys(name for name in whole if name not in _ATTRIBUTES))

    def _variables(self) -> Iterator[str]:
        """The names of the variables that are, or may be, set."""
        for name in dict.fromkeys((*self._run.environment.names(), *self._run.overlay)):
            fact = self._run.environment.get(name)
            if name in self._run.overlay or isinstance(fact, Unknown) or fact.value is not None:
                yield name

    def _set(self, key: str, default: Value | None) -> Value | None:
        judged = [each for each in self._validators if key in each.names]
        if any(not each.is_followed for each in judged):
            return Unresolved(f"a validator may change {key}")
        below = self._below(key)
        defaults = [each.default for each in judged if each.default is not None]
        fallback = below or (defaults[0] if defaults else default)
        found = self._in_variables(key, below, fallback)
        if found is None and defaults:
            return defaults[0]
        return found

    def _below(self, key: str) -> Value | None:
        """What arguments and files say."""
        given = self._options.given.get(key)
        text = plain_text(given) if given is not None else None
        if given is not None and text is not None:
            given = from_data(text, given.origin)
        try:
            return self._in_files(key) or given
        except UnknownFilesError as error:
            return Unresolved(str(error), NOWHERE, given)

    def _in_variables(self, key: str, below: Value | None, fallback: Value | None) -> Value | None:
        if self._is_taken_apart(key):
            return Unresolved(f"variables set parts of {key}", NOWHERE, below)
        found = below
        for prefix in self._options.prefixes:
            preset = fallback if found is None else found
            read = self._run.variable(prefix + key, preset, self._place_or_raise(), "dynaconf")
            if read.is_default or read.value is None:
                found = None if found is None else read.value
                continue
            text = plain_text(read.value)
            found = read.value if text is None else from_variable(text, read.value.origin)
            if self._options.merges and isinstance(found, Items | Box):
                found = Unresolved(f"{key} may be merged", found.origin)
        return found

    def _place_or_raise(self) -> Place:
        if self._place is None:
            raise UnfollowedError("it is not known where the settings are made")
        return self._place

    def _is_taken_apart(self, key: str) -> bool:
        """Whether variables set parts of it, are written in another case, or steer dynaconf."""
        switches = (_SWITCHER, self._options.switcher)
        for name in self._variables():
            if name in _STEERING or (name.endswith(_SUFFIX) and name not in switches):
                return True
            for prefix in self._options.prefixes:
                rest = name.removeprefix(prefix) if name.startswith(prefix) else ""
                if rest.upper() == key and rest != key:
                    return True
                if rest.replace(".", "__").upper().startswith(key + "__"):
                    return True
        return False

    def _in_files(self, key: str) -> Value | None:
        found: Value | None = None
        for file in self._files:
            for path, table in self._tables(file):
                if any(name.upper().replace(".", "__").startswith(key + "__") for name in table):
                    raise UnknownFilesError(f"{file.source.path} sets parts of {key}")
                for name, data in table.items():
                    if name.upper() == key:
                        origin = Origin((file.place(*path, name),))
                        value = from_data(data, origin)
                        if found is not None and isinstance(value, Items | Box):
                            self._doubt_merging(file, key)
                        found = value
        return found

    def _doubt_merging(self, file: FileData, key: str) -> None:
        if self._options.merges or "dynaconf_merge" in file.source.text.lower():
            raise UnknownFilesError(f"{key} may be merged")

    @property
    def _files(self) -> tuple[FileData, ...]:
        names = self._options.files
        if names is None:
            return ()
        kept = self._run.kept
        key = (self._holder, "files")
        if key not in kept:
            module = self._place_or_raise().path
            root = self._options.root
            search = Search(self._run, module, root, skips=self._options.skips_module)
            try:
                kept[key] = search.load(names)
            except UnknownFilesError as error:
                kept[key] = error
        found = kept[key]
        if isinstance(found, UnknownFilesError):
            raise found
        assert isinstance(found, tuple)
        if any("dynaconf_include" in file.source.text.lower() for file in found):
            raise UnknownFilesError("other files are included")
        return found

    def _tables(self, file: FileData) -> Iterator[tuple[tuple[str, ...], dict[str, object]]]:
        """The tables of a file that count, in the order in which they are laid over one another."""
        data = {str(name): value for name, value in (file.data or {}).items()}
        if not self._options.is_layered:
            yield (), data
            return
        lower = {name.lower(): name for name in data}
        for section in dict.fromkeys((*self._options.sections, *self._environments(), "global")):
            table = data.get(lower.get(section, ""))
            if isinstance(table, dict):
                yield (lower[section],), {str(name): value for name, value in table.items()}
            elif table:
                raise UnknownFilesError(f"[{section}] is no table")

    def _environments(self) -> tuple[str, ...]:
        """The names of the environment that is chosen: the switch, else the argument."""
        place = self._place_or_raise()
        chosen = self._run.variable(self._options.switcher, self._options.env, place, "env").value
        if chosen is None and self._options.switcher != _SWITCHER:
            chosen = self._run.variable(_SWITCHER, None, place, "env").value
        text = "development" if chosen is None else plain_text(chosen)
        if text is None or not isinstance(from_variable(text, NOWHERE), Plain):
            raise UnknownFilesError("it is not known which environment is chosen")
        return tuple(part.strip().lower() for part in text.split(",") if part.strip())


class _Validator(NamedTuple):
    """A validator; one that is not followed may do anything to its settings."""

    names: tuple[str, ...]
    default: Value | None
    is_required: bool
    is_followed: bool


def _validators(given: Value | None) -> Iterator[_Validator]:
    if given is None:
        return
    values = given.values if isinstance(given, Items) else None
    if values is None:
        raise UnfollowedError("the validators of dynaconf are not known")
    for value in values:
        if not isinstance(value, Made) or value.path not in _VALIDATORS:
            raise UnfollowedError("the validators of dynaconf are not known")
        names = [plain_text(name) for name in value.arguments]
        if None in names:
            raise UnfollowedError("the validators of dynaconf are not known")
        yield _validator(value, tuple(name.upper() for name in names if name is not None))


def _validator(made: Made, names: tuple[str, ...]) -> _Validator:
    heads = tuple(name.replace("__", ".").partition(".")[0] for name in names)
    is_whole = heads == names
    odd = {"when", "env", "cast", "apply_default_on_none", "items_validators"} & set(made.keywords)
    given = made.keywords.get("default")
    default = None if given is None else _default(given)
    must = made.keywords.get("must_exist") or made.keywords.get("required")
    required = isinstance(must, Plain) and must.value is True and not odd and is_whole
    followed = not odd and (is_whole or default is None) and not isinstance(default, Unresolved)
    return _Validator(heads, default, required, followed)


def _default(value: Value) -> Value:
    """What a default becomes: texts are read as if they were variables."""
    text = plain_text(value)
    if text is not None:
        return from_default(text, value.origin)
    try:
        known = to_python(value)
    except NotKnownError:
        return Unresolved("a default that is computed", value.origin)
    if isinstance(value, Plain) or known in ([], {}):
        return value
    return Unresolved("a default with parts", value.origin)
