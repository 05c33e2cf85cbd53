"""Values that evaluation gives: known, partly known, or not."""

from typing import TYPE_CHECKING, Literal, TypeAlias

from dockerlint_py.python.expressions import Lambda, Scalar
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate.frame import Frame

_MAX_ORIGIN = 12


class FromEnv(NamedTuple):
    """A read of an environment variable that a value depends on.

    `default` is what the code falls back to, None when it must be set. `cast` names what turned the
    text into a value (`str`, `bool`, `list`...). `state` is what the environment said.
    """

    name: str
    default: "Value | None"
    cast: str
    place: Place
    state: Literal["set", "unset", "unknown"]


class Origin(NamedTuple):
    """Where a value was read: places in files, and variables of the environment."""

    places: tuple[Place, ...] = ()
    reads: tuple[FromEnv, ...] = ()

    @property
    def unset(self) -> tuple[str, ...]:
        """The variables that the environment is known not to have."""
        return tuple(dict.fromkeys(read.name for read in self.reads if read.state == "unset"))

    def plus(self, other: "Origin") -> "Origin":
        """Both together, without doubles, bounded."""
        if other is self or not (other.places or other.reads):
            return self
        if not (self.places or self.reads):
            return other
        return Origin(
            _unite(self.places, other.places),
            tuple({(read.place, read.name): read for read in (*self.reads, *other.reads)}.values())[
                :_MAX_ORIGIN
            ],
        )


def _unite(left: tuple[Place, ...], right: tuple[Place, ...]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys((*left, *right)))[:_MAX_ORIGIN]


NOWHERE = Origin()


class Held:
    """A value. Two are equal only when they are one object: see `same` for more."""

    __slots__: tuple[str, ...] = ()

    def __repr__(self) -> str:
        shown = [getattr(self, name) for name in self.__slots__ if name != "origin"]
        return f"{type(self).__name__}({', '.join(map(repr, shown))})"


class Plain(Held):
    """A known scalar."""

    __slots__ = ("origin", "value")

    def __init__(self, value: Scalar, origin: Origin = NOWHERE) -> None:
        self.value = value
        self.origin = origin


class Located(Held):
    """A path below the repository's root; `is_text` tells a `str` from a `pathlib.Path`."""

    __slots__ = ("is_text", "origin", "path")

    def __init__(self, path: str, origin: Origin = NOWHERE, *, is_text: bool = False) -> None:
        self.path = path
        self.is_text = is_text
        self.origin = origin


class PurePath(Held):
    """A `pathlib.Path` that does not depend on where the repository is."""

    __slots__ = ("origin", "path")

    def __init__(self, path: str, origin: Origin = NOWHERE) -> None:
        self.path = path
        self.origin = origin


class Text(Held):
    """A partly known string: known parts and None for unknown ones, in order."""

    __slots__ = ("origin", "parts", "why")

    def __init__(self, parts: tuple[str | None, ...], why: str, origin: Origin = NOWHERE) -> None:
        self.parts = parts
        self.why = why
        self.origin = origin

    @property
    def prefix(self) -> str:
        """What it is known to begin with."""
        return self.parts[0] or "" if self.parts else ""


class Rest(Held):
    """Any number of unknown items in a list."""

    __slots__ = ("origin", "why")

    def __init__(self, why: str, origin: Origin = NOWHERE) -> None:
        self.why = why
        self.origin = origin


class Items(Held):
    """A list, tuple or set; a `Rest` among the items stands for unknown ones."""

    __slots__ = ("items", "kind", "origin")

    def __init__(
        self, kind: str, items: "tuple[Value | Rest, ...]", origin: Origin = NOWHERE
    ) -> None:
        self.kind = kind
        self.items = items
        self.origin = origin

    @property
    def values(self) -> "tuple[Value, ...] | None":
        """The items, None when some are unknown."""
        if any(isinstance(item, Rest) for item in self.items):
            return None
        return tuple(item for item in self.items if not isinstance(item, Rest))


class Mapping(Held):
    """A dict with known keys; an open one may have others."""

    __slots__ = ("entries", "is_open", "origin")

    def __init__(
        self, entries: "dict[Scalar, Value]", origin: Origin = NOWHERE, *, is_open: bool = False
    ) -> None:
        self.entries = entries
        self.is_open = is_open
        self.origin = origin


class Box(Mapping):
    """A dict whose keys are attributes as well, in any case, as dynaconf has them."""

    __slots__ = ()

    def find(self, name: str) -> "Value | None":
        """The value of a key: of one written so, else of the one that differs in case alone."""
        if name in self.entries:
            return self.entries[name]
        near = [key for key in self.entries if str(key).lower() == name.lower()]
        return self.entries[near[0]] if len(near) == 1 else None


