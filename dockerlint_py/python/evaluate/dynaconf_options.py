"""What an object of dynaconf is made with: its options, and the validators of its settings."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.python.evaluate.dynaconf_values import from_default
from dockerlint_py.python.evaluate.operators import plain_text
from dockerlint_py.python.evaluate.results import NotKnownError, to_python
from dockerlint_py.python.evaluate.values import Items, Made, Plain, Unresolved, Value
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate.evaluator import Evaluator

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
SUFFIX = "_FOR_DYNACONF"
SWITCHER = "ENV_FOR_DYNACONF"


class Options(NamedTuple):
    """What an object is made with. `prefixes` are whole beginnings of names, in the order read."""

    prefixes: tuple[str, ...]
    sections: tuple[str, ...] = ()
    files: Value | None = None
    root: Value | None = None
    is_layered: bool = False
    merges: bool = False
    switcher: str = SWITCHER
    env: Value | None = None
    given: "dict[str, Value]" = {}  # noqa: RUF012 (never changed)
    validators: Value | None = None
    skips_module: bool = False


class UnfollowedError(Exception):
    """Raised inside this package only: an option, or its value, is not followed."""


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
        name = key.upper().removesuffix(SUFFIX)
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
        switcher=str(_plain(options.get("ENV_SWITCHER"), SWITCHER)),
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


class Validator(NamedTuple):
    """A validator; one that is not followed may do anything to its settings."""

    names: tuple[str, ...]
    default: Value | None
    is_required: bool
    is_followed: bool


def validators_of(given: Value | None) -> Iterator[Validator]:
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


def _validator(made: Made, names: tuple[str, ...]) -> Validator:
    heads = tuple(name.replace("__", ".").partition(".")[0] for name in names)
    is_whole = heads == names
    odd = {"when", "env", "cast", "apply_default_on_none", "items_validators"} & set(made.keywords)
    given = made.keywords.get("default")
    default = None if given is None else _default(given)
    must = made.keywords.get("must_exist") or made.keywords.get("required")
    required = isinstance(must, Plain) and must.value is True and not odd and is_whole
    followed = not odd and (is_whole or default is None) and not isinstance(default, Unresolved)
    return Validator(heads, default, required, followed)


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
