"""Compose values after YAML and before meaning: scalars, mappings and lists that know their origin.

All of loading (interpolation, merging, `extends`, canonical form) works on these, as Compose works
on untyped maps; the difference is that a value here remembers where it was written, through which
anchors, merge keys, `extends` and `include` it came (`chain`), and whether it is doubtful: built on
a variable that nothing sets, so that the environment of a deployment may make it something else.
"""

from typing import TypeAlias

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import LogicalText, Piece, Place
from dockerlint_py.yaml import Data, ScalarNode, Timestamp, logical_text


class Step(NamedTuple):
    """One stage of the way of a value into the model.

    `kind` is `anchor`, `merge` (a merge key), `extends`, `include` or `override`; the place is the
    alias, the merge key's value, the `extends` or `include` entry, or the value that was
    overridden.
    """

    kind: str
    place: Place


_STEPS = {
    "anchor": "through this alias",
    "merge": "through this merge key",
    "extends": "extended here",
    "include": "included here",
    "override": "overrides this value",
}


class Variable(NamedTuple):
    """One use of a variable in a value: `${name<operator><default>}`.

    `found` tells whether the environment has it, and `origin` where it was set (`.env`). `place` is
    the whole `${...}`.
    """

    name: str
    operator: str
    default: str | None
    found: bool
    origin: Place | None
    place: Place


class Segment(NamedTuple):
    """A stretch of an interpolated text: `[start, end)` there, `[low, high)` in the text as
    written.

    `doubt` says why it may be something else, or is None; literal text is `exact`.
    """

    start: int
    end: int
    low: int
    high: int
    exact: bool
    doubt: str | None = None


Chain: TypeAlias = tuple[Step, ...]


class Located:
    """What all values have: a chain, and the place of the key that they were written under."""

    __slots__ = ("chain", "key")

    def __init__(self, chain: Chain, key: Place | None) -> None:
        self.chain = chain
        self.key = key

    @property
    def place(self) -> Place:
        """Where the value is written."""
        raise NotImplementedError

    @property
    def origins(self) -> tuple[Place, ...]:
        """Where the value is written, and every stage it came through, in words."""
        return (self.place, *(step.place.says(_STEPS[step.kind]) for step in self.chain))

    @property
    def subject(self) -> Place:
        """Where the value is named: its key if it has one, else the value itself."""
        return self.key if self.key is not None else self.place


class Scalar(Located):
    """A string, number, boolean or null.

    A scalar that was made by splitting another one (`8000:80`) is a `window` of it, and finds its
    exact place on demand. One that merging made out of `name: value` is a `pair`.
    """

    __slots__ = (
        "_place",
        "_text",
        "doubt",
        "node",
        "pair",
        "segments",
        "value",
        "variables",
        "window",
    )

    def __init__(
        self,
        value: Data | Timestamp,
        place: Place | None = None,
        chain: Chain = (),
        key: Place | None = None,
        *,
        node: ScalarNode | None = None,
        doubt: str | None = None,
    ) -> None:
        super().__init__(chain, key)
        self.value = value
        self.node = node
        self.doubt = doubt
        self.segments: tuple[Segment, ...] = ()
        self.variables: tuple[Variable, ...] = ()
        self.window: tuple[Scalar, int, int] | None = None
        self.pair: tuple[str, Scalar] | None = None
        self._place = place
        self._text: LogicalText | None = None

    def __repr__(self) -> str:
        return f"Scalar({self.value!r})"

    @property
    def place(self) -> Place:
        """Where the value is written; for a part of a short syntax, that part."""
        if self._place is None:
            if self.window is not None:
                whole, start, end = self.window
                self._place = whole.part_place(start, end)
            elif self.pair is not None:
                self._place = self.pair[1].place
            elif self.node is not None:
                self._place = self.node.place
            else:
                raise ValueError("a scalar without a place")
        return self._place

    @property
    def logical(self) -> LogicalText | None:
        """The text of a string value, mapped to the file; None when it is not a string's text."""
        if self._text is None:
            if self.window is not None:
                whole, start, end = self.window
                text = whole.logical
                self._text = text.slice(start, end) if text is not None else None
            elif self.node is not None:
                written = logical_text(self.node)
                self._text = _interpolated(written, self.value, self.segments)
        return self._text

    @property
    def is_literal(self) -> bool:
        """Whether the value is written here as it is, and no variable has a part in it."""
        if self.variables or self.doubt is not None or self.value is None:
            return False
        return self.subject.source is self.place.source and str(self.value) in self.place.text

    @property
    def fact(self) -> Fact[Data]:
        """The value as a fact; in doubt it is unknown, with what it may well be."""
        if self.doubt is not None:
            return Unknown(self.doubt, self.value, self.origins)
        return Known(self.value, self.origins)

    def part_place(self, start: int, end: int) -> Place:
        """The place of the characters `[start, end)` of the text."""
        text = self.logical
        if text is None or not text.pieces:
            return self.place
        return text.place(start, end)

    def part(self, start: int, end: int, value: Data | None = None) -> "Scalar":
        """The characters `[start, end)` of the text as a value of its own, perhaps converted."""
        if value is None:
            value = str(self.value)[start:end]
        made = Scalar(value, None, self.chain, self.key, doubt=self.part_doubt(start, end))
        made.window = (self, start, end)
        return made

    def part_doubt(self, start: int, end: int) -> str | None:
        """Why the characters `[start, end)` are doubtful; an empty doubtful stretch counts."""
        if self.doubt is None:
            return None
        if self.window is not None:
            whole, low, _ = self.window
            return whole.part_doubt(low + start, low + end)
        if not self.segments:
            return self.doubt
        for segment in self.segments:
            if segment.doubt is None:
                continue
            if segment.start <= end and segment.end >= start:
                return segment.doubt
        return None

    def made(self, value: Data) -> "Scalar":
        """Another value in this one's stead, at the same place (a type conversion)."""
        made = Scalar(value, self._place, self.chain, self.key, node=self.node, doubt=self.doubt)
        made.segments = self.segments
        made.variables = self.variables
        made.window = self.window
        made.pair = self.pair
        return made


