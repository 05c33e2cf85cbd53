"""Where a server listens."""

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.servers.phrase import Phrase
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

ANY = ("0.0.0.0", "::", "", "*")
LOOPBACK = ("localhost", "::1", "ip6-localhost")


class Bind(NamedTuple):
    """One address that a server listens on.

    `socket` is the path of a Unix socket; host and port are unknown then. `protocol` is `http`, but
    for uWSGI's own one. `place` is where it is written, None for a default.
    """

    host: Fact[str]
    port: Fact[int]
    place: Place | None = None
    socket: str | None = None
    protocol: str = "http"

    @property
    def is_loopback(self) -> bool | None:
        """Whether nothing outside of the container reaches it; None when that is not known."""
        if self.socket is not None:
            return False
        if isinstance(self.host, Unknown):
            return None
        host = self.host.value.lower()
        return host in LOOPBACK or host.startswith("127.")

    @property
    def is_everywhere(self) -> bool | None:
        """Whether it listens on all interfaces; None when that is not known."""
        if self.socket is not None or isinstance(self.host, Unknown):
            return None if self.socket is None else False
        return self.host.value in ANY

    @property
    def text(self) -> str:
        """The address for people."""
        if self.socket is not None:
            return f"unix:{self.socket}"
        host = self.host.value if isinstance(self.host, Known) else "?"
        port = str(self.port.value) if isinstance(self.port, Known) else "?"
        return f"[{host}]:{port}" if ":" in host else f"{host or '*'}:{port}"


def socket_bind(path: Phrase, protocol: str = "http") -> Bind:
    """A Unix socket."""
    nothing: Fact[str] = Unknown("it is a Unix socket")
    return Bind(nothing, Unknown("it is a Unix socket"), path.place, path.shown, protocol)


def bind_of(phrase: Phrase, default_port: int = 8000, protocol: str = "http") -> Bind | None:
    """An address as gunicorn, Hypercorn and uWSGI take it; None for one that is inherited."""
    shown = phrase.shown
    if shown.startswith("unix:"):
        path = shown.removeprefix("unix:").removeprefix("//")
        return socket_bind(Phrase.of(path, phrase.place), protocol)
    if shown.startswith("fd://"):
        return None
    if shown.startswith("/") or shown.endswith((".sock", ".socket")):
        return socket_bind(phrase, protocol)
    if shown.startswith("tcp://") and phrase.parts[0] is not None:
        phrase = phrase._replace(parts=(phrase.parts[0][6:], *phrase.parts[1:]))
    split = None if shown.endswith("]") else phrase.rsplit(":")
    if split is None:
        host = phrase.fact
        if isinstance(host, Known) and not host.value:
            host = host._replace(value="0.0.0.0")
        port: Fact[int] = Known(default_port)
        if isinstance(host, Unknown):
            # `$BIND` may hold a port as well.
            port = Unknown(host.why)
        return Bind(host, port, phrase.place, protocol=protocol)
    return Bind(_host(split[0]), number_of(split[1]), phrase.place, protocol=protocol)


def _host(phrase: Phrase) -> Fact[str]:
    fact = phrase.fact
    return fact._replace(value=fact.value.strip("[]")) if isinstance(fact, Known) else fact


def number_of(phrase: Phrase) -> Fact[int]:
    """A whole number; unknown when it is none."""
    fact = phrase.fact
    if isinstance(fact, Unknown):
        return Unknown(fact.why, None, fact.places)
    text = fact.value.strip(" ")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return Unknown(f"{text!r} is no number", None, fact.places)
    return Known(int(text), fact.places)
