"""Reads settings of dynaconf out of arguments, files and variables, in the library's order."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Unknown
from dockerlint_py.python.evaluate.dynaconf_files import Search, UnknownFilesError
from dockerlint_py.python.evaluate.dynaconf_options import (
    SUFFIX,
    SWITCHER,
    Options,
    UnfollowedError,
    validators_of,
)
from dockerlint_py.python.evaluate.dynaconf_values import FileData, from_data, from_variable
from dockerlint_py.python.evaluate.frame import Raised
from dockerlint_py.python.evaluate.operators import plain_text
from dockerlint_py.python.evaluate.values import (
    NOWHERE,
    Box,
    Items,
    Made,
    Origin,
    Plain,
    Unresolved,
    Value,
)
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate.evaluator import Evaluator

READERS = frozenset({"", "get", "exists", "as_bool", "as_int", "as_float", "as_json"})
ATTRIBUTES = READERS | frozenset(
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


def place_of(holder: Value) -> Place | None:
    places = holder.origin.places
    return holder.place if isinstance(holder, Made) else places[0] if places else None


class Reading:
    """Reads settings under the environment of a run."""

    def __init__(self, run: "Evaluator", holder: Value, options: Options) -> None:
        self._run = run
        self._holder = holder
        self._options = options
        self._place = place_of(holder)
        self._validators = tuple(validators_of(options.validators))

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
        return tuple(dict.fromkeys(name for name in whole if name not in ATTRIBUTES))

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
        switches = (SWITCHER, self._options.switcher)
        for name in self._variables():
            if name in _STEERING or (name.endswith(SUFFIX) and name not in switches):
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
        if chosen is None and self._options.switcher != SWITCHER:
            chosen = self._run.variable(SWITCHER, None, place, "env").value
        text = "development" if chosen is None else plain_text(chosen)
        if text is None or not isinstance(from_variable(text, NOWHERE), Plain):
            raise UnknownFilesError("it is not known which environment is chosen")
        return tuple(part.strip().lower() for part in text.split(",") if part.strip())
