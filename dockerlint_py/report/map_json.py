"""`map --format json`: what was understood, for programs; schema version 1."""

from typing import Any

from dockerlint_py import __version__
from dockerlint_py.report.encode import location, to_json
from dockerlint_py.report.map_model import ContainerMap, Entry, RepositoryMap, Value

SCHEMA = 1


def render(found: RepositoryMap, prefix: str = "") -> str:
    """The map as JSON text; `prefix` stands before every path.

    A value has `value`, which layer decides (`layer`), the places it was read from (`from`), and
    `unknown`, the reason why there is none; `value` is then what it may well be, or null.
    """
    document = {
        "schema": SCHEMA,
        "tool": {"name": "dockerlint-py", "version": __version__},
        "root": ".",
        "file_sets": [
            {
                "id": prefix + each.id,
                "role": each.role,
                "evidence": each.evidence,
                "files": [prefix + path for path in each.files],
                "unknown": list(each.unseen),
                "containers": [container.id for container in each.containers],
            }
            for each in found.file_sets
        ],
        "containers": [
            _container(container, prefix)
            for container in (*found.images, *(c for s in found.file_sets for c in s.containers))
        ],
    }
    return to_json(document)


def _container(container: ContainerMap, prefix: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": container.id,
        "role": container.role,
        "evidence": container.evidence,
        "service": container.service,
        "location": location(container.place, prefix + container.place.path),
    }
    for section in container.sections:
        name = section.name.replace(" ", "_")
        entries = [_entry(entry, prefix) for entry in section.entries]
        row[name] = entries if section.is_list else entries[0]
    return row


def _entry(entry: Entry, prefix: str) -> dict[str, Any]:
    named = {"name": entry.name} if entry.name else {}
    return {**named, **_value(entry.value, prefix)}


def _value(value: Value, prefix: str) -> dict[str, Any]:
    return {
        "value": value.text,
        "layer": value.layer,
        "from": [location(place, prefix + place.path) for place in value.places],
        "unknown": value.unknown,
    }
