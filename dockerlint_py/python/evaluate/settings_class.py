"""Settings classes of pydantic: fields that the environment fills."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.python import expressions as e
from dockerlint_py.python import statements as s
from dockerlint_py.python.evaluate.annotations import parsed
from dockerlint_py.python.evaluate.env_files import load_files_of_model
from dockerlint_py.python.evaluate.frame import Frame, Raised
from dockerlint_py.python.evaluate.invocation import Invocation
from dockerlint_py.python.evaluate.lookup import of_class
from dockerlint_py.python.evaluate.operators import plain_text
from dockerlint_py.python.evaluate.values import (
    ClassValue,
    External,
    Items,
    Made,
    Mapping,
    ObjectValue,
    Plain,
    Unresolved,
    Value,
)
from dockerlint_py.python.evaluate.verdicts import truth
from dockerlint_py.python.notation import path_of
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate.evaluator import Evaluator

_MAX_DEPTH = 6
_ELSEWHERE = frozenset(
    {"cli_parse_args", "json_file", "pyproject_toml_table_header", "secrets_dir", "toml_file"}
    | {"yaml_file"}
)
"""Options that take values from other sources than the environment."""
_SOURCES = ("settings_customise_sources", "customise_sources")
_VALIDATORS = ("field_validator", "validator")
_WHOLE_VALIDATORS = ("model_validator", "root_validator")


class Config(NamedTuple):
    """What `model_config` or `class Config` says about names."""

    prefix: str = ""
    delimiter: str = ""
    case_sensitive: bool = False
    known: bool = True


class Field(NamedTuple):
    """An annotated name of a settings class, with the frame its expressions are read in."""

    name: str
    annotation: e.Expr
    default: e.Expr | None
    of: ClassValue
    place: Place


def is_settings_class(value: Value, depth: int = 0) -> bool:
    """Whether a class comes from pydantic's `BaseSettings`."""
    if isinstance(value, External):
        return value.path.startswith("pydantic") and value.path.endswith("BaseSettings")
    return (
        isinstance(value, ClassValue)
        and depth < _MAX_DEPTH
        and any(is_settings_class(base, depth + 1) for base in value.bases)
    )


def is_model(value: Value, depth: int = 0) -> bool:
    """Whether a class comes from pydantic's `BaseModel`."""
    if isinstance(value, External):
        return value.path == "pydantic.BaseModel"
    return (
        isinstance(value, ClassValue)
        and depth < _MAX_DEPTH
        and any(is_model(base, depth + 1) for base in value.bases)
    )


def config_of(run: "Evaluator", of: ClassValue) -> Config:
    """The configuration of a settings class, bases first."""
    held: dict[str, Value] = {}
    for cls in reversed(_line(of)):
        record = run.graph.modules.facts(cls.path).classes[cls.number]
        frame = run.module(cls.path)
        held |= {name: run.evaluate(frame, expr) for name, expr in record.keywords}
        config = cls.names.get("model_config")
        if isinstance(config, Made):
            held |= config.keywords
        elif isinstance(config, Mapping):
            held |= {str(key): value for key, value in config.entries.items()}
        inner = cls.names.get("Config")
        if isinstance(inner, ClassValue):
            held |= inner.names
    load_files_of_model(run, held.get("env_file"))
    if not _ELSEWHERE.isdisjoint(held) or _customised(of):
        return Config(known=False)
    texts = [
        plain_text(held.get(key) or Plain("")) for key in ("env_prefix", "env_nested_delimiter")
    ]
    sensitive = truth(held.get("case_sensitive") or Plain(None))
    known = None not in texts and sensitive is not None
    return Config(texts[0] or "", texts[1] or "", bool(sensitive), known)


def _customised(of: ClassValue) -> bool:
    """Whether a class chooses its own sources of values."""
    inner = of_class(of, "Config")
    names = {*of.names, *(inner.names if isinstance(inner, ClassValue) else ())}
    return not names.isdisjoint(_SOURCES)


