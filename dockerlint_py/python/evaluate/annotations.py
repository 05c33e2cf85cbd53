"""Text of the environment as pydantic reads it into an annotated field."""

from typing import TYPE_CHECKING

from dockerlint_py.python import expressions as e
from dockerlint_py.python.evaluate.frame import Frame, Raised
from dockerlint_py.python.evaluate.invocation import Invocation
from dockerlint_py.python.evaluate.operators import plain_text
from dockerlint_py.python.evaluate.values import (
    Items,
    Plain,
    PurePath,
    Text,
    Unresolved,
    Value,
)
from dockerlint_py.python.notation import path_of
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate.evaluator import Evaluator

_TRUE = ("1", "on", "t", "true", "y", "yes")
_FALSE = ("0", "off", "f", "false", "n", "no")
_TEXTS = frozenset({"str", "SecretStr", "PostgresDsn", "RedisDsn", "AmqpDsn", "MySQLDsn", "Any"})
_NUMBERS = frozenset({"int", "float", "PositiveInt", "NonNegativeInt", "PositiveFloat"})
_COMPLEX = frozenset({"list", "List", "dict", "Dict", "set", "Set", "tuple", "Tuple", "Sequence"})


def parsed(run: "Evaluator", frame: Frame, annotation: e.Expr, value: Value, place: Place) -> Value:
    """The value of a field whose variable holds a text; `Raised` when it is refused."""
    text = plain_text(value)
    name = _kind(annotation)
    if text is None:
        run.doubt()
        return value if name in _TEXTS or isinstance(value, Unresolved) else _unknown(value)
    if name in _TEXTS:
        return value
    if name == "bool":
        if text.lower() in _TRUE or text.lower() in _FALSE:
            return Plain(text.lower() in _TRUE, value.origin)
        raise Raised("ValidationError", f"{text[:40]!r} is no truth value", place)
    if name in _NUMBERS:
        return _number(name, text, value, place)
    if name == "Path":
        return PurePath(text, value.origin)
    if name == "Literal":
        return value
    if name in _COMPLEX:
        return _complex(run, frame, name, value, place)
    if name in ("AnyHttpUrl", "HttpUrl", "AnyUrl"):
        return Text((text.rstrip("/"), None), "a URL that pydantic normalises", value.origin)
    return _unknown(value)


def _unknown(value: Value) -> Value:
    return Unresolved("a type that is not followed", value.origin)


def _number(name: str, text: str, value: Value, place: Place) -> Value:
    try:
        number = float(text[:50]) if "loat" in name else int(text[:50])
    except ValueError:
        raise Raised("ValidationError", f"{text[:40]!r} is no number", place) from None
    return Plain(number, value.origin)


def _complex(run: "Evaluator", frame: Frame, name: str, value: Value, place: Place) -> Value:
    """Lists and dicts are JSON in the environment."""
    from dockerlint_py.python.evaluate.stdlib import call_external

    call = Invocation(run, frame, (value,), {}, complete=True, place=place)
    result = call_external("json.loads", call)
    if isinstance(result, Items) and name.lower() in ("tuple", "set"):
        return Items(name.lower(), result.items, result.origin)
    return result


def _kind(annotation: e.Expr) -> str:
    """The type that an annotation names, through Optional, Annotated and `| None`."""
    for _ in range(8):
        if isinstance(annotation, e.Binary) and annotation.op == "|":
            is_none = isinstance(annotation.right, e.Const) and annotation.right.value is None
            if not is_none:
                return "?"
            annotation = annotation.left
            continue
        if isinstance(annotation, e.Sub):
            outer = path_of(annotation.value).rpartition(".")[2]
            inner = annotation.key
            if outer == "Optional":
                annotation = inner
                continue
            if outer == "Annotated" and isinstance(inner, e.Sequence) and inner.items:
                marks = {path_of(item).rpartition(".")[2] for item in inner.items[1:]}
                if "NoDecode" in marks:
                    return "?"
                annotation = inner.items[0]
                continue
            return outer
        break
    return path_of(annotation).rpartition(".")[2]
