"""YAML nodes as a pipeline means them: anchors followed, merge keys applied."""

from collections.abc import Iterator

from dockerlint_py.pipelines.model import Setting
from dockerlint_py.text import LogicalText
from dockerlint_py.yaml import AliasNode, MappingNode, Node, ScalarNode, SequenceNode, logical_text

MERGE = "<<"


class Entry:
    """One key of a mapping and its value."""

    __slots__ = ("key", "value")

    def __init__(self, key: ScalarNode, value: Node) -> None:
        self.key = key
        self.value = value


def target(node: Node) -> Node:
    """A node, or the one that an alias stands for."""
    return node.target if isinstance(node, AliasNode) else node


def entries(node: Node | None) -> dict[str, Entry]:
    """The keys of a mapping; those of its own win over merged ones."""
    found: dict[str, Entry] = {}
    for mapping in _with_merged(node):
        own = {k.value: Entry(k, v) for k, v in mapping.pairs if isinstance(k, ScalarNode)}
        found = {**own, **found}
    found.pop(MERGE, None)
    return found


def _with_merged(node: Node | None) -> Iterator[MappingNode]:
    """A mapping and those that are merged into it, each once: a file may merge without end."""
    todo = [node] if node is not None else []
    seen: set[int] = set()
    while todo:
        mapping = target(todo.pop())
        if not isinstance(mapping, MappingNode) or id(mapping) in seen:
            continue
        seen.add(id(mapping))
        yield mapping
        for key, value in reversed(mapping.pairs):
            if isinstance(key, ScalarNode) and key.value == MERGE:
                todo += reversed(items(value))


def child(node: Node | None, *keys: str) -> Node | None:
    """What stands below some keys; None when it is not there."""
    for key in keys:
        entry = entries(node).get(key)
        if entry is None:
            return None
        node = entry.value
    return target(node) if node is not None else None


def items(node: Node | None) -> tuple[Node, ...]:
    """The items of a list, or the one thing that stands in its place."""
    if node is None:
        return ()
    real = target(node)
    return tuple(target(item) for item in real.items) if isinstance(real, SequenceNode) else (real,)


def scalars(node: Node | None) -> Iterator[ScalarNode]:
    """The scalars of a list, those of lists in it too; each list once."""
    todo: list[Node] = list(reversed(items(node)))
    seen: set[int] = set()
    while todo:
        item = todo.pop()
        if isinstance(item, ScalarNode):
            yield item
        elif isinstance(item, SequenceNode) and id(item) not in seen:
            seen.add(id(item))
            todo.extend(reversed(items(item)))


def setting(node: Node | None) -> Setting | None:
    """A scalar as a setting."""
    return Setting(node.value, node.place) if isinstance(node, ScalarNode) else None


def settings(node: Node | None) -> dict[str, Setting]:
    """The scalars of a mapping; GitLab may have a mapping with a `value` instead of one."""
    found: dict[str, Setting] = {}
    for name, entry in entries(node).items():
        value = target(entry.value)
        given = setting(value if isinstance(value, ScalarNode) else child(value, "value"))
        if given is not None:
            found[name] = given
    return found


def listed(node: Node | None) -> tuple[Setting, ...]:
    """The scalars of a list as settings."""
    return tuple(Setting(each.value, each.place) for each in scalars(node))


def scripts(node: Node | None) -> Iterator[LogicalText]:
    """Scalars that hold commands."""
    for each in scalars(node):
        yield logical_text(each)
