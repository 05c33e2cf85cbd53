"""What later files of a set do not do to earlier ones, though they look as if they did."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.finding import Role
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.compose import Ineffective, Port, Value
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.file_set import FileSet

DEBUG_PORTS = {5678: "debugpy"}
"""Ports that debuggers listen on by default."""

_EMPTY = "an empty value"


class IneffectiveOverride(NamedTuple):
    """An empty value that clears nothing: what is written, of what, and what stays."""

    written: str
    path: str
    place: Place
    kept: Known[str]


class Survivor(NamedTuple):
    """An entry of an earlier file that stays beside the entry of a later one, at `beside`."""

    attribute: str
    kept: Known[str]
    beside: Place
    why: str


def ineffective_overrides(file_set: "FileSet") -> Iterator[IneffectiveOverride]:
    """The attributes of services that a later file sets to null, `[]` or `{}` in vain."""
    for override in file_set.loaded.ineffective:
        if _is_meant_to_clear(override):
            path = ".".join(override.path[1:])
            kept = override.kept.subject
            says = f"{kept.path}:{kept.line} sets {path}"
            yield IneffectiveOverride(
                override.value.place.text or _EMPTY,
                path,
                override.value.place if override.value.place.text else override.value.subject,
                Known(path, (kept,), says=says),
            )


def _is_meant_to_clear(override: "Ineffective") -> bool:
    """Services without attributes, and networks without options, are written like that."""
    path = override.path
    if path[0] != "services" or len(path) < 3 or (path[2] == "networks" and len(path) > 3):
        return False
    return bool(override.value.place.text) or not _is_commented_out(override.value)


def _is_commented_out(value: "Value") -> bool:
    """Whether a comment on the next line stands in place of a value."""
    source, end = value.subject.source, value.subject.span.end
    rest = source.text[end : end + 400].split("\n")[1:2]
    return any(line.lstrip(" ").startswith("#") for line in rest)


def survivors_of(container: "Container") -> tuple[Survivor, ...]:
    """The entries that a later file was probably meant to replace.

    Source mounts and ports of debuggers count in production only; elsewhere they are wanted.
    """
    if container.service is None or not _is_merged(container):
        return ()
    found = list(_ports(container))
    if container.role is Role.PROD:
        found += _debug_ports(container)
        found += _mounts(container)
    return tuple(found)


def _is_merged(container: "Container") -> bool:
    """Whether the service is made of several files, or extends another one."""
    service, file_set = container.service, container.file_set
    if service is None or file_set is None:
        return False
    return len(file_set.loaded.sources) > 1 or any(
        map(_is_extended, service.value.entries.values())
    )


def _ports(container: "Container") -> Iterator[Survivor]:
    """Pairs of entries that publish the same port of the container, each in its own way."""
    ports = _known_ports(container)
    for over in ports:
        for base in ports:
            if _same_target(base, over) and _comes_before(container, base.value, over.value):
                yield _survivor("ports", base.value, over.place, "stays published beside it")
                break


def _debug_ports(container: "Container") -> Iterator[Survivor]:
    ports = _known_ports(container)
    for base in ports:
        debugger = DEBUG_PORTS.get(_number(base))
        over = _later_entry(container, base.value, [port.value for port in ports])
        if debugger is not None and over is not None:
            why = f"stays published, for {debugger}"
            yield _survivor("ports", base.value, over.place, why)


def _mounts(container: "Container") -> Iterator[Survivor]:
    service = container.service
    entries = [entry.value for entry in service.mounts] if service is not None else []
    for source in container.source_mounts:
        base = next((each for each in entries if each.place == source.mount.place), None)
        over = _later_entry(container, base, entries) if base is not None else None
        if base is not None and over is not None:
            yield _survivor("volumes", base, over.place, "stays mounted, with the source")


def _survivor(attribute: str, base: "Value", beside: Place, why: str) -> Survivor:
    says = f"{base.place.path}:{base.place.line} has `{base.place.text}`"
    kept = Known(base.place.text, base.origins, says=says)
    return Survivor(attribute, kept, beside, f"`{base.place.text}` {why}")


def _known_ports(container: "Container") -> "list[Port]":
    service = container.service
    if service is None or container.blur.hides(container.id, "ports", 0):
        return []
    return [port for port in service.ports if _is_known(port)]


def _is_known(port: "Port") -> bool:
    facts = (port.target, port.published, port.host_ip, port.protocol)
    return all(isinstance(fact, Known) for fact in facts)


def _same_target(one: "Port", other: "Port") -> bool:
    return _number(one) == _number(other) and _protocol(one) == _protocol(other)


def _number(port: "Port") -> int:
    return port.target.value or 0 if isinstance(port.target, Known) else 0


def _protocol(port: "Port") -> str | None:
    return port.protocol.value if isinstance(port.protocol, Known) else None


def _later_entry(container: "Container", base: "Value", entries: "list[Value]") -> "Value | None":
    """The first entry of the list that a later file adds."""
    return next((each for each in entries if _comes_before(container, base, each)), None)


def _comes_before(container: "Container", base: "Value", over: "Value") -> bool:
    """Whether an entry comes from an earlier file of the set, or from the service extended."""
    extended = _is_extended(base), _is_extended(over)
    if extended[0] != extended[1]:
        return extended[0]
    file_set = container.file_set
    paths = [source.path for source in file_set.loaded.sources] if file_set is not None else []
    one, other = base.place.path, over.place.path
    return one in paths and other in paths and paths.index(one) < paths.index(other)


def _is_extended(value: "Value") -> bool:
    return any(step.kind == "extends" for step in value.chain)
