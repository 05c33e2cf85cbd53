"""The parts of a service with types: ports, mounts, builds, health checks, dependencies.

Every attribute is a fact. An attribute that is not written is `Known(None)`, or the default that
Compose gives it; one that depends on the environment of a deployment is `Unknown`, with the value
it has when nothing is set.
"""

from collections.abc import Callable
from collections.abc import Mapping as MappingABC
from typing import TypeVar

from dockerlint_py.compose import decode, gofmt
from dockerlint_py.compose.normalize import SERVICE_PREFIX
from dockerlint_py.compose.reader import is_remote, join
from dockerlint_py.compose.tree import Mapping, Scalar, Sequence, Value, is_doubtful, text_of
from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

T = TypeVar("T")


def doubt_of(value: Value) -> str:
    """Why a value is doubtful; the first reason found in it."""
    if isinstance(value, Scalar):
        return value.doubt or ""
    inside = value.entries.values() if isinstance(value, Mapping) else value.items
    return next((why for why in map(doubt_of, inside) if why), "")


def fact_of(value: Value | None, read: Callable[[Value], T], absent: T) -> Fact[T]:
    """A value as a fact; what cannot be read is unknown, for it is reported as a problem."""
    if value is None:
        return Known(absent)
    try:
        made = read(value)
    except ValueError as error:
        return Unknown(str(error), None, value.origins)
    if is_doubtful(value):
        return Unknown(doubt_of(value), made, value.origins)
    return Known(made, value.origins)


def text_fact(value: Value | None) -> Fact[str | None]:
    """A text; numbers and booleans as Compose prints them."""
    return fact_of(value, _text, None)


def _text(value: Value) -> str | None:
    if not isinstance(value, Scalar) or value.value is None:
        return None
    return gofmt.text(value.value)


def flag_fact(value: Value | None, absent: bool = False) -> Fact[bool]:
    """A boolean."""
    return fact_of(value, lambda each: bool(decode.flag(each)), absent)


def duration_fact(value: Value | None) -> Fact[int | None]:
    """A duration in nanoseconds."""
    return fact_of(value, _duration, None)


def _duration(value: Value) -> int | None:
    made = decode.duration(value)
    return made if isinstance(made, int) else None


def number_fact(value: Value | None) -> Fact[int | None]:
    """A whole number."""
    return fact_of(value, _whole, None)


def _whole(value: Value) -> int | None:
    made = decode.integer_text(value)
    return made if isinstance(made, int) else None


def texts_fact(value: Value | None) -> Fact[tuple[str, ...]]:
    """A list of texts."""
    return fact_of(value, _texts, ())


def _texts(value: Value) -> tuple[str, ...]:
    if isinstance(value, Sequence):
        return tuple(_text(each) or "" for each in value.items)
    text = _text(value)
    return () if text is None else (text,)


ALL_ADDRESSES = ("", "0.0.0.0", "::", "[::]")


class Port(NamedTuple):
    """One published port of a service.

    `published` is None for a random host port, and may be a range. `host_ip` is empty when Docker
    listens on all addresses.
    """

    target: Fact[int | None]
    published: Fact[str | None]
    host_ip: Fact[str | None]
    protocol: Fact[str | None]
    value: Value

    @property
    def is_for_all(self) -> bool:
        """Whether it is known that Docker listens on all addresses of the host."""
        return isinstance(self.host_ip, Known) and self.host_ip.value in ALL_ADDRESSES

    @property
    def place(self) -> Place:
        """Where the port is written."""
        return self.value.place


def ports_of(value: Value | None) -> tuple[Port, ...]:
    """The ports of a service; one whose syntax is not known is all unknown."""
    return tuple(_port(each) for each in value.items) if isinstance(value, Sequence) else ()


def _port(value: Value) -> Port:
    if not isinstance(value, Mapping):
        why = doubt_of(value)
        unknown: Unknown[str | None] = Unknown(why, None, value.origins)
        return Port(Unknown(why, None, value.origins), unknown, unknown, unknown, value)
    published = value.get("published")
    host_ip = value.get("host_ip")
    return Port(
        number_fact(value.get("target")),
        text_fact(published) if published is not None else _left_out(value, None),
        text_fact(host_ip) if host_ip is not None else _left_out(value, ""),
        text_fact(value.get("protocol")),
        value,
    )


def _left_out(port: Mapping, absent: str | None) -> Fact[str | None]:
    """A part in front of the port that is not there; a variable may have left it empty."""
    target = port.get("target")
    window = target.window if isinstance(target, Scalar) else None
    doubt = window[0].part_doubt(0, window[1]) if window is not None else None
    return Known(absent, port.origins) if doubt is None else Unknown(doubt, absent, port.origins)


class Mount(NamedTuple):
    """One entry of `volumes`. `kind` is bind, volume, tmpfs, npipe, cluster or image.

    The source of a bind is a path from the repository root (with `..` or absolute when outside);
    that of a volume is its name, and None for an anonymous one.
    """

    kind: Fact[str | None]
    source: Fact[str | None]
    target: Fact[str | None]
    read_only: Fact[bool]
    value: Value

    @property
    def place(self) -> Place:
        """Where the mount is written."""
        return self.value.place


