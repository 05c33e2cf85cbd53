"""What nginx listens on and what it passes requests to: hosts, ports, sockets."""

from dockerlint_py.nginx.parser import Directive
from dockerlint_py.nginx.tokens import Word
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

HTTP, HTTPS = 80, 443
_PORTS = {"http": HTTP, "https": HTTPS, "grpc": HTTP, "grpcs": HTTPS}
LOOPBACKS = ("localhost", "127.0.0.1", "[::1]")


class Address(NamedTuple):
    """Where a request is passed to: a host and a port, both as nginx takes them.

    The port is None where none is written and nginx has no own one. `place` is the whole word.
    """

    scheme: str
    host: str
    port: int | None
    place: Place
    has_port: bool = False

    @property
    def shown(self) -> str:
        """Host and port as they are written."""
        return f"{self.host}:{self.port}" if self.has_port else self.host

    @property
    def is_loopback(self) -> bool:
        """Whether it is the container itself."""
        return self.host in LOOPBACKS


class Listen(NamedTuple):
    """One `listen`; the port is None for a socket, or where it depends on a variable."""

    port: int | None
    address: str
    ssl: bool
    place: Place


def target_of(word: Word) -> Address | None:
    """The address of a `proxy_pass` and the like; None for sockets, variables and nonsense."""
    text = word.text
    if word.dynamic or not text:
        return None
    scheme, separator, rest = text.partition("://")
    if not separator:
        return address_of(word, text, None)
    authority = rest.partition("/")[0].partition("?")[0]
    if rest.startswith("unix:") or not authority:
        return None
    return address_of(word, authority, scheme.lower())


def address_of(word: Word, text: str, scheme: str | None) -> Address | None:
    """`host`, `host:port`, `[::1]:port`; None for sockets, variables and nonsense."""
    if text.startswith("unix:") or "$" in text or not text or "/" in text:
        return None
    host, port = _split(text)
    default = _PORTS.get(scheme or "")
    if not port:
        return Address(scheme or "", host, default, word.place)
    number = int(port) if port.isascii() and port.isdigit() and len(port) < 6 else None
    if number is None:
        return None
    return Address(scheme or "", host, number, word.place, has_port=True)


def listen_of(directive: Directive) -> Listen | None:
    """What a `listen` says; None for one without arguments."""
    if not directive.args:
        return None
    text, options = directive.args[0].text, directive.values[1:]
    ssl = "ssl" in options or "quic" in options
    place = directive.args[0].place
    if text.startswith("unix:") or "$" in text:
        return Listen(None, "", ssl, place)
    if text.isascii() and text.isdigit():
        return Listen(int(text[:6]), "", ssl, place)
    host, port = _split(text)
    number = int(port) if port.isascii() and port.isdigit() and len(port) < 6 else HTTP
    return Listen(number, "" if host == "*" else host, ssl, place)


def _split(text: str) -> tuple[str, str]:
    """Host and port; the host keeps the brackets of an IPv6 address."""
    if text.startswith("["):
        host, _, port = text.partition("]")
        return f"{host}]", port.removeprefix(":")
    host, _, port = text.partition(":")
    return host, port