def _line(of: ClassValue, depth: int = 0) -> list[ClassValue]:
    """A class and its bases of the repository, the nearest first."""
    found = [of]
    for base in of.bases if depth < _MAX_DEPTH else ():
        if isinstance(base, ClassValue):
            found += _line(base, depth + 1)
    return found


def fields_of(run: "Evaluator", of: ClassValue) -> list[Field]:
    """The fields of a class and of its bases; the nearest definition of a name counts."""
    found: dict[str, Field] = {}
    for cls in reversed(_line(of)):
        frame = run.module(cls.path)
        record = run.graph.modules.facts(cls.path).classes[cls.number]
        for statement in record.body:
            if not isinstance(statement, s.Bind) or statement.annotation is None:
                continue
            target = statement.targets[0]
            if not isinstance(target, e.Name) or target.name.startswith("_"):
                continue
            if target.name == "model_config" or "ClassVar" in path_of(statement.annotation):
                continue
            place = frame.place(statement.start, statement.end)
            found[target.name] = Field(
                target.name, statement.annotation, statement.value, cls, place
            )
    return list(found.values())


def settings_object(of: ClassValue, call: Invocation) -> Value:
    """An instance of a settings class, filled from the environment."""
    config = config_of(call.run, of)
    if not config.known:
        call.run.dynamic = True
        return ObjectValue(of, {}, is_open=True)
    return _filled(call.run, of, config, config.prefix, call.keywords, from_env=True)


def model_object(of: ClassValue, call: Invocation) -> Value:
    """An instance of a plain pydantic model."""
    return _filled(call.run, of, Config(), "", call.keywords, from_env=False)


def _filled(
    run: "Evaluator",
    of: ClassValue,
    config: Config,
    prefix: str,
    given: dict[str, Value],
    *,
    from_env: bool,
    depth: int = 0,
) -> ObjectValue:
    attributes: dict[str, Value] = {}
    missing: dict[str, str] = {}
    validated = set(_validated(run, of))
    for field in fields_of(run, of):
        if field.name in given:
            attributes[field.name] = given[field.name]
            continue
        value = _field_value(run, field, config, prefix, from_env=from_env, depth=depth)
        if value is None:
            missing[field.name] = next(iter(_variables(run, field, config, prefix)), field.name)
            value = Unresolved(f"{field.name} is required")
        elif "*" in validated or (field.name in validated and value.origin.reads):
            value = Unresolved("a validator may change it", value.origin, value)
        attributes[field.name] = value
    if missing:
        why = f"{', '.join(missing)} must be set"
        raise Raised("ValidationError", why, None, tuple(missing.values()) if from_env else ())
    return ObjectValue(of, attributes)


def _validated(run: "Evaluator", of: ClassValue) -> Iterator[str]:
    """The fields that validators may change; `*` for every field."""
    for cls in _line(of):
        facts = run.graph.modules.facts(cls.path)
        scope = facts.classes[cls.number].scope
        for function in facts.functions:
            if facts.scopes[function.scope].parent != scope:
                continue
            for decorator in function.decorators:
                name = path_of(decorator).removesuffix("()").rpartition(".")[2]
                if name in _VALIDATORS and isinstance(decorator, e.Call):
                    yield from (str(a.value) for a in decorator.args if isinstance(a, e.Const))
                elif name in _WHOLE_VALIDATORS and _changes(function.body):
                    yield "*"


def _changes(body: tuple[s.Statement, ...] | None) -> bool:
    """Whether a validator of the whole model assigns anything."""
    if body is None:
        return True
    for statement in body:
        if isinstance(statement, s.Bind) and not isinstance(statement.targets[0], e.Name):
            return True
        if isinstance(statement, s.Branch) and any(_changes(arm) for _, arm in statement.arms):
            return True
        if isinstance(statement, s.Loop | s.Attempt | s.Block) and _changes(statement.body):
            return True
    return False


