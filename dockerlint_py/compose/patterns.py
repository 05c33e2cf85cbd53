"""Paths of the Compose model as patterns: `services.*.ports` reaches the ports of every service."""

from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")
Path: TypeAlias = tuple[str, ...]

ITEM = "[]"


class Patterns(Generic[T]):
    """A tree of path patterns, walked along with the tree of values.

    `*` stands for any key and any list item, `[]` for a list item only. One level is one `down`.
    """

    __slots__ = ("children", "found")

    def __init__(self, table: dict[str, T] | None = None) -> None:
        self.children: dict[str, Patterns[T]] = {}
        self.found: T | None = None
        for pattern, value in (table or {}).items():
            node = self
            for part in pattern.split("."):
                node = node.children.setdefault(part, Patterns())
            node.found = value

    def down(self, part: str) -> "Patterns[T] | None":
        """The patterns that remain one level down, or None when none match there."""
        return self.children.get(part) or self.children.get("*")

    def at(self, *parts: str) -> "Patterns[T]":
        """The patterns that remain at a path; empty when none do."""
        node: Patterns[T] | None = self
        for part in parts:
            node = node.down(part) if node is not None else None
        return node if node is not None else Patterns()
