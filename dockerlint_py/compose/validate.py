"""Checks a merged model against the schema: every error, at the place of the value that has it.

What is wrong is taken out of the model, so that all later stages can rely on the shapes.
"""

from dockerlint_py.compose import shapes
from dockerlint_py.compose.problems import Problems, nearest, within
from dockerlint_py.compose.shapes import Anything, Either, Many, One, Shape, Struct, Table
from dockerlint_py.compose.tree import Mapping, Scalar, Sequence, Value
from dockerlint_py.text import Place
from dockerlint_py.yaml import Timestamp


def validate(root: Mapping, problems: Problems) -> dict[str, Place]:
    """Reports what the schema refuses, and removes it from the model.

    Returns the services that lost something by it, with the place of what they lost.
    """
    from dockerlint_py.compose.schema import FILE

    validator = _Validator(problems)
    validator.fits(root, FILE, "")
    return validator.lost


class _Validator:
    __slots__ = ("lost", "problems")

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.lost: dict[str, Place] = {}

    def fits(self, value: Value, shape: Shape, path: str) -> bool:
        """Whether a value can stay; what is wrong inside it is removed."""
        if isinstance(shape, Anything):
            return True
        chosen = _chosen(value, shape)
        if chosen is None:
            wanted = " or a ".join(dict.fromkeys(shapes.type_names(shape)))
            return self._wrong(value, path, f"must be a {wanted}", "type")
        if isinstance(chosen, Struct) and isinstance(value, Mapping):
            return self._struct(value, chosen, path)
        if isinstance(chosen, Table) and isinstance(value, Mapping):
            return self._table(value, chosen, path)
        if isinstance(chosen, Many) and isinstance(value, Sequence):
            return self._list(value, chosen, path)
        if isinstance(chosen, One) and isinstance(value, Scalar):
            return self._scalar(value, chosen, path)
        return True

    def _wrong(self, value: Value, path: str, message: str, code: str) -> bool:
        if isinstance(value, Scalar) and value.doubt is not None:
            return False
        text = f"{within(path)} {message}" if path else f"the file {message}"
        place = value.place
        if place.span.start == place.span.end:
            place = value.subject
        self.problems.add(code, text, place)
        return False

    def _struct(self, value: Mapping, shape: Struct, path: str) -> bool:
        given = set(value.entries)
        for name in list(value.entries):
            each = value.entries[name]
            inner = f"{path}.{name}" if path else name
            field = shape.fields.get(name)
            if field is None:
                if shape.closed or not name.startswith("x-"):
                    self._unknown(name, each, list(shape.fields), path)
                    self._remove(name, value, path)
            elif not self.fits(each, field, inner):
                self._remove(name, value, path)
        missing = [name for name in shape.required if name not in value.entries]
        for name in missing:
            if name not in given:
                self.problems.add("type", f"`{name}` is required{_where(path)}", value.subject)
        return not missing

    def _remove(self, name: str, value: Mapping, path: str) -> None:
        removed = value.entries.pop(name)
        section, _, service = path.partition(".")
        if section == "services" and service:
            self.lost.setdefault(service.split(".")[0], removed.subject)

    def _unknown(self, name: str, value: Value, known: list[str], path: str) -> None:
        message = f"`{name}` is not a key that Compose knows{_where(path)}"
        self.problems.add("unknown-key", message, value.subject, (), nearest(name, known))

    def _table(self, value: Mapping, shape: Table, path: str) -> bool:
        for name in list(value.entries):
            each = value.entries[name]
            if shape.names is not None and not shape.names.fullmatch(name):
                if not shape.lax:
                    message = f"`{name}` is not a valid name{_where(path)}"
                    self.problems.add("type", message, each.subject)
                    del value.entries[name]
            elif not self.fits(each, shape.value, f"{path}.{name}"):
                del value.entries[name]
        return True

    def _list(self, value: Sequence, shape: Many, path: str) -> bool:
        kept: list[Value] = []
        for number, each in enumerate(value.items):
            if self.fits(each, shape.item, f"{path}[{number}]"):
                kept.append(each)
        value.items = self._distinct(kept, path) if shape.unique else kept
        return True

    def _distinct(self, items: list[Value], path: str) -> list[Value]:
        seen: dict[object, Value] = {}
        for each in items:
            key = _frozen(each)
            if key not in seen:
                seen[key] = each
                continue
            if not (isinstance(each, Scalar) and each.doubt is not None):
                related = (seen[key].place.says("first written here"),)
                self.problems.add("value", f"{within(path)} has equal items", each.place, related)
        return list(seen.values())

    def _scalar(self, value: Scalar, shape: One, path: str) -> bool:
        data = value.value
        if shape.choices and data not in shape.choices:
            options = ", ".join(shape.choices)
            return self._wrong(value, path, f"must be one of {options}", "value")
        if shape.pattern is not None and not shape.pattern.search(str(data)):
            return self._wrong(value, path, f"has an invalid value `{str(data)[:80]}`", "value")
        if isinstance(data, int | float):
            if shape.minimum is not None and data < shape.minimum:
                return self._wrong(value, path, f"must be at least {shape.minimum}", "value")
            if shape.maximum is not None and data > shape.maximum:
                return self._wrong(value, path, f"must be at most {shape.maximum}", "value")
        return True


def _where(path: str) -> str:
    return f" in {within(path)}" if path else ""


def _chosen(value: Value, shape: Shape) -> Shape | None:
    """The alternative that has the type of the value."""
    if isinstance(shape, Either):
        for each in shape.shapes:
            chosen = _chosen(value, each)
            if chosen is not None:
                return chosen
        return None
    if isinstance(value, Mapping):
        return shape if isinstance(shape, Struct | Table) else None
    if isinstance(value, Sequence):
        return shape if isinstance(shape, Many) else None
    return shape if isinstance(shape, One) and _has_type(value, shape.types) else None


def _has_type(value: Scalar, types: tuple[str, ...]) -> bool:
    data = value.value
    if data is None:
        return shapes.NULL in types
    if isinstance(data, bool):
        return shapes.BOOLEAN in types
    if isinstance(data, Timestamp):
        return False
    if isinstance(data, str):
        return shapes.STRING in types
    if shapes.NUMBER in types:
        return True
    return shapes.INTEGER in types and (isinstance(data, int) or data.is_integer())


def _frozen(value: Value) -> object:
    """A hashable picture of a value, equal for what JSON schema calls equal."""
    if isinstance(value, Scalar):
        data = value.value
        return (
            ("number", data)
            if isinstance(data, int | float) and not isinstance(data, bool)
            else (
                type(data).__name__,
                data,
            )
        )
    if isinstance(value, Mapping):
        return frozenset((name, _frozen(each)) for name, each in value.entries.items())
    return tuple(_frozen(each) for each in value.items)
