"""`map --format tree`: what was understood, for people."""

from collections.abc import Iterator

from dockerlint_py.report.map_model import (
    ContainerMap,
    Entry,
    FileSetMap,
    RepositoryMap,
    Section,
    Value,
)
from dockerlint_py.text import clean, inert

LABEL = 13
"""Width of the names of sections."""


def render(found: RepositoryMap, prefix: str = "") -> str:
    """The map as indented text; `prefix` stands before every path."""
    lines: list[str] = []
    for file_set in found.file_sets:
        lines += [*_file_set(file_set, prefix), ""]
    for container in found.images:
        lines += [*_container(container, prefix, 0), ""]
    return "".join(f"{inert(line)}\n" for line in lines[:-1])


def _file_set(file_set: FileSetMap, prefix: str) -> Iterator[str]:
    yield f"{clean(prefix + file_set.id)} ({file_set.role}: {clean(file_set.evidence)})"
    if len(file_set.files) > 1:
        yield f"  merged from {', '.join(clean(prefix + path) for path in file_set.files)}"
    for why in file_set.unseen:
        yield f"  unknown: {clean(why)}"
    for container in file_set.containers:
        yield from _container(container, prefix, 2)


def _container(container: ContainerMap, prefix: str, indent: int) -> Iterator[str]:
    pad = " " * indent
    if container.service is not None:
        yield f"{pad}{clean(container.service)}{_from(container, prefix)}"
    else:
        yield f"{pad}{clean(prefix + container.id)} ({container.role}: {clean(container.evidence)})"
    for section in container.sections:
        yield from _section(section, prefix, indent + 2)


def _from(container: ContainerMap, prefix: str) -> str:
    return f"  ({clean(prefix + container.place.path)}:{container.place.line})"


def _section(section: Section, prefix: str, indent: int) -> Iterator[str]:
    label, joint = section.name, "=" if section.name == "environment" else " "
    for entry in section.entries:
        yield f"{' ' * indent}{label:<{LABEL}}{_entry(entry, joint, prefix)}"
        label = ""


def _entry(entry: Entry, joint: str, prefix: str) -> str:
    name, value = clean(entry.name), entry.value
    joint = joint if value.unknown is None else " "
    return f"{name}{joint if name else ''}{_value(value)}{_origin(value, prefix)}"


def _value(value: Value) -> str:
    if value.unknown is None:
        return clean(value.text or "")
    perhaps = f", perhaps {clean(value.text)}" if value.text else ""
    return f"unknown{perhaps}: {clean(value.unknown)}"


def _origin(value: Value, prefix: str) -> str:
    parts = [value.layer] if value.layer else []
    if value.places:
        place = value.places[0]
        parts.append(f"{clean(prefix + place.path)}:{place.line}")
    return f"  ({' '.join(parts)})" if parts else ""
