"""Calls: what is called, with which arguments, and what that gives."""

from typing import TYPE_CHECKING

from dockerlint_py.python import expressions as e
from dockerlint_py.python.evaluate.compute import spread
from dockerlint_py.python.evaluate.dynaconf import call_settings, is_settings
from dockerlint_py.python.evaluate.frame import Frame, Raised
from dockerlint_py.python.evaluate.invocation import Invocation, known_items
from dockerlint_py.python.evaluate.lookup import decorators, of_class
from dockerlint_py.python.evaluate.methods import call_method
from dockerlint_py.python.evaluate.readers import call_reader, is_reader
from dockerlint_py.python.evaluate.settings_class import (
    is_model,
    is_settings_class,
    model_object,
    settings_object,
)
from dockerlint_py.python.evaluate.stdlib import call_external
from dockerlint_py.python.evaluate.values import (
    ENVIRON_COPY,
    Box,
    ClassValue,
    External,
    FunctionValue,
    Items,
    LambdaValue,
    Located,
    Made,
    Mapping,
    ObjectValue,
    Plain,
    PurePath,
    Text,
    Unresolved,
    Value,
    derived,
    moved,
)
from dockerlint_py.python.records import Function

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate.evaluator import Evaluator

_PLAIN_DECORATORS = {
    "staticmethod",
    "classmethod",
    "lru_cache",
    "cache",
    "property",
    "cached_property",
    "computed_field",
    "override",
}

_CHANGES = ("clear", "pop", "popitem", "setdefault", "update")


def call_value(run: "Evaluator", frame: Frame, call: e.Call) -> Value:
    """The value of a call expression."""
    invocation = _invocation(run, frame, call)
    if isinstance(call.func, e.Attr):
        holder = run.evaluate(frame, call.func.value)
        return _call_attribute(holder, call.func.attr, invocation)
    return apply(run.evaluate(frame, call.func), invocation)


def _invocation(run: "Evaluator", frame: Frame, call: e.Call) -> Invocation:
    positional: list[Value] = []
    complete = True
    for expr in call.args:
        if isinstance(expr, e.Starred):
            items, whole = known_items(spread(run.evaluate(frame, expr.value)))
            positional += items
            complete = complete and whole
        else:
            positional.append(run.evaluate(frame, expr))
    keywords: dict[str, Value] = {}
    for keyword in call.keywords:
        value = run.evaluate(frame, keyword.value)
        if keyword.name is not None:
            keywords[keyword.name] = value
        elif isinstance(value, Mapping):
            keywords |= {str(key): item for key, item in value.entries.items()}
            complete = complete and not value.is_open
        else:
            complete = False
    place = frame.place(call.start, call.end)
    return Invocation(run, frame, tuple(positional), keywords, complete, place)


def _call_attribute(holder: Value, name: str, call: Invocation) -> Value:
    if isinstance(holder, Box) and not hasattr(dict, name):
        return Unresolved(f".{name}() is not followed", holder.origin)
    if isinstance(holder, Plain | Text | Items | Mapping | Located | PurePath):
        return call_method(holder, name, call)
    if is_reader(holder):
        return call_reader(holder, name, call)
    if is_settings(holder):
        return call_settings(holder, name, call)
    if isinstance(holder, External) and holder.path == ENVIRON_COPY and name in _CHANGES:
        call.frame.replace(holder, Unresolved("a copy of the environment was changed"), call.place)
        return Unresolved(f"{name}() of a copy of the environment")
    if isinstance(holder, External) and holder.path == "super()":
        return Plain(None)
    return apply(call.run.attribute(holder, name), call)