def mounts_of(value: Value | None) -> tuple[Mount, ...]:
    """The mounts of a service; one whose syntax is not known is all unknown."""
    items = value.items if isinstance(value, Sequence) else []
    return tuple(_mount(each) for each in items)


def _mount(value: Value) -> Mount:
    if not isinstance(value, Mapping):
        unknown: Unknown[str | None] = Unknown(doubt_of(value), None, value.origins)
        return Mount(unknown, unknown, unknown, Unknown(doubt_of(value)), value)
    source = value.get("source")
    return Mount(
        text_fact(value.get("type")),
        text_fact(source) if source is not None else Known(None, value.origins),
        text_fact(value.get("target")),
        flag_fact(value.get("read_only")),
        value,
    )


class Build(NamedTuple):
    """How a service's image is built.

    `context` is a path from the repository root; `dockerfile` is relative to the root too, when the
    context is local. A remote context (git, URL) is unknown.
    """

    context: Fact[str | None]
    dockerfile: Fact[str | None]
    inline: Fact[str | None]
    target: Fact[str | None]
    args: MappingABC[str, Fact[str | None]]
    contexts: MappingABC[str, Fact[str | None]]
    value: Mapping

    @property
    def place(self) -> Place:
        """Where the build is written."""
        return self.value.subject


def build_of(value: Value | None) -> Build | None:
    """The build of a service, if it has one."""
    if not isinstance(value, Mapping):
        return None
    context = _context(value.get("context"))
    args = {name: text_fact(each) for name, each in decode.pairs_of(value.get("args")).items()}
    named = decode.pairs_of(value.get("additional_contexts"))
    return Build(
        context,
        _dockerfile(value, context),
        text_fact(value.get("dockerfile_inline")),
        text_fact(value.get("target")),
        args,
        {name: text_fact(each) for name, each in named.items()},
        value,
    )


def _context(value: Value | None) -> Fact[str | None]:
    fact = text_fact(value)
    text = text_of(value)
    if text is not None and (is_remote(text) or text.startswith(SERVICE_PREFIX)):
        return Unknown("the build context is not a local folder", None, fact.places)
    return fact


def _dockerfile(build: Mapping, context: Fact[str | None]) -> Fact[str | None]:
    value = build.get("dockerfile")
    if value is None:
        return Known(None)
    fact = text_fact(value)
    if isinstance(fact, Unknown):
        return fact
    if isinstance(context, Unknown):
        return Unknown(context.why, None, fact.places)
    return Known(join(context.value or ".", fact.value or "Dockerfile"), fact.places)


class HealthCheck(NamedTuple):
    """A health check. `test` has `NONE`, `CMD` or `CMD-SHELL` as its first word; None: the image's.

    Times are in nanoseconds.
    """

    test: Fact[tuple[str, ...] | None]
    disabled: Fact[bool]
    interval: Fact[int | None]
    timeout: Fact[int | None]
    start_period: Fact[int | None]
    start_interval: Fact[int | None]
    retries: Fact[int | None]
    value: Mapping

    @property
    def place(self) -> Place:
        """Where the health check is written."""
        return self.value.subject


def health_of(value: Value | None) -> HealthCheck | None:
    """The health check of a service, if it has one."""
    if not isinstance(value, Mapping):
        return None
    return HealthCheck(
        fact_of(value.get("test"), _words_of_test, None),
        flag_fact(value.get("disable")),
        duration_fact(value.get("interval")),
        duration_fact(value.get("timeout")),
        duration_fact(value.get("start_period")),
        duration_fact(value.get("start_interval")),
        number_fact(value.get("retries")),
        value,
    )


def _words_of_test(value: Value) -> tuple[str, ...] | None:
    made = decode.health_test(value)
    return tuple(str(word) for word in made) if isinstance(made, list) else None


class Dependency(NamedTuple):
    """A service that starts first. `implied` ones come from links, namespaces or `volumes_from`."""

    service: str
    condition: Fact[str | None]
    required: Fact[bool]
    implied: bool
    value: Value

    @property
    def place(self) -> Place:
        """Where the dependency is named."""
        return self.value.subject


def dependencies_of(service: Mapping) -> tuple[Dependency, ...]:
    """What a service waits for."""
    depends_on = service.get("depends_on")
    if not isinstance(depends_on, Mapping):
        return ()
    made: list[Dependency] = []
    for name, value in depends_on.entries.items():
        entries = value if isinstance(value, Mapping) else Mapping(value.place)
        restart = entries.get("restart")
        implied = restart is not None and restart.key is None and restart.place == value.place
        condition = text_fact(entries.get("condition"))
        required = flag_fact(entries.get("required"), absent=True)
        made.append(Dependency(name, condition, required, implied, value))
    return tuple(made)
