"""Merges a later file (or an extending service) over an earlier one.

Mappings merge deeply, lists append, scalars replace, and null or an empty list changes nothing,
except for the keys in the table below. Source: compose-spec 13-merge.md, and `docker compose
config`.
"""

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from dockerlint_py.compose import gofmt
from dockerlint_py.compose.patterns import Path, Patterns
from dockerlint_py.compose.problems import Problems, within
from dockerlint_py.compose.tree import Mapping, Scalar, Sequence, Step, Value, is_null
from dockerlint_py.record import NamedTuple


class Ineffective(NamedTuple):
    """A null, `[]` or `{}` in a later file that was meant to clear a value and does not."""

    path: Path
    value: Value
    kept: Value


class Merger:
    """Merges trees; collects what cannot be merged, and overrides without an effect."""

    __slots__ = ("ineffective", "problems")

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.ineffective: list[Ineffective] = []

    def files(self, base: Mapping, over: Mapping) -> Mapping:
        """A later file over all files before it; `base` is changed and returned."""
        return self.mappings(base, over, (), specials())

    def services(self, base: Mapping, over: Mapping, name: str) -> Mapping:
        """A service over the one that it extends; `base` is changed and returned."""
        return self.mappings(base, over, ("services", name), specials().at("services", name))

    def value(self, base: Value, over: Value, path: Path, at: "Patterns[Special] | None") -> Value:
        """What `over` makes of `base` at a path."""
        special = at.found if at is not None else None
        if special is not None and at is not None:
            return special(self, base, over, path, at)
        if is_null(over):
            self.note(base, over, path)
            return base
        if isinstance(base, Mapping):
            if not isinstance(over, Mapping):
                return self._refused(base, over, path)
            self.note(base, over, path)
            return self.mappings(base, over, path, at)
        if isinstance(base, Sequence):
            if not isinstance(over, Sequence):
                return self._refused(base, over, path)
            self.note(base, over, path)
            base.items.extend(over.items)
            return base
        return _overridden(base, over)

    def mappings(
        self, base: Mapping, over: Mapping, path: Path, at: "Patterns[Special] | None"
    ) -> Mapping:
        """Merges key by key; `base` is changed and returned."""
        for name, value in over.entries.items():
            below = base.entries.get(name)
            if below is None:
                base.entries[name] = value
                continue
            patterns = at.down(name) if at is not None else None
            base.entries[name] = self.value(below, value, (*path, name), patterns)
        return base

    def _refused(self, base: Value, over: Value, path: Path) -> Value:
        message = f"{within('.'.join(path))}: a {_kind(over)} cannot override a {_kind(base)}"
        self.problems.add("merge", message, over.place, (base.place.says("overridden here"),))
        return base

    def note(self, base: Value, over: Value, path: Path) -> None:
        """Remembers an override that changes nothing, though it looks as if it should."""
        if over is base or _is_empty(base) or not _is_empty(over):
            return
        self.ineffective.append(Ineffective(path, over, base))


Special: TypeAlias = Callable[[Merger, Value, Value, Path, "Patterns[Special]"], Value]


def _is_empty(value: Value) -> bool:
    if isinstance(value, Mapping):
        return not value.entries
    if isinstance(value, Sequence):
        return not value.items
    return value.value is None


def _kind(value: Value) -> str:
    if isinstance(value, Mapping):
        return "mapping"
    return "list" if isinstance(value, Sequence) else "single value"


def _overridden(base: Value, over: Value) -> Value:
    if isinstance(over, Scalar):
        made = over.made(over.value)
        made.chain = (*over.chain, Step("override", base.place))
        return made
    return over


def as_sequence(value: Value) -> Sequence:
    """A list of `key=value` texts out of a mapping; a string becomes a list of one."""
    if isinstance(value, Sequence):
        return value
    made = Sequence(value.place, value.chain, value.key)
    if isinstance(value, Mapping):
        items = [item for name, each in value.entries.items() for item in pairs(name, each)]
        items.sort(key=lambda item: str(item.value).encode("utf-8", "surrogatepass"))
        made.items.extend(items)
    elif isinstance(value.value, str):
        made.items.append(value)
    return made


def pairs(name: str, value: Value) -> list[Scalar]:
    """`name=value` texts; each keeps the place of the value it was made of."""
    if isinstance(value, Sequence):
        return [_pair(name, each) for each in value.items if isinstance(each, Scalar)]
    if not isinstance(value, Scalar):
        return []
    if value.value is None:
        made = Scalar(name, value.subject, value.chain, value.key, doubt=value.doubt)
        made.pair = (name, value)
        return [made]
    return [_pair(name, value)]


def _pair(name: str, value: Scalar) -> Scalar:
    made = Scalar(
        f"{name}={gofmt.text(value.value)}", None, value.chain, value.key, doubt=value.doubt
    )
    made.pair = (name, value)
    return made


def as_mapping(value: Value, default: Callable[[Scalar], Value]) -> Mapping:
    """A mapping out of a list of names, each with a default value."""
    if isinstance(value, Mapping):
        return value
    made = Mapping(value.place, value.chain, value.key)
    if isinstance(value, Sequence):
        for item in value.items:
            if isinstance(item, Scalar) and isinstance(item.value, str):
                made.entries[item.value] = default(item)
    return made


def nothing(name: Scalar) -> Scalar:
    """The null value of a name in a list."""
    return Scalar(None, name.place, name.chain, name.place, doubt=name.doubt)