def apply(callee: Value, call: Invocation) -> Value:
    """The value of calling a value."""
    if is_reader(callee):
        return call_reader(callee, "", call)
    if is_settings(callee):
        return call_settings(callee, "", call)
    if isinstance(callee, External):
        return call_external(callee.path, call)
    if isinstance(callee, FunctionValue):
        return _call_function(callee, call)
    if isinstance(callee, LambdaValue):
        return _call_lambda(callee, call)
    if isinstance(callee, ClassValue):
        return _instantiate(callee, call)
    if isinstance(callee, ObjectValue):
        method = call.run.attribute(callee, "__call__")
        if isinstance(method, FunctionValue):
            return apply(method, call)
    if isinstance(callee, Made) and callee.path == "functools.partial" and callee.arguments:
        first, *before = callee.arguments
        keywords = {**callee.keywords, **call.keywords}
        merged = (*before, *call.positional)
        return apply(first, call._replace(positional=merged, keywords=keywords))
    call.run.doubt()
    why = getattr(callee, "why", "the result of a call")
    return derived(moved(callee, call.origin), why)


def _call_lambda(callee: LambdaValue, call: Invocation) -> Value:
    inner = Frame(callee.frame.facts, callee.frame.source, callee.frame)
    for number, name in enumerate(callee.expr.params):
        inner.names[name] = call.get(number, name) or Unresolved("not given")
    return call.run.evaluate(inner, callee.expr.body)


def _call_function(callee: FunctionValue, call: Invocation) -> Value:
    record = call.run.graph.modules.facts(callee.path).functions[callee.number]
    names = decorators(call.run, callee)
    if names - _PLAIN_DECORATORS:
        call.run.doubt()
        return Unresolved(f"{record.name}() is decorated", call.origin)
    if callee.bound is not None and "staticmethod" not in names:
        positional = (callee.bound, *call.positional)
        call = call._replace(positional=positional)
    bound = _bound(callee, record, call)
    if bound is None:
        call.run.doubt()
        return Unresolved(f"the call of {record.name}()", call.origin)
    return call.run.run_function(callee, bound)


def _bound(callee: FunctionValue, record: Function, call: Invocation) -> dict[str, Value] | None:
    """The parameters of a call; None when they cannot be told."""
    if not call.complete:
        return None
    bound: dict[str, Value] = {}
    rest = dict(call.keywords)
    positional = list(call.positional)
    outer = call.run.module(callee.path)
    for param in record.params:
        if param.kind == "*":
            bound[param.name] = Items("tuple", tuple(positional))
            positional = []
        elif param.kind == "**":
            bound[param.name] = Mapping(dict(rest.items()))
            rest = {}
        elif positional and param.kind == "":
            bound[param.name] = positional.pop(0)
        elif param.name in rest:
            bound[param.name] = rest.pop(param.name)
        elif param.default is not None:
            bound[param.name] = call.run.evaluate(outer, param.default)
        else:
            return None
    return None if rest or positional else bound


def _instantiate(of: ClassValue, call: Invocation) -> Value:
    if is_settings_class(of):
        return settings_object(of, call)
    if is_model(of):
        return model_object(of, call)
    # A base that is not ours may bring anything.
    is_open = any(not isinstance(base, ClassValue) for base in of.bases)
    start = of_class(of, "__init__")
    if not isinstance(start, FunctionValue):
        is_open = is_open or bool(call.positional) or not call.complete
        return ObjectValue(of, call.keywords, call.origin, is_open=is_open)
    made: Value = ObjectValue(of, {}, call.origin, is_open=is_open)
    record = call.run.graph.modules.facts(start.path).functions[start.number]
    bound = _bound(start, record, call._replace(positional=(made, *call.positional)))
    if record.body is None or bound is None or not record.params:
        return ObjectValue(of, {}, call.origin, is_open=True)
    return _after_init(call.run, start, record, bound, of)


def _after_init(
    run: "Evaluator",
    start: FunctionValue,
    record: Function,
    bound: dict[str, Value],
    of: ClassValue,
) -> Value:
    """What `self` is once `__init__` has run."""
    from dockerlint_py.python.evaluate.statements import run_block

    outer = run.module(start.path)
    inner = Frame(outer.facts, outer.source, outer)
    inner.names.update(bound)
    try:
        run_block(run, inner, record.body or ())
    except Raised:
        run.doubt()
    return inner.names.get(record.params[0].name) or ObjectValue(of, {}, is_open=True)
