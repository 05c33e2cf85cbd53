"""Long-running programs of different kinds that share one container."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.model.servers.sources import CommandLine, Texts
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.servers.server import RunningServer

OTHERS = {
    "apache2": "web server",
    "apachectl": "web server",
    "caddy": "web server",
    "cron": "cron",
    "crond": "cron",
    "haproxy": "proxy",
    "httpd": "web server",
    "memcached": "memcached",
    "mysqld": "MySQL",
    "nginx": "nginx",
    "postgres": "PostgreSQL",
    "redis-server": "Redis",
    "sshd": "SSH server",
    "supercronic": "cron",
}
"""Programs that run until they are stopped, beside the servers that are known in detail."""

_ENDS = ("-t", "-v", "-V", "-h", "--version", "--help")
"""Options with which a program does something else, and ends."""

_ATTACH = ("attach-daemon", "attach-daemon2", "smart-attach-daemon")


class Part(NamedTuple):
    """One long-running program: its kind, its name for people, and where it is started."""

    kind: str
    name: str
    place: Place


class Company(NamedTuple):
    """Several of them in one container: the place to change, and the parts."""

    place: Place
    parts: tuple[Part, ...]
    because: tuple[Known[str], ...]

    @property
    def text(self) -> str:
        """The parts for people."""
        return ", ".join(dict.fromkeys(part.name for part in self.parts))


def company_of(container: "Container") -> Company | None:
    """The programs of different kinds that a container keeps running; None for one kind."""
    if container.process.unknown is not None:
        return None
    parts = [part for server in container.servers if server.is_certain for part in _parts(server)]
    parts += [part for each in container.process.invocations for part in _other(each)]
    for supervisor in container.supervisors:
        parts += [p for each in supervisor.programs for p in _other(each.invocation)]
    if len({part.kind for part in parts}) < 2:
        return None
    supervisor_at = [each.invocation.place for each in container.supervisors]
    place = supervisor_at[0] if supervisor_at else _first(parts).place
    because = tuple(
        Known(part.name, (part.place,), says=f"{part.name} is started") for part in parts
    )
    return Company(place, tuple(parts), because)


def _first(parts: list[Part]) -> Part:
    """The one that stands first in its script: the last one is what the container is for."""
    own = [part for part in parts if part.place.source is parts[0].place.source]
    return min(own, key=lambda part: part.place.span.start)


def _parts(server: "RunningServer") -> list[Part]:
    found = [Part(server.kind.role, server.name, server.place)]
    if server.name == "uwsgi":
        found += _attached(server)
    return found


def _attached(server: "RunningServer") -> list[Part]:
    """What uWSGI starts beside the application."""
    found: list[Part] = []
    for source in server.settings.sources:
        if isinstance(source, CommandLine):
            given = source.given(*(f"--{name}" for name in _ATTACH))
            phrases = [source.phrase(each) for each in given]
        elif isinstance(source, Texts):
            phrases = [p for name in _ATTACH for p in source.values.get(name, ())]
        else:
            phrases = []
        found += [Part("attached", p.shown, p.place or server.place) for p in phrases]
    return found


def _other(invocation: Invocation) -> list[Part]:
    """A program by its name, or what `service nginx start` starts."""
    values = invocation.values
    named = values[0] if invocation.name == "service" and values[1:2] == ("start",) else None
    name = OTHERS.get(named or invocation.name)
    if name is None or invocation.is_conditional or any(v in _ENDS for v in values):
        return []
    return [Part(name, name, invocation.place)]
