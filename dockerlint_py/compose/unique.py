"""Drops what a later entry of a list redefines: a volume with the same target, a label with the
same key.

The later entry takes the place of the earlier one. Source: compose-spec 13-merge.md, "Unique
resources", and `docker compose config`.
"""

from collections.abc import Callable, Hashable
from functools import cache
from typing import TypeAlias

from dockerlint_py.compose import gofmt
from dockerlint_py.compose.patterns import Patterns
from dockerlint_py.compose.problems import Problems
from dockerlint_py.compose.tree import Mapping, Scalar, Sequence, Value, text_of
from dockerlint_py.compose.volumes import parse_volume

Indexer: TypeAlias = Callable[[Value], Hashable]


class NoKeyError(ValueError):
    """An entry without the attribute that identifies it."""


def enforce_unicity(root: Mapping, problems: Problems) -> None:
    """Drops redefined entries from all lists of a model, in place."""
    _walk(root, indexers(), problems)


def _walk(value: Mapping, patterns: Patterns[Indexer], problems: Problems) -> None:
    for name, each in value.entries.items():
        below = patterns.down(name)
        if below is None:
            continue
        if isinstance(each, Mapping):
            _walk(each, below, problems)
        elif isinstance(each, Sequence) and below.found is not None:
            each.items = _unique(each, below.found, problems)


def _unique(values: Sequence, indexer: Indexer, problems: Problems) -> list[Value]:
    kept: dict[Hashable, Value] = {}
    for number, item in enumerate(values.items):
        try:
            kept[indexer(item)] = item
        except NoKeyError as error:
            problems.add("type", str(error), item.place)
            kept["unidentified", number] = item
    return list(kept.values())


def _by_key(item: Value) -> Hashable:
    text = text_of(item)
    if text is None:
        return id(item)
    return text.partition("=")[0]


def _by_volume_target(item: Value) -> Hashable:
    if isinstance(item, Mapping):
        target = text_of(item.get("target"))
        if target is None:
            raise NoKeyError("a volume without a target")
        return target
    text = text_of(item)
    volume = parse_volume(text) if text is not None else None
    return volume.target.text if volume is not None and volume.target is not None else id(item)


def _by_device_target(item: Value) -> Hashable:
    if isinstance(item, Mapping):
        target = text_of(item.get("target"))
        if target is None:
            raise NoKeyError("a device without a target")
        return target
    parts = (text_of(item) or "").split(":")
    return parts[0] if len(parts) == 1 else parts[1]


def _by_value(item: Value) -> Hashable:
    if isinstance(item, Scalar):
        return gofmt.text(item.value)
    return id(item)


def _by_mount(root: str) -> Indexer:
    def index(item: Value) -> Hashable:
        if not isinstance(item, Mapping):
            return f"{root}/{text_of(item)}"
        target = text_of(item.get("target"))
        return target if target is not None else f"{root}/{text_of(item.get('source'))}"

    return index


def _by_port(item: Value) -> Hashable:
    if not isinstance(item, Mapping):
        return gofmt.text(item.value) if isinstance(item, Scalar) else id(item)
    if item.get("target") is None:
        raise NoKeyError("a port without a target")
    host = _scalar(item, "host_ip", "0.0.0.0")
    return (
        host,
        _scalar(item, "published"),
        _scalar(item, "target"),
        _scalar(item, "protocol", "tcp"),
    )


def _scalar(item: Mapping, name: str, default: str | None = None) -> Hashable:
    value = item.get(name)
    return value.value if isinstance(value, Scalar) else default


def _by_path(item: Value) -> Hashable:
    if not isinstance(item, Mapping):
        return text_of(item)
    path = text_of(item.get("path"))
    return path if path is not None else id(item)  # the schema reports it


@cache
def indexers() -> Patterns[Indexer]:
    """The lists whose entries have a key, and how it is found."""
    table: dict[str, Indexer] = dict.fromkeys(_KEYED.split(), _by_key)
    table.update(
        {
            "services.*.configs": _by_mount(""),
            "services.*.devices": _by_device_target,
            "services.*.env_file": _by_path,
            "services.*.expose": _by_value,
            "services.*.ports": _by_port,
            "services.*.secrets": _by_mount("/run/secrets"),
            "services.*.volumes": _by_volume_target,
        }
    )
    return Patterns(table)


_KEYED = """
networks.*.labels networks.*.ipam.options services.*.annotations services.*.build.args
services.*.build.additional_contexts services.*.build.platform services.*.build.tags
services.*.build.labels services.*.cap_add services.*.cap_drop services.*.deploy.labels
services.*.dns services.*.dns_opt services.*.dns_search services.*.environment services.*.labels
services.*.links services.*.networks.*.aliases services.*.networks.*.link_local_ips
services.*.profiles services.*.sysctls services.*.tmpfs
"""
