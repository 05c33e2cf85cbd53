"""Nodes of a YAML document, each with the span of the file that it was written in.

Duplicate keys, merge keys, tags and the places where an alias is used are all kept: they are what a
linter asks about. Plain classes with slots, because a file holds hundreds of them.
"""

from enum import Enum

from dockerlint_py.text import Place, Source, Span


class Style(Enum):
    """How a scalar is written."""

    PLAIN = ""
    SINGLE = "'"
    DOUBLE = '"'
    LITERAL = "|"
    FOLDED = ">"


class Node:
    """What all nodes have: a span in a source, and a tag as written, such as `!reset` or `!!str`.

    The span leaves out an anchor or tag before the value; `mark` is where those start.
    """

    __slots__ = ("anchor", "end", "mark", "source", "start", "tag")

    def __init__(self, source: Source, start: int, end: int, tag: str | None = None) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.mark = start
        self.tag = tag
        self.anchor: str | None = None

    @property
    def span(self) -> Span:
        """The span of the value in its source."""
        return Span(self.start, self.end)

    @property
    def place(self) -> Place:
        """The place of the value."""
        return Place(self.source, Span(self.start, self.end))


class ScalarNode(Node):
    """A scalar: its text after YAML's own folding and escapes, never converted to another type."""

    __slots__ = ("style", "value")

    def __init__(self, source: Source, start: int, end: int, value: str, style: Style) -> None:
        super().__init__(source, start, end)
        self.value = value
        self.style = style

    def __repr__(self) -> str:
        return f"ScalarNode({self.value!r})"


class SequenceNode(Node):
    """A list."""

    __slots__ = ("flow", "items")

    def __init__(self, source: Source, start: int, *, flow: bool) -> None:
        super().__init__(source, start, start)
        self.items: list[Node] = []
        self.flow = flow


class MappingNode(Node):
    """A mapping, as pairs in the order of the file: keys may repeat, and `<<` is a key like any."""

    __slots__ = ("flow", "pairs")

    def __init__(self, source: Source, start: int, *, flow: bool) -> None:
        super().__init__(source, start, start)
        self.pairs: list[tuple[Node, Node]] = []
        self.flow = flow


class AliasNode(Node):
    """A use of an anchor (`*name`), at its own place; `target` is the node that was anchored."""

    __slots__ = ("name", "target")

    def __init__(self, source: Source, start: int, end: int, name: str, target: Node) -> None:
        super().__init__(source, start, end)
        self.name = name
        self.target = target