class Unresolved(Held):
    """No value: why, and a value that it may well have. `generated` names a call that gives
    another value in every process (`secrets.token_hex`)."""

    __slots__ = ("generated", "maybe", "origin", "why")

    def __init__(
        self,
        why: str,
        origin: Origin = NOWHERE,
        maybe: "Value | None" = None,
        generated: str = "",
    ) -> None:
        self.why = why
        self.origin = origin
        self.maybe = maybe
        self.generated = generated


class External(Held):
    """Something that is not in the repository, by its dotted name: `os.environ`."""

    __slots__ = ("origin", "path")

    def __init__(self, path: str, origin: Origin = NOWHERE) -> None:
        self.path = path
        self.origin = origin


ENVIRON_COPY = "os.environ.copy()"
ENVIRONS = ("os.environ", ENVIRON_COPY)
"""The environment, and a copy of it that nothing has changed so far."""


class Made(Held):
    """What a call of something external gave: `environ.Env(...)`, `FastAPI(...)`.

    `place` is that of the call; `set_keys` are items and attributes that were assigned to it later.
    """

    __slots__ = ("arguments", "keywords", "origin", "path", "place", "set_keys")

    def __init__(
        self,
        path: str,
        arguments: "tuple[Value, ...]",
        keywords: "dict[str, Value]",
        origin: Origin = NOWHERE,
        place: Place | None = None,
    ) -> None:
        self.path = path
        self.arguments = arguments
        self.keywords = keywords
        self.origin = origin
        self.place = place
        self.set_keys: dict[str, Value] = {}


class ModuleValue(Held):
    """A module of the repository."""

    __slots__ = ("origin", "path")

    def __init__(self, path: str, origin: Origin = NOWHERE) -> None:
        self.path = path
        self.origin = origin


class FunctionValue(Held):
    """A function of the repository: its number in the facts of its module, and its first argument
    when it is bound to an object."""

    __slots__ = ("bound", "number", "origin", "path")

    def __init__(
        self, path: str, number: int, bound: "Value | None" = None, origin: Origin = NOWHERE
    ) -> None:
        self.path = path
        self.number = number
        self.bound = bound
        self.origin = origin


class LambdaValue(Held):
    """A lambda and the names around it."""

    __slots__ = ("expr", "frame", "origin")

    def __init__(self, expr: Lambda, frame: "Frame", origin: Origin = NOWHERE) -> None:
        self.expr = expr
        self.frame = frame
        self.origin = origin


class ClassValue(Held):
    """A class of the repository with its names."""

    __slots__ = ("bases", "names", "number", "origin", "path")

    def __init__(
        self,
        path: str,
        number: int,
        bases: "tuple[Value, ...]",
        names: "dict[str, Value]",
        origin: Origin = NOWHERE,
    ) -> None:
        self.path = path
        self.number = number
        self.bases = bases
        self.names = names
        self.origin = origin


class ObjectValue(Held):
    """An instance of a class of the repository; an open one may have other attributes."""

    __slots__ = ("attributes", "is_open", "of", "origin")

    def __init__(
        self,
        of: ClassValue,
        attributes: "dict[str, Value]",
        origin: Origin = NOWHERE,
        *,
        is_open: bool = False,
    ) -> None:
        self.of = of
        self.attributes = attributes
        self.is_open = is_open
        self.origin = origin


def is_environ(value: Held) -> bool:
    """Whether a value is the environment, or a copy of it."""
    return isinstance(value, External) and value.path in ENVIRONS


Value: TypeAlias = (
    Plain
    | Located
    | PurePath
    | Text
    | Items
    | Mapping
    | Unresolved
    | External
    | Made
    | ModuleValue
    | FunctionValue
    | LambdaValue
    | ClassValue
    | ObjectValue
)


def moved(value: Value, origin: Origin) -> Value:
    """The same value with more origin. A list or dict stays the object that other names share."""
    joined = value.origin.plus(origin)
    if joined is value.origin:
        return value
    if isinstance(value, Plain):
        return Plain(value.value, joined)
    if isinstance(value, Unresolved):
        return Unresolved(value.why, joined, value.maybe, value.generated)
    if isinstance(value, Located):
        return Located(value.path, joined, is_text=value.is_text)
    if isinstance(value, PurePath):
        return PurePath(value.path, joined)
    if isinstance(value, Text):
        return Text(value.parts, value.why, joined)
    if isinstance(value, Items | Mapping):
        value.origin = joined
    return value


def derived(value: Value, why: str) -> Unresolved:
    """Something unknown that is made of a value; what is generated stays so."""
    generated = value.generated if isinstance(value, Unresolved) else ""
    return Unresolved(why, value.origin, None, generated)
