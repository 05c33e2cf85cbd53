"""What is said of values that are not wholly known: whether one is true, whether two agree."""

from dockerlint_py.python.evaluate.values import (
    ClassValue,
    External,
    FunctionValue,
    Items,
    LambdaValue,
    Located,
    Mapping,
    ModuleValue,
    Plain,
    PurePath,
    Rest,
    Text,
    Value,
)

_ALWAYS_TRUE = (Located, PurePath, ModuleValue, FunctionValue, LambdaValue, ClassValue)


def truth(value: Value) -> bool | None:
    """Whether a value counts as true; None when that is unknown."""
    if isinstance(value, Plain):
        return bool(value.value)
    if isinstance(value, Text):
        return True if any(value.parts) else None
    if isinstance(value, Items):
        if any(not isinstance(item, Rest) for item in value.items):
            return True
        return None if value.items else False
    if isinstance(value, Mapping):
        return True if value.entries else (None if value.is_open else False)
    return True if isinstance(value, _ALWAYS_TRUE) else None


_MAX_SAME = 10


def same(left: "Value | Rest", right: "Value | Rest", depth: int = 0) -> bool:
    """Whether two values are known to be the same, wherever they come from."""
    if left is right:
        return not isinstance(left, Rest)
    if type(left) is not type(right) or depth > _MAX_SAME:
        return False
    if isinstance(left, Items) and isinstance(right, Items):
        return (
            left.kind == right.kind
            and len(left.items) == len(right.items)
            and all(same(a, b, depth + 1) for a, b in zip(left.items, right.items, strict=True))
        )
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return (
            left.is_open == right.is_open
            and list(left.entries) == list(right.entries)
            and all(same(a, right.entries[key], depth + 1) for key, a in left.entries.items())
        )
    if isinstance(left, Plain) and isinstance(right, Plain):
        return type(left.value) is type(right.value) and left.value == right.value
    return _same_name(left, right)


def _same_name(left: "Value | Rest", right: "Value | Rest") -> bool:
    """Whether two values of one type are told apart by simple fields, and these are equal."""
    fields = _FIELDS.get(type(left))
    return fields is not None and all(
        getattr(left, field) == getattr(right, field) for field in fields
    )


_FIELDS: dict[type, tuple[str, ...]] = {
    Located: ("path", "is_text"),
    PurePath: ("path",),
    External: ("path",),
    ModuleValue: ("path",),
}