class Mapping(Located):
    """A mapping with string keys; every value knows the place of its key."""

    __slots__ = ("_place", "entries")

    def __init__(
        self,
        place: Place,
        chain: Chain = (),
        key: Place | None = None,
        entries: "dict[str, Value] | None" = None,
    ) -> None:
        super().__init__(chain, key)
        self._place = place
        self.entries: dict[str, Value] = {} if entries is None else entries

    def __repr__(self) -> str:
        return f"Mapping({self.entries!r})"

    @property
    def place(self) -> Place:
        """Where the mapping is written."""
        return self._place

    def get(self, name: str) -> "Value | None":
        """The value of a key, or None when the key is absent."""
        return self.entries.get(name)


class Sequence(Located):
    """A list."""

    __slots__ = ("_place", "items")

    def __init__(
        self,
        place: Place,
        chain: Chain = (),
        key: Place | None = None,
        items: "list[Value] | None" = None,
    ) -> None:
        super().__init__(chain, key)
        self._place = place
        self.items: list[Value] = [] if items is None else items

    def __repr__(self) -> str:
        return f"Sequence({self.items!r})"

    @property
    def place(self) -> Place:
        """Where the list is written."""
        return self._place


Value: TypeAlias = Scalar | Mapping | Sequence


def is_null(value: Value | None) -> bool:
    """Whether a value is absent or null."""
    return value is None or (isinstance(value, Scalar) and value.value is None)


def text_of(value: Value | None) -> str | None:
    """The text of a string value, else None."""
    if isinstance(value, Scalar) and isinstance(value.value, str):
        return value.value
    return None


def is_doubtful(value: Value) -> bool:
    """Whether a value, or anything inside it, is in doubt."""
    if isinstance(value, Scalar):
        return value.doubt is not None
    inside = value.entries.values() if isinstance(value, Mapping) else value.items
    return any(is_doubtful(each) for each in inside)


def copied(value: Value, step: Step | None = None) -> Value:
    """A deep copy whose containers may be changed, with `step` at the end of every chain."""
    chain = value.chain if step is None else (*value.chain, step)
    if isinstance(value, Scalar):
        if step is None:
            return value
        made = value.made(value.value)
        made.chain = chain
        return made
    if isinstance(value, Mapping):
        entries = {name: copied(each, step) for name, each in value.entries.items()}
        return Mapping(value.place, chain, value.key, entries)
    return Sequence(value.place, chain, value.key, [copied(each, step) for each in value.items])


def _interpolated(
    written: LogicalText, value: Data | Timestamp, segments: tuple[Segment, ...]
) -> LogicalText | None:
    if not segments:
        return written if str(value) == written.text else None
    pieces: list[Piece] = []
    for segment in segments:
        if segment.exact:
            part = written.slice(segment.low, segment.high)
            pieces.extend(
                piece._replace(logical=piece.logical + segment.start) for piece in part.pieces
            )
        else:
            span = written.span(segment.low, segment.high)
            length = segment.end - segment.start
            pieces.append(Piece(segment.start, length, span.start, span.end - span.start))
    return LogicalText(written.source, str(value), pieces)
