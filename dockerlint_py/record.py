"""`NamedTuple`, defined in a tenth of the time: the model has hundreds, start-up pays for each.

`typing.NamedTuple` compiles a constructor when a class is defined. Here a class gets one when it
has made some instances, which most classes of a run never do. Type checkers see
`typing.NamedTuple`, and so does a Python whose annotations are lazy (3.14).
"""

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING or sys.version_info >= (3, 14):
    from typing import NamedTuple as NamedTuple
else:
    from _collections import _tuplegetter

    _BEFORE_COMPILING = 20
    """Instances that take less time to make without a constructor than to compile one."""

    class _RecordType(type):
        """Makes a tuple class with named fields of the annotations in a class body."""

        def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            fields = tuple(body.get("__annotations__", ()))
            body["__slots__"] = ()
            if fields:
                body["_field_defaults"] = {f: body[f] for f in fields if f in body}
                body.update({f: _tuplegetter(at, None) for at, f in enumerate(fields)})
                body["_fields"] = body["__match_args__"] = fields
                body["_made"] = 0
            made = type.__new__(mcs, name, bases, body)
            if fields:
                made._owner = made
            return made

    class NamedTuple(tuple, metaclass=_RecordType):
        """What the classes share: the methods of `collections.namedtuple`."""

        def __new__(cls, /, *args: Any, **kwargs: Any) -> Any:
            owner = cls._owner
            owner._made += 1
            values = _bound(owner, args, kwargs) if owner._made <= _BEFORE_COMPILING else None
            if values is not None:
                return tuple.__new__(cls, values)
            owner.__new__ = _constructor(owner)
            return owner.__new__(cls, *args, **kwargs)

        @classmethod
        def _make(cls, iterable: Any) -> Any:
            made = tuple.__new__(cls, iterable)
            if len(made) != len(cls._fields):
                raise TypeError(f"expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **changes: Any) -> Any:
            made = self._make(map(changes.pop, self._fields, self))
            if changes:
                raise TypeError(f"unexpected field names: {list(changes)}")
            return made

        __replace__ = _replace

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            values = map("{}={!r}".format, self._fields, self)
            return f"{type(self).__name__}({', '.join(values)})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

    def _bound(owner: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """The values of all fields; None for a call that the constructor would refuse."""
        missing = owner._fields[len(args) :]
        values = args
        if missing:
            defaults = {**owner._field_defaults, **kwargs}
            values += tuple(defaults[name] for name in missing if name in defaults)
        fits = len(values) == len(owner._fields)
        return values if fits and kwargs.keys() <= set(missing) else None

    def _constructor(owner: Any) -> Any:
        """A function that takes the fields by place or by name; made as `collections` makes it."""
        taken = ", ".join(owner._fields)
        code = f"lambda _cls, {taken}: _new(_cls, ({taken},))"
        new = eval(code, {"_new": tuple.__new__, "__builtins__": {}})
        new.__defaults__ = tuple(owner._field_defaults.values())
        new.__name__ = new.__qualname__ = owner.__name__
        return staticmethod(new)
