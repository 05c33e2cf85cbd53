"""Builds nodes out of PyYAML's parse events.

Only the event level of PyYAML is used: its own composer recurses in C (100,000 brackets end the
interpreter), forgets where an alias was used, and its resolver speaks YAML 1.1. This one keeps a
stack, so that depth is a number to compare and not a fate.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, TypeAlias

from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source
from dockerlint_py.yaml.nodes import AliasNode, MappingNode, Node, ScalarNode, SequenceNode, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

BOM = "\ufeff"


class Limits(NamedTuple):
    """Where reading a hostile file stops."""

    characters: int = 4_000_000
    nodes: int = 100_000
    depth: int = 200


class YamlProblem(NamedTuple):
    """Why a file could not be read, and where the reader gave up."""

    message: str
    place: Place


class Document(NamedTuple):
    """One document of a file; `root` is None when nothing stands in it."""

    root: Node | None


KEPT = 256
"""Files whose documents are kept, for whoever parses them again."""


class Parsed(NamedTuple):
    """The documents of a file that could be read, and what went wrong after them."""

    documents: tuple[Document, ...]
    problems: tuple[YamlProblem, ...]


class _Stop(Exception):  # noqa: N818 - not an error of the program: it carries the problem out
    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


@lru_cache(maxsize=KEPT)
def parse(source: Source, limits: Limits = Limits()) -> Parsed:  # noqa: B008 - immutable
    """Reads all documents of a file; what cannot be read is a problem, never an exception.

    A source that was parsed a while ago is not parsed again: planning file sets and loading them
    both need the documents.
    """
    if len(source.text) > limits.characters:
        message = f"the file has more than {limits.characters:,} characters"
        return Parsed((), (YamlProblem(message, source.place(0, 0)),))
    composer = _Composer(source, limits)
    try:
        composer.run()
    except _Stop as stop:
        offset = min(stop.offset, len(source.text))
        problem = YamlProblem(stop.message, source.place(offset, offset))
        return Parsed(tuple(composer.documents), (problem,))
    return Parsed(tuple(composer.documents), ())


def _events(source: Source) -> "Iterator[yaml.Event]":
    import yaml

    text = source.text
    shift = 1 if text.startswith(BOM) else 0
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        yield from yaml.parse(text[shift:], Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        words = " ".join(part for part in (error.context, error.problem) if part)
        raise _Stop(words or "not YAML", (mark.index if mark else 0) + shift) from None
    except yaml.YAMLError as error:
        reason = getattr(error, "reason", None) or "not YAML"
        raise _Stop(str(reason), shift + int(getattr(error, "position", 0))) from None
    except (UnicodeError, RecursionError) as error:
        raise _Stop(f"not text: {error}", 0) from None


_STYLES: dict[str | None, Style] = {None: Style.PLAIN, **{style.value: style for style in Style}}

_Collection: TypeAlias = MappingNode | SequenceNode


class _Mark(Protocol):
    """A mark of the C parser or of the Python one."""

    index: int


class _Composer:
    """The state of one reading: open collections, anchors seen, nodes counted."""

    __slots__ = (
        "anchors",
        "documents",
        "keys",
        "left",
        "limits",
        "open",
        "root",
        "shift",
        "source",
    )

    def __init__(self, source: Source, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.left = limits.nodes
        self.shift = 1 if source.text.startswith(BOM) else 0
        self.documents: list[Document] = []
        self.anchors: dict[str, Node] = {}
        self.open: list[_Collection] = []
        self.keys: list[Node | None] = []
        self.root: Node | None = None

    def run(self) -> None:
        import yaml

        for event in _events(self.source):
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._enter(event, mapping=isinstance(event, yaml.MappingStartEvent))
            elif isinstance(event, yaml.CollectionEndEvent):
                self._leave(event)
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.DocumentStartEvent):
                self.anchors = {}
                self.root = None
            elif isinstance(event, yaml.DocumentEndEvent):
                self.documents.append(Document(self.root))

    def _offset(self, mark: "_Mark | None") -> int:
        return (mark.index if mark is not None else 0) + self.shift

    def _scalar(self, event: "yaml.ScalarEvent") -> None:
        start = self._offset(event.start_mark)
        end = self._offset(event.end_mark)
        node = ScalarNode(self.source, start, end, event.value, _STYLES[event.style])
        self._describe(node, event.tag, event.anchor)
        self._add(node)

    def _enter(self, event: "yaml.CollectionStartEvent", *, mapping: bool) -> None:
        start = self._offset(event.start_mark)
        if len(self.open) >= self.limits.depth:
            raise _Stop(f"nested deeper than {self.limits.depth} levels", start)
        kind = MappingNode if mapping else SequenceNode
        node = kind(self.source, start, flow=bool(event.flow_style))
        self._describe(node, event.tag, event.anchor)
        self._add(node)
        self.open.append(node)
        self.keys.append(None)

    def _leave(self, event: "yaml.CollectionEndEvent") -> None:
        node = self.open.pop()
        self.keys.pop()
        if node.flow:
            node.end = self._offset(event.end_mark)
            return
        # The end mark of a block collection runs on to the next token.
        last: Node | None = None
        if isinstance(node, MappingNode):
            last = node.pairs[-1][1] if node.pairs else None
        elif node.items:
            last = node.items[-1]
        node.end = max(node.start, last.end) if last is not None else node.start

    def _alias(self, event: "yaml.AliasEvent") -> None:
        start = self._offset(event.start_mark)
        end = self._offset(event.end_mark)
        name = event.anchor or ""
        target = self.anchors.get(name)
        if target is None:
            raise _Stop(f"unknown anchor {name!r}", start)
        if any(target is node for node in self.open):
            raise _Stop(f"anchor {name!r} contains itself", start)
        self._add(AliasNode(self.source, start, end, name, target))

    def _describe(self, node: Node, tag: str | None, anchor: str | None) -> None:
        node.tag = tag
        if anchor is not None:
            node.anchor = anchor
            self.anchors[anchor] = node
        if tag is not None or anchor is not None:
            node.start = max(node.start, self._after_properties(node))
            node.end = max(node.start, node.end)

    def _after_properties(self, node: Node) -> int:
        """The offset of the value itself, past `&anchor`, `!tag` and the blanks behind them."""
        text = self.source.text
        at = node.start
        while at < len(text) and text[at] in "&!":
            while at < len(text) and text[at] not in " \t\r\n,]}":
                at += 1
            while at < len(text) and text[at] in " \t":
                at += 1
        if isinstance(node, ScalarNode):
            return at if at <= node.end else node.end
        while at < len(text) and text[at] in " \t\r\n":
            at += 1
        return at

    def _add(self, node: Node) -> None:
        self.left -= 1
        if self.left < 0:
            raise _Stop(f"more than {self.limits.nodes:,} values", node.start)
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent, SequenceNode):
            parent.items.append(node)
            return
        key = self.keys[-1]
        if key is None:
            self.keys[-1] = node
        else:
            parent.pairs.append((key, node))
            self.keys[-1] = None