def started(name: Scalar) -> Mapping:
    """`depends_on: [name]` in full."""
    made = Mapping(name.place, name.chain, name.place)
    made.entries["condition"] = Scalar("service_started", name.place, name.chain)
    made.entries["required"] = Scalar(value=True, place=name.place, chain=name.chain)
    return made


def build_mapping(value: Value) -> Mapping:
    """`build: ./x` as `{context: ./x}`."""
    if isinstance(value, Mapping):
        return value
    made = Mapping(value.place, value.chain, value.key)
    if isinstance(value, Scalar) and isinstance(value.value, str):
        made.entries["context"] = value
    return made


def _replace(merger: Merger, base: Value, over: Value, path: Path, at: Patterns[Special]) -> Value:
    del merger, path, at
    return _overridden(base, over)


def _sequences(
    merger: Merger, base: Value, over: Value, path: Path, at: Patterns[Special]
) -> Value:
    del at
    merger.note(base, over, path)
    made = as_sequence(base)
    return Sequence(made.place, made.chain, made.key, [*made.items, *as_sequence(over).items])


def _hosts(merger: Merger, base: Value, over: Value, path: Path, at: Patterns[Special]) -> Value:
    merged = _sequences(merger, base, over, path, at)
    first = as_sequence(base).items
    known = {item.value for item in first if isinstance(item, Scalar)}
    assert isinstance(merged, Sequence)
    added = [
        item
        for item in merged.items[len(first) :]
        if not isinstance(item, Scalar) or item.value not in known
    ]
    return Sequence(merged.place, merged.chain, merged.key, [*first, *added])


def _build(merger: Merger, base: Value, over: Value, path: Path, at: Patterns[Special]) -> Value:
    return merger.mappings(build_mapping(base), build_mapping(over), path, at)


def _depends_on(
    merger: Merger, base: Value, over: Value, path: Path, at: Patterns[Special]
) -> Value:
    merger.note(base, over, path)
    return merger.mappings(as_mapping(base, started), as_mapping(over, started), path, at)


def _named(merger: Merger, base: Value, over: Value, path: Path, at: Patterns[Special]) -> Value:
    merger.note(base, over, path)
    return merger.mappings(as_mapping(base, nothing), as_mapping(over, nothing), path, at)


def _logging(merger: Merger, base: Value, over: Value, path: Path, at: Patterns[Special]) -> Value:
    if not isinstance(base, Mapping) or not isinstance(over, Mapping):
        return base if is_null(over) else over
    one, other = base.get("driver"), over.get("driver")
    same = isinstance(one, Scalar) and isinstance(other, Scalar) and one.value == other.value
    if same or one is None or other is None:
        return merger.mappings(base, over, path, at)
    return over


def _ulimit(merger: Merger, base: Value, over: Value, path: Path, at: Patterns[Special]) -> Value:
    del merger, path, at
    return _overridden(base, over)


def _ipam(merger: Merger, base: Value, over: Value, path: Path, at: Patterns[Special]) -> Value:
    """Address pools merge by subnet."""
    if not isinstance(base, Sequence) or not isinstance(over, Sequence):
        merger.problems.add("merge", f"{within('.'.join(path))}: unexpected type", over.place)
        return base
    pools: list[Mapping] = []
    for original in base.items:
        for override in over.items:
            if isinstance(original, Mapping) and isinstance(override, Mapping):
                _pool(merger, pools, original, override, path, at)
    return Sequence(base.place, base.chain, base.key, list(pools))


def _pool(
    merger: Merger,
    pools: list[Mapping],
    original: Mapping,
    override: Mapping,
    path: Path,
    at: Patterns[Special],
) -> None:
    subnets = [_subnet(pool) for pool in pools]
    if _subnet(override) != _subnet(original) and _subnet(override) not in subnets:
        pools.append(override)
        return
    merged = merger.mappings(original, override, path, at)
    subnets = [_subnet(pool) for pool in pools]
    if _subnet(merged) in subnets:
        pools[subnets.index(_subnet(merged))] = merged
    else:
        pools.append(merged)


def _subnet(pool: Mapping) -> object:
    subnet = pool.get("subnet")
    return subnet.value if isinstance(subnet, Scalar) else None


@cache
def specials() -> Patterns[Special]:
    """The keys that merge in a way of their own."""
    table: dict[str, Special] = dict.fromkeys(_AS_SEQUENCE.split(), _sequences)
    table.update(
        {
            "networks.*.ipam.config": _ipam,
            "services.*.build": _build,
            "services.*.build.extra_hosts": _hosts,
            "services.*.command": _replace,
            "services.*.depends_on": _depends_on,
            "services.*.entrypoint": _replace,
            "services.*.extra_hosts": _hosts,
            "services.*.healthcheck.test": _replace,
            "services.*.logging": _logging,
            "services.*.models": _named,
            "services.*.networks": _named,
            "services.*.ulimits.*": _ulimit,
        }
    )
    return Patterns(table)


_AS_SEQUENCE = """
networks.*.labels volumes.*.labels services.*.annotations services.*.build.args
services.*.build.additional_contexts services.*.build.labels services.*.deploy.labels
services.*.dns services.*.dns_opt services.*.dns_search services.*.env_file services.*.label_file
services.*.environment services.*.labels services.*.sysctls services.*.tmpfs
"""
