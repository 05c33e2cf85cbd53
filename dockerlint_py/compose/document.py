"""From YAML nodes to Compose values: aliases and merge keys expanded, `!reset` and `!override`
noted.

This is where a hostile file would grow: every value that expansion makes is counted in a budget.
"""

from typing import Protocol

from dockerlint_py.compose.patterns import Path
from dockerlint_py.compose.problems import Problems
from dockerlint_py.compose.tree import Chain, Mapping, Scalar, Sequence, Step, Value
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.yaml import (
    AliasNode,
    BadTagError,
    Data,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    Timestamp,
    resolve,
)

MAX_DEPTH = 60
MERGE_KEY = "<<"


class TooLarge(Exception):  # noqa: N818 - ends the loading of one file set, see `Budget`
    """The values of a file set exceed the budget."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class _Placed(Protocol):
    """A node or a value: its place is made only when it is needed."""

    @property
    def place(self) -> Place: ...


class Budget:
    """How many values one file set may still make; far more than any real one needs."""

    __slots__ = ("left",)

    def __init__(self, values: int = 100_000) -> None:
        self.left = values

    def spend(self, at: "_Placed", values: int = 1) -> None:
        """Counts values made at a node or value; raises TooLarge when there are too many."""
        self.left -= values
        if self.left < 0:
            raise TooLarge(at.place)


class Tagged(NamedTuple):
    """A `!reset` or `!override` in a file: what it deletes from the files before, and where."""

    path: Path
    place: Place
    tag: str


class RawDocument(NamedTuple):
    """One document as values; `root` is None when it was tagged away or is empty."""

    root: Value | None
    tagged: tuple[Tagged, ...]


def read_document(root: Node, problems: Problems, budget: Budget) -> RawDocument:
    """The values of one document."""
    reader = _Reader(problems, budget)
    value = reader.value(root, (), (), None)
    return RawDocument(value, tuple(reader.tagged))


class _Reader:
    __slots__ = ("aliases", "budget", "depth", "problems", "tagged")

    def __init__(self, problems: Problems, budget: Budget) -> None:
        self.problems = problems
        self.budget = budget
        self.tagged: list[Tagged] = []
        self.aliases = 0
        self.depth = 0

    def value(self, node: Node, path: Path, chain: Chain, key: Place | None) -> Value | None:
        """The value of a node; None when `!reset` deletes it."""
        if isinstance(node, AliasNode):
            return self._alias(node, path, chain, key, "anchor")
        if node.tag == "!reset":
            # An anchored `!reset` is dropped where it is defined; a use of the anchor finds
            # nothing.
            self.tagged.append(Tagged(path, key or node.place, "!reset"))
            return None
        if node.tag == "!override":
            self.tagged.append(Tagged(path, key or node.place, "!override"))
        self.budget.spend(node)
        if _is_placeholder(node):
            return Scalar(None, node.place, chain, key, doubt="a template writes this value")
        if isinstance(node, ScalarNode):
            return self._scalar(node, chain, key)
        self.depth += 1
        try:
            if self.depth > MAX_DEPTH:
                raise TooLarge(node.place)
            if isinstance(node, SequenceNode):
                return self._sequence(node, path, chain, key)
            assert isinstance(node, MappingNode)
            return self._mapping(node, path, chain, key)
        finally:
            self.depth -= 1

    def _alias(
        self, node: AliasNode, path: Path, chain: Chain, key: Place | None, kind: str
    ) -> Value | None:
        step = Step(kind, node.place)
        before = len(self.tagged)
        value = self.value(node.target, path, (*chain, step), key)
        if node.target.tag != "!reset":
            inside = self.tagged[before:]
            self.tagged[before:] = [one for one in inside if one.tag != "!reset"]
        return value

    def _scalar(self, node: ScalarNode, chain: Chain, key: Place | None) -> Scalar:
        before = len(self.problems.found)
        data = self._data(node)
        unreadable = len(self.problems.found) > before
        doubt = "its tag does not fit it" if unreadable else None
        return Scalar(data, None, chain, key, node=node, doubt=doubt)

    def _data(self, node: ScalarNode) -> Data | Timestamp:
        try:
            return resolve(node)
        except BadTagError as error:
            self.problems.add("type", str(error), node.place)
            return node.value

    def _sequence(
        self, node: SequenceNode, path: Path, chain: Chain, key: Place | None
    ) -> Sequence:
        made = Sequence(node.place, chain, key)
        for number, item in enumerate(node.items):
            value = self.value(item, (*path, str(number)), chain, None)
            if value is not None:
                made.items.append(value)
        return made

    def _mapping(self, node: MappingNode, path: Path, chain: Chain, key: Place | None) -> Mapping:
        made = Mapping(node.place, chain, key)
        merges: list[Mapping] = []
        seen: dict[str, Place] = {}
        for key_node, value_node in node.pairs:
            name = self._name(key_node)
            if name is None:
                continue
            here = key_node.place
            if name in seen:
                self._duplicate(name, here, seen[name])
                continue
            seen[name] = here
            if name == MERGE_KEY and _is_merge_key(key_node):
                merges = self._merged(value_node, path, chain)
                continue
            value = self.value(value_node, (*path, name), chain, here)
            if value is not None:
                made.entries[name] = value
        for merged in merges:
            for name, value in merged.entries.items():
                made.entries.setdefault(name, value)
        return made

    def _name(self, node: Node) -> str | None:
        target = node.target if isinstance(node, AliasNode) else node
        if not isinstance(target, ScalarNode):
            self.problems.add("type", "a key must be a string", node.place)
            return None
        value = self._data(target)
        if type(value) is str:  # not a Timestamp
            return value
        if not isinstance(value, str):
            self.problems.add("type", f"the key `{target.value}` must be a string", node.place)
        else:
            self.problems.add(
                "type", f"the key `{target.value}` is a date, not a string", node.place
            )
        return None

    def _duplicate(self, name: str, place: Place, first: Place) -> None:
        message = f"`{name}` is already defined in this mapping"
        related = (first.says("first defined here"),)
        self.problems.add("duplicate-key", message, place, related)

    def _merged(self, node: Node, path: Path, chain: Chain) -> list[Mapping]:
        """The mappings that a merge key brings, the strongest first."""
        target = node.target if isinstance(node, AliasNode) else node
        if isinstance(target, SequenceNode) and node is target:
            merged = [
                self._merge_source(item, (*path, str(number)), chain)
                for number, item in enumerate(node.items)
            ]
            return [each for each in merged if each is not None]
        merged_one = self._merge_source(node, path, chain)
        return [merged_one] if merged_one is not None else []

    def _merge_source(self, node: Node, path: Path, chain: Chain) -> Mapping | None:
        if isinstance(node, AliasNode):
            value = self._alias(node, path, chain, None, "merge")
        else:
            value = self.value(node, path, chain, None)
        if isinstance(value, Mapping):
            return value
        if value is not None:
            message = "a merge key takes a mapping, or a list of mappings"
            self.problems.add("type", message, node.place)
        return None


def _is_placeholder(node: Node) -> bool:
    """Whether a value is `{{ name }}`: YAML reads it as a mapping with a mapping for a key."""
    return isinstance(node, MappingNode) and node.source.text.startswith("{{", node.start)


def _is_merge_key(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.style.value == "" and node.tag in (None, "!")
