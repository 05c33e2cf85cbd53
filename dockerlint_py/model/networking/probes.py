"""The HTTP requests that a health check makes, and what the server answers to them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.model.networking.reach import lone_server
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.record import NamedTuple
from dockerlint_py.shell import Word
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.code.settings import Settings
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.servers.route_table import RouteTable

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_PORTS = {"http": 80, "https": 443}
_URL = regex(
    r"(https?)://(\[[0-9a-fA-F:]{2,45}\]|[A-Za-z0-9_.-]{1,255})(:[0-9]{1,5})?(/[^\s'\")]*)?"
)
_HEADER = "--header"


class Probe(NamedTuple):
    """A request to the container itself; `path` has no query, `sends` are its header lines."""

    scheme: str
    host: str
    port: int
    path: str
    sends: tuple[str, ...]
    follows: bool
    place: Place

    @property
    def fact(self) -> Known[str]:
        """The request, to be cited."""
        url = f"{self.scheme}://{self.host}:{self.port}{self.path}"
        return Known(url, (self.place,), says=f"the health check asks {url}")

    def sends_header(self, name: str) -> bool:
        """Whether it sets a header."""
        return any(line.lower().startswith(f"{name.lower()}:") for line in self.sends)


class FailingProbe(NamedTuple):
    """A request of a health check that does not get what it wants, and why."""

    probe: Probe
    why: str
    because: tuple[Known[Any], ...]
    is_certain: bool = True


def probes_of(programs: tuple[Invocation, ...]) -> Iterator[Probe]:
    """The requests that the programs of a health check make in any case."""
    for program in programs:
        if not program.is_conditional:
            yield from _requests(program)


def _requests(program: Invocation) -> Iterator[Probe]:
    arguments = program.argv[1:]
    if any(word.dynamic and "$" in word.value for word in arguments):
        return
    if program.name in ("curl", "wget"):
        yield from _of_client(program.name, arguments)
    elif program.program.interpreter == "python" and any(w.value == "-c" for w in arguments):
        found = [match for word in arguments for match in _URL.finditer(word.value)]
        if len(found) == 1:
            sends = ("Host:",) if any("Host" in word.value for word in arguments) else ()
            yield _probe(found[0], sends, follows=True, place=program.place)


def _of_client(name: str, arguments: tuple[Word, ...]) -> Iterator[Probe]:
    sends, urls = [], []
    values = [word.value for word in arguments]
    for word, before in zip(arguments, ("", *values), strict=False):
        option, _, value = word.value.partition("=")
        if _is_header_option(before):
            sends.append(word.value)
        elif option == _HEADER and value:
            sends.append(value)
        elif word.value.startswith("-H") and len(word.value) > 2:
            sends.append(word.value[2:])
        match = _URL.fullmatch(_with_scheme(word.value))
        if match is not None and not _is_header_option(before):
            urls.append((match, word.place))
    follows = name == "wget" or any(_is_flag(value, "L", "--location") for value in values)
    if len(urls) == 1:
        match, place = urls[0]
        yield _probe(match, tuple(sends), follows=follows, place=place)


def _is_header_option(text: str) -> bool:
    """Whether the next word is a header: curl takes `-H`, and `-fH` as well."""
    return text == _HEADER or (text[:1] == "-" and text[:2] != "--" and text.endswith("H"))


def _is_flag(value: str, letter: str, long: str) -> bool:
    return value == long or (value[:1] == "-" and value[:2] != "--" and letter in value)


def _with_scheme(text: str) -> str:
    """curl and wget take `localhost:8000/path` for an address of HTTP."""
    return f"http://{text}" if text.startswith(LOOPBACK) else text


def _probe(match: Any, sends: tuple[str, ...], *, follows: bool, place: Place) -> Probe:
    scheme, host, port, path = match.groups()
    number = int(port[1:]) if port else _PORTS[scheme]
    return Probe(scheme, host, number, (path or "/").partition("?")[0], sends, follows, place)


def rejected_probes(container: "Container") -> Iterator[FailingProbe]:
    """Requests that the application refuses for their host, or answers with a redirect to HTTPS."""
    for probe in container.network.probes:
        if probe.host not in LOOPBACK or not _is_for_server(container, probe):
            continue
        settings = container.code.settings
        if len(settings) == 1:
            yield from _wrong_host(probe, settings[0])
            yield from _redirected(probe, settings[0])
        elif not settings and not probe.sends_header("Host"):
            yield from _untrusted_host(container, probe)


def _untrusted_host(container: "Container", probe: Probe) -> Iterator[FailingProbe]:
    table = _routes(container)
    for trusted in table.trusted if table is not None else ():
        if trusted.refuses(probe.host):
            hosts = Known(None, (trusted.place,), says=trusted.says)
            why = f"TrustedHostMiddleware does not let {probe.host} in: the answer is 400"
            yield FailingProbe(probe, why, (probe.fact, hosts))


def _routes(container: "Container") -> "RouteTable | None":
    server = lone_server(container)
    return server.routes if server is not None else None


def _is_for_server(container: "Container", probe: Probe) -> bool:
    """Whether it is the server of this container that answers."""
    listening = container.network.listeners
    ports = {each.port for each in listening.value} if isinstance(listening, Known) else set()
    has_nginx = not isinstance(container.nginx, Known) or container.nginx.value is not None
    return ports == {probe.port} and not has_nginx


def _wrong_host(probe: Probe, settings: "Settings") -> Iterator[FailingProbe]:
    allowed = settings.get("ALLOWED_HOSTS")
    if not isinstance(allowed, Known) or probe.sends_header("Host") or not _asks_for_host(settings):
        return
    hosts = allowed.value if isinstance(allowed.value, list | tuple) else ()
    names = [str(host).lower() for host in hosts]
    debug = settings.get("DEBUG")
    if not names and not (isinstance(debug, Known) and debug.value is False):
        return
    if any(name == "*" or _matches(name, probe.host) for name in names):
        return
    fact = Known(None, allowed.places, allowed.confidence, allowed.says)
    why = f"ALLOWED_HOSTS has no {probe.host}: Django answers 400"
    yield FailingProbe(probe, why, (probe.fact, fact))


def _matches(allowed: str, host: str) -> bool:
    return host == allowed or (allowed.startswith(".") and f".{host}".endswith(allowed))


def _asks_for_host(settings: "Settings") -> bool:
    """Whether CommonMiddleware, which looks at the host, is reached: nothing unusual is before it.

    A middleware of the project may answer by itself.
    """
    middleware = settings.all_items("MIDDLEWARE")
    if middleware is None:
        return False
    names = [item.text for item in middleware]
    if "django.middleware.common.CommonMiddleware" not in names:
        return False
    before = names[: names.index("django.middleware.common.CommonMiddleware")]
    return all(name.startswith(("django.", "corsheaders.", "whitenoise.")) for name in before)


def _redirected(probe: Probe, settings: "Settings") -> Iterator[FailingProbe]:
    redirects = settings.get("SECURE_SSL_REDIRECT")
    exempt = settings.get("SECURE_REDIRECT_EXEMPT")
    security = "django.middleware.security.SecurityMiddleware"
    if probe.scheme != "http" or not isinstance(redirects, Known) or redirects.value is not True:
        return
    if not isinstance(exempt, Known) or exempt.value or probe.sends_header("X-Forwarded-Proto"):
        return
    if settings.includes("MIDDLEWARE", security) is True:
        fact = Known(None, redirects.places, redirects.confidence, redirects.says)
        end = "and there is no TLS there" if probe.follows else "which says nothing of its health"
        why = f"Django answers with a redirect to HTTPS, {end}"
        yield FailingProbe(probe, why, (probe.fact, fact), is_certain=probe.follows)


def misdirected_probes(container: "Container") -> Iterator[FailingProbe]:
    """Requests to a port of the container on which nothing listens."""
    listening = container.network.listeners
    if isinstance(listening, Unknown) or not listening.value:
        return
    ports = {each.port for each in listening.value}
    for probe in container.network.probes:
        if probe.host in (*LOOPBACK, "0.0.0.0") and probe.port not in ports:
            why = f"nothing listens on port {probe.port}"
            yield FailingProbe(probe, why, (probe.fact, listening))


def unanswered_probes(container: "Container") -> Iterator[FailingProbe]:
    """Requests for a path that the application of the container does not have."""
    for probe in container.network.probes:
        if probe.host not in LOOPBACK or not _is_for_server(container, probe):
            continue
        table = _routes(container)
        if table is not None and not table.answers(probe.path):
            made = Known(None, (table.place,), says="all routes of the application are known")
            why = f"the application has no route {probe.path}"
            yield FailingProbe(probe, why, (probe.fact, made), is_certain=False)
