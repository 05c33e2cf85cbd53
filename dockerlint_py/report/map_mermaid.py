"""`map --format mermaid`: what was understood, as a flow chart that GitHub and GitLab draw.

Words of audited files stand in quoted labels only, where everything that Mermaid may read as syntax
is written as a code point: quotes, HTML, Markdown, formulas (`$$`), directives (`%%{init}`).
"""

import re
from collections.abc import Hashable, Iterable, Iterator

from dockerlint_py.record import NamedTuple
from dockerlint_py.report.map_model import ContainerMap, Entry, FileSetMap, RepositoryMap, Value
from dockerlint_py.text import clean
from dockerlint_py.text.regex import regex

TEXT_LIMIT = 50_000
"""Characters. Mermaid draws nothing of a longer text."""
ARROW_LIMIT = 500
"""Nor of a text with more arrows."""
_LINE = 100
"""Characters in a line of a label."""
_SHOWN = 8
"""How many entries of a kind are drawn of one container."""

_SYNTAX = regex(r"[^\w .,/:()=+?-]|_(?!\w)|(?<!\w)_|:(?=//)|(?<=www)\.|^[-+=0-9]")
"""Labels are Markdown to some versions: emphasis, links, and at the start lists and headings."""
_OUTSIDE = "outside"
_WAITS = {
    "service_started": "waits until it has started",
    "service_healthy": "waits until it is healthy",
    "service_completed_successfully": "waits until it is done",
}

Lines = tuple[str, ...]
Key = Hashable


class _Node(NamedTuple):
    key: Key
    lines: Lines
    brackets: tuple[str, str] = ("[", "]")


class _Arrow(NamedTuple):
    source: Key
    target: Key
    words: str
    shaft: str = "-->"


class _Group(NamedTuple):
    title: Lines
    nodes: tuple[_Node, ...]


def render(found: RepositoryMap, prefix: str = "") -> str:
    """The map as Mermaid text; `prefix` stands before every path.

    Containers that are too many for one chart are left out, and counted in it.
    """
    sets = [(_title(each, prefix), each.containers) for each in found.file_sets]
    sets.append((("Dockerfiles by themselves",), found.images))
    total = shown = sum(len(containers) for _, containers in sets)
    while True:
        groups, arrows = _chart(sets, prefix, shown)
        loose = [_Node("more", (f"not drawn: {total - shown} more containers",))]
        text = _written(groups, loose if shown < total else [], arrows)
        if shown <= 1 or (len(text) <= TEXT_LIMIT and len(arrows) <= ARROW_LIMIT):
            return text
        shown = shown * 3 // 4


def _title(file_set: FileSetMap, prefix: str) -> Lines:
    files = ", ".join(prefix + path for path in file_set.files)
    merged = (f"merged from {files}",) if len(file_set.files) > 1 else ()
    unknown = (f"unknown: {why}" for why in file_set.unseen[:_SHOWN])
    return (f"{prefix}{file_set.id}", f"{file_set.role}: {file_set.evidence}", *merged, *unknown)


def _chart(
    sets: Iterable[tuple[Lines, tuple[ContainerMap, ...]]], prefix: str, room: int
) -> tuple[list[_Group], list[_Arrow]]:
    """The groups of the first `room` containers, the images they are built from, the arrows."""
    groups: list[_Group] = []
    arrows: list[_Arrow] = []
    images: dict[Key, _Node] = {}
    for number, (title, everything) in enumerate(sets):
        containers = everything[:room]
        room -= len(containers)
        if containers:
            nodes = {node.key: node for each in containers for node in _nodes(each, number, prefix)}
            groups.append(_Group(title, tuple(nodes.values())))
            arrows += (arrow for each in containers for arrow in _arrows(each, number))
            images |= {node.key: node for each in containers for node in _images(each)}
    if images:
        groups.append(_Group(("Images that are built here",), tuple(images.values())))
    drawn = {node.key for group in groups for node in group.nodes} | {_OUTSIDE}
    return groups, [arrow for arrow in arrows if {arrow.source, arrow.target} <= drawn]