def _field_value(
    run: "Evaluator", field: Field, config: Config, prefix: str, *, from_env: bool, depth: int
) -> Value | None:
    """The value of one field; None when it is required and not set."""
    frame = run.module(field.of.path)
    spec = None if field.default is None else run.evaluate(frame, field.default)
    default = _default(run, field, spec)
    inner = _class_of(run, frame, field.annotation)
    names = list(_names(field.name, spec, config, prefix))
    if not from_env:
        return default
    if inner is not None and config.delimiter and depth < _MAX_DEPTH:
        whole = run.lookup_variable(_actual(run, names[0], config), None, field.place, "json")
        if whole is not None:
            return Unresolved("the whole object may be set as JSON", whole.origin, default)
        held = dict(default.attributes) if isinstance(default, ObjectValue) else {}
        return _nested(run, inner, config, f"{names[0]}{config.delimiter}", held, depth)
    for name in names[:-1]:
        found = run.lookup_variable(name, None, field.place, "pydantic")
        if found is not None:
            return parsed(run, frame, field.annotation, found, field.place)
    actual = _actual(run, names[-1], config)
    read = run.variable(actual, default, field.place, path_of(field.annotation) or "pydantic")
    if read.value is None or read.is_default:
        return read.value
    return parsed(run, frame, field.annotation, read.value, field.place)


def _variables(run: "Evaluator", field: Field, config: Config, prefix: str) -> Iterator[str]:
    """The variables that would fill a field."""
    frame = run.module(field.of.path)
    spec = None if field.default is None else run.evaluate(frame, field.default)
    return _names(field.name, spec, config, prefix)


def _nested(
    run: "Evaluator",
    inner: ClassValue,
    config: Config,
    prefix: str,
    held: dict[str, Value],
    depth: int,
) -> Value | None:
    try:
        value = _filled(run, inner, config, prefix, {}, from_env=True, depth=depth + 1)
    except Raised:
        return None
    kept = {
        name: item
        for name, item in held.items()
        if all(read.state == "unset" for read in value.attributes[name].origin.reads)
    }
    return ObjectValue(value.of, {**value.attributes, **kept})


def _class_of(run: "Evaluator", frame: Frame, annotation: e.Expr) -> ClassValue | None:
    if not isinstance(annotation, e.Name | e.Attr):
        return None
    value = run.evaluate(frame, annotation)
    return value if isinstance(value, ClassValue) and is_model(value) else None


def _default(run: "Evaluator", field: Field, spec: Value | None) -> Value | None:
    """The default of a field, None when it is required."""
    if spec is None or _is_ellipsis(field.default):
        return None
    if not isinstance(spec, Made) or not spec.path.endswith(".Field"):
        return spec
    call = field.default
    if isinstance(call, e.Call) and call.args and _is_ellipsis(call.args[0]):
        return None
    factory = spec.keywords.get("default_factory")
    if factory is not None:
        from dockerlint_py.python.evaluate.calls import apply

        frame = run.module(field.of.path)
        nothing = Invocation(run, frame, (), {}, complete=True, place=field.place)
        return apply(factory, nothing)
    if spec.arguments:
        return spec.arguments[0]
    return spec.keywords.get("default")


def _is_ellipsis(expr: e.Expr | None) -> bool:
    return isinstance(expr, e.Opaque) and expr.end - expr.start == len("...")


def _names(name: str, spec: Value | None, config: Config, prefix: str) -> Iterator[str]:
    """The variables that fill a field, in order; aliases have no prefix."""
    if isinstance(spec, Made) and spec.path.endswith(".Field"):
        alias = spec.keywords.get("validation_alias") or spec.keywords.get("alias")
        choices = alias.arguments if isinstance(alias, Made) else (alias,)
        if isinstance(alias, Items) and alias.values:
            choices = alias.values
        texts = [plain_text(choice) for choice in choices if choice is not None]
        if texts:
            yield from (_spelled(text, config) for text in texts if text is not None)
            return
    yield _spelled(prefix + name, config)


def _spelled(name: str, config: Config) -> str:
    return name if config.case_sensitive else name.upper()


def _actual(run: "Evaluator", name: str, config: Config) -> str:
    """The variable's name as the environment has it: case does not count unless it is told to."""
    if config.case_sensitive:
        return name
    folded = name.lower()
    return next((held for held in run.environment.names() if held.lower() == folded), name)
