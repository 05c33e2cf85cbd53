"""The configuration of a Flask application: what is assigned, and the objects it is loaded from."""

from collections.abc import Iterator

from dockerlint_py.facts import Fact, Unknown
from dockerlint_py.python.evaluate import Evaluator, Value
from dockerlint_py.python.evaluate.inside import value_in
from dockerlint_py.python.evaluate.operators import plain_text
from dockerlint_py.python.evaluate.results import Python, to_fact
from dockerlint_py.python.evaluate.values import (
    ClassValue,
    Mapping,
    ModuleValue,
    ObjectValue,
    Unresolved,
)
from dockerlint_py.python.evaluate.verdicts import same
from dockerlint_py.python.expressions import Call, Expr
from dockerlint_py.python.frameworks.applications import Application

_LOADERS = (
    "from_object",
    "from_mapping",
    "update",
    "from_prefixed_env",
    "from_envvar",
    "from_file",
)
_ATTRIBUTES = {"secret_key": "SECRET_KEY", "debug": "DEBUG", "testing": "TESTING"}


class FlaskConfig:
    """The configuration of one application as the code of its module loads it, in order.

    Loads from elsewhere (`app.config` in another module) are not seen; a load that is not followed
    makes every value before it unknown, and it is not `is_understood` what else there is.
    """

    def __init__(self, evaluator: Evaluator, application: Application) -> None:
        self.evaluator = evaluator
        self.application = application
        self.frame = evaluator.module(application.path)
        self.values: dict[str, Value] = {}
        self.is_understood = True
        for step in sorted(self._steps(), key=lambda step: step.expr.start):
            step.run()

    def get(self, name: str) -> Fact[Python]:
        """A value of the configuration; unknown when nothing is seen to set it."""
        value = self.values.get(name)
        return Unknown(f"nothing is seen to set {name}") if value is None else to_fact(name, value)

    def _steps(self) -> Iterator["Step"]:
        facts = self.frame.facts
        scope = self.application.site.scope
        variable = self._variable()
        for item in facts.assignments:
            if item.scope == scope and item.value is not None:
                key = _key(item.target, variable)
                if key:
                    yield Step(self, "set", key, item.value, item.guard)
        for site in facts.calls:
            head, _, method = site.path.rpartition(".")
            if site.scope == scope and head == f"@{variable}.config" and method in _LOADERS:
                yield Step(self, method, "", site.call, site.guard)

    def _variable(self) -> str:
        """The name that the application has where it is made."""
        call = self.application.site.call
        for item in self.frame.facts.assignments:
            value = item.value
            if isinstance(value, Call) and value.start == call.start:
                return item.target
        return self.application.name

    def evaluated(self, expr: Expr) -> Value:
        """The value of an expression where the application is made."""
        return value_in(self.evaluator, self.frame, expr, self.application.site.scope)

    def set(self, key: str, value: Value, *, sure: bool) -> None:
        """Sets one value; when it is not sure to happen, the value is unknown."""
        if not sure and not self._same(key, value):
            value = Unresolved("it is set under a condition", value.origin, value)
        self.values[key] = value

    def _same(self, key: str, value: Value) -> bool:
        return key in self.values and same(self.values[key], value)

    def load(self, value: Value, *, sure: bool) -> None:
        """Takes over the upper-case names of an object, class, module or dict."""
        names = _names_of(self.evaluator, value)
        if names is None:
            self.is_understood = False
            for key, held in self.values.items():
                self.values[key] = Unresolved("a load may change it", held.origin, held)
            return
        for key, held in names.items():
            if key.isupper():
                self.set(key, held, sure=sure)


class Step:
    """One statement that changes the configuration."""

    __slots__ = ("config", "expr", "guard", "key", "kind")

    def __init__(self, config: FlaskConfig, kind: str, key: str, expr: Expr, guard: int) -> None:
        self.config = config
        self.kind = kind
        self.key = key
        self.expr = expr
        self.guard = guard

    def run(self) -> None:
        """Runs it."""
        sure = self.guard < 0
        if self.kind == "set":
            self.config.set(self.key, self.config.evaluated(self.expr), sure=sure)
            return
        if not isinstance(self.expr, Call):
            return
        if self.kind in ("from_mapping", "update"):
            self._mapping(self.expr, sure=sure)
        elif self.kind == "from_object" and self.expr.args:
            self.config.load(self._object(self.expr.args[0]), sure=sure)
        else:
            self.config.load(Unresolved(f"{self.kind}() is not followed"), sure=sure)

    def _mapping(self, call: Call, *, sure: bool) -> None:
        for arg in call.args:
            self.config.load(self.config.evaluated(arg), sure=sure)
        for keyword in call.keywords:
            if keyword.name is None:
                self.config.load(self.config.evaluated(keyword.value), sure=sure)
            else:
                self.config.set(keyword.name, self.config.evaluated(keyword.value), sure=sure)

    def _object(self, expr: Expr) -> Value:
        """The object of `from_object`, which may be given as a dotted name."""
        value = self.config.evaluated(expr)
        dotted = plain_text(value)
        if dotted is None:
            return value
        evaluator, path = self.config.evaluator, self.config.application.path
        module, _, name = dotted.replace(":", ".").rpartition(".")
        whole = evaluator.graph.module(dotted, path)
        if whole is not None:
            return ModuleValue(whole)
        inner = evaluator.graph.module(module, path) if module else None
        found = None if inner is None else evaluator.value(inner, name)
        return found or Unresolved(f"{dotted} is not found", value.origin)


def _key(target: str, variable: str) -> str:
    """`app.config['X']`, `app.secret_key`: the key that an assignment sets."""
    prefix = f"{variable}.config['"
    if target.startswith(prefix) and target.endswith("']"):
        return target[len(prefix) : -2]
    attribute = target.removeprefix(f"{variable}.")
    return _ATTRIBUTES.get(attribute, "") if attribute != target else ""


def _names_of(evaluator: Evaluator, value: Value) -> dict[str, Value] | None:
    if isinstance(value, ModuleValue):
        return evaluator.module(value.path).names
    if isinstance(value, ObjectValue):
        names = _names_of(evaluator, value.of)
        return None if names is None else {**names, **value.attributes}
    if isinstance(value, ClassValue):
        found: dict[str, Value] = {}
        for base in value.bases:
            inner = _names_of(evaluator, base) if isinstance(base, ClassValue) else None
            found.update(inner or {})
        return {**found, **value.names}
    if isinstance(value, Mapping) and not value.is_open:
        return {key: item for key, item in value.entries.items() if isinstance(key, str)}
    return None