def _nodes(container: ContainerMap, number: int, prefix: str) -> Iterator[_Node]:
    yield _Node((number, container.service or container.id), tuple(_facts(container, prefix)))
    for use in container.volumes[:_SHOWN]:
        yield _Node((number, "volume", use.name), ("volume", use.name), ("[(", ")]"))


def _facts(container: ContainerMap, prefix: str) -> Iterator[str]:
    """What is told of a container, in lines."""
    if container.service is None:
        yield prefix + container.id
        yield f"{container.role}: {container.evidence}"
        yield from _stages(container)
    else:
        yield container.service
        if not _is_built(container):
            yield from (f"image {_words(entry.value)}" for entry in container.entries("image"))
    for words, section in (
        ("runs", "runs"),
        ("serves", "application"),
        ("listens on", "listens"),
        ("as user", "user"),
    ):
        yield from (f"{words} {_words(e.value)}" for e in container.entries(section)[:_SHOWN])


def _images(container: ContainerMap) -> Iterator[_Node]:
    if container.service is not None and _is_built(container):
        (entry,) = container.entries("image")
        lines = (_words(entry.value), *_stages(container))
        yield _Node(("image", entry.value.text), lines)


def _stages(container: ContainerMap) -> Iterator[str]:
    for entry in reversed(container.entries("stages")[-_SHOWN:]):
        yield f"stage {entry.name} {_words(entry.value)}"


def _is_built(container: ContainerMap) -> bool:
    return any(entry.value.layer == "Dockerfile" for entry in container.entries("image"))


def _arrows(container: ContainerMap, number: int) -> Iterator[_Arrow]:
    own = (number, container.service or container.id)
    ports = [f"port {e.name} {_words(e.value)}" for e in _published(container)]
    if ports:
        yield _Arrow(_OUTSIDE, own, ", ".join(ports))
    for need in container.entries("waits for")[:_SHOWN]:
        yield _Arrow(own, (number, need.name), _wait(need.value), "-.->")
    for use in container.volumes[:_SHOWN]:
        yield _Arrow(own, (number, "volume", use.name), f"at {use.target}", "---")
    for entry in container.entries("image") if container.service is not None else ():
        yield _Arrow(own, ("image", entry.value.text), "is built from", "-.-")


def _published(container: ContainerMap) -> tuple[Entry, ...]:
    return tuple(e for e in container.entries("ports") if e.value.layer == "Compose")


def _wait(condition: Value) -> str:
    return _WAITS.get(condition.text or "", f"waits: {_words(condition)}")


def _words(value: Value) -> str:
    if value.unknown is None:
        return value.text or ""
    perhaps = f"perhaps {value.text}; " if value.text else ""
    return f"unknown: {perhaps}{value.unknown}"


def _written(groups: list[_Group], loose: list[_Node], arrows: list[_Arrow]) -> str:
    names: dict[Key, str] = {}

    def name(key: Key) -> str:
        return names.setdefault(key, f"n{len(names)}")

    def node(each: _Node) -> str:
        opened, closed = each.brackets
        return f"{name(each.key)}{opened}{_label(each.lines)}{closed}"

    lines = ["flowchart LR", *(f"  {node(each)}" for each in loose)]
    if any(arrow.source == _OUTSIDE for arrow in arrows):
        lines.append(f"  {node(_Node(_OUTSIDE, ('outside of the host',), ('((', '))')))}")
    for number, group in enumerate(groups):
        lines.append(f"  subgraph g{number}[{_label(group.title)}]")
        lines += [*(f"    {node(each)}" for each in group.nodes), "  end"]
    for arrow in arrows:
        words = f"|{_label((arrow.words,))}|"
        lines.append(f"  {name(arrow.source)} {arrow.shaft}{words} {name(arrow.target)}")
    return "\n".join(lines) + "\n"


def _label(lines: Iterable[str]) -> str:
    return f'"{"<br/>".join(_escape(_cut(clean(line).strip())) for line in lines if line)}"'


def _cut(line: str) -> str:
    return line if len(line) <= _LINE else f"{line[: _LINE - 3]}..."


def _escape(text: str) -> str:
    return _SYNTAX.sub(_code_point, text)


def _code_point(match: re.Match[str]) -> str:
    return f"#{ord(match[0])};"
