"""The addresses of a server, from its effective settings."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Confidence, Fact, Known, Unknown
from dockerlint_py.model.servers.binds import Bind, bind_of, number_of, socket_bind
from dockerlint_py.model.servers.phrase import Phrase
from dockerlint_py.model.servers.sources import CommandLine, Texts

if TYPE_CHECKING:
    from dockerlint_py.model.servers.server import RunningServer
    from dockerlint_py.model.servers.settings import ServerSettings

Binds = Fact[tuple[Bind, ...]]

_INHERITED = ("--fd",)
_DJANGO_PORT = 8000


def binds_of(server: "RunningServer") -> Binds:
    """Where it listens; nowhere, when it takes no connections."""
    match server.kind.program:
        case "gunicorn" | "hypercorn":
            return _of_addresses(server)
        case "uwsgi":
            return _of_uwsgi(server.settings)
        case "manage.py runserver" | "manage.py runserver_plus":
            return _of_runserver(server)
        case "daphne":
            return _of_daphne(server)
        case "waitress-serve":
            return _of_waitress(server.settings)
    if server.kind.role not in ("web", "flower"):
        return Known(())
    return _of_host_and_port(server.settings)


def _of_addresses(server: "RunningServer") -> Binds:
    settings, program = server.settings, server.kind.program
    given = settings.given("bind")
    if isinstance(given, Unknown):
        return Unknown(given.why, None, given.places)
    if given.value:
        return _known(settings, given.value, given.confidence)
    if program == "gunicorn":
        return _of_port_variable(server)
    host, port = server.kind.host or "", server.kind.port or 0
    return _default(program, Bind(Known(host), Known(port)))


def _of_port_variable(server: "RunningServer") -> Binds:
    """gunicorn's default: all interfaces when the platform says by PORT where to listen."""
    variable = server.invocation.env.get("PORT")
    if isinstance(variable, Unknown):
        return Unknown(variable.why, None, variable.places)
    if variable.value is None:
        return _default("gunicorn", Bind(Known("127.0.0.1"), Known(8000)))
    place = variable.places[0] if variable.places else None
    port = number_of(Phrase.of(variable.value, place))
    says = f"gunicorn listens on 0.0.0.0:{variable.value}, for PORT is set"
    return Known((Bind(Known("0.0.0.0"), port),), variable.places, variable.confidence, says)


def _default(program: str, bind: Bind) -> Binds:
    return Known((bind,), says=f"{program} listens on {bind.text} by default")


def _known(
    settings: "ServerSettings",
    phrases: tuple[Phrase, ...],
    confidence: Confidence = Confidence.CERTAIN,
) -> Binds:
    found = tuple(bind for bind in map(bind_of, phrases) if bind is not None)
    return _said(settings.program, found, confidence)


def _said(
    program: str, binds: tuple[Bind, ...], confidence: Confidence = Confidence.CERTAIN
) -> Known[tuple[Bind, ...]]:
    places = tuple(bind.place for bind in binds if bind.place is not None)
    shown = ", ".join(bind.text for bind in binds) or "nothing"
    return Known(binds, places, confidence, f"{program} listens on {shown}")


def _of_host_and_port(settings: "ServerSettings") -> Binds:
    socket = settings.phrase("socket")
    if isinstance(socket, Unknown):
        # Nobody names an address in the command to have a variable put a socket in its place.
        if not all(settings.source_of(name) == "command line" for name in ("host", "port")):
            return Unknown(socket.why, None, socket.places)
        pair = _pair(settings)
        return pair._replace(confidence=Confidence.LIKELY) if isinstance(pair, Known) else pair
    if socket.value is not None:
        return _said(settings.program, (socket_bind(socket.value),))
    for source in settings.sources:
        if isinstance(source, CommandLine) and source.given(*_INHERITED):
            return Known((), says=f"{settings.program} gets its socket from its parent")
    return _pair(settings)


def _pair(settings: "ServerSettings") -> Binds:
    host, port = settings.phrase("host"), settings.phrase("port")
    place = next((p for fact in (host, port) for p in fact.places), None)
    bind = Bind(_text(host), _number(port), place)
    unknown = next((fact for fact in (bind.host, bind.port) if isinstance(fact, Unknown)), None)
    both = isinstance(host, Unknown) and isinstance(port, Unknown)
    if both and unknown is not None:
        return Unknown(unknown.why, None, unknown.places)
    found = _said(settings.program, (bind,))
    by_default = settings.source_of("host") == settings.source_of("port") == "default"
    return found._replace(says=f"{found.says} by default") if by_default else found


def _text(fact: Fact[Phrase | None]) -> Fact[str]:
    if isinstance(fact, Unknown):
        return Unknown(fact.why, fact.maybe.shown if fact.maybe else None, fact.places)
    return fact.value.fact if fact.value is not None else Unknown("nothing says it")


def _number(fact: Fact[Phrase | None]) -> Fact[int]:
    if isinstance(fact, Unknown):
        maybe = number_of(fact.maybe) if fact.maybe is not None else None
        value = maybe.value if isinstance(maybe, Known) else None
        return Unknown(fact.why, value, fact.places)
    return number_of(fact.value) if fact.value is not None else Unknown("nothing says it")


def _of_waitress(settings: "ServerSettings") -> Binds:
    given = settings.given("bind")
    if isinstance(given, Unknown):
        return Unknown(given.why, None, given.places)
    if given.value:
        words = [Phrase.of(word, p.place) for p in given.value for word in p.shown.split()]
        clear = all(None not in phrase.parts for phrase in given.value)
        return _known(settings, tuple(words) if clear else given.value)
    return _of_host_and_port(settings)


def _of_daphne(server: "RunningServer") -> Binds:
    settings, line = server.settings, server.line
    if line is None or line.doubt is not None:
        return Unknown("its options are not known")
    endpoints = [line.phrase(each) for each in line.given("-e", "--endpoint")]
    found = [bind for bind in map(_endpoint, endpoints) if bind is not None]
    socket = settings.phrase("socket")
    if isinstance(socket, Known) and socket.value is not None:
        found.append(socket_bind(socket.value))
    named = settings.is_set("host") or settings.is_set("port")
    inherited = bool(line.given("--fd"))
    if named or not (endpoints or found or inherited):
        pair = _pair(settings)
        if isinstance(pair, Unknown) or not found:
            return pair
        found += pair.value
    return _said("daphne", tuple(found))


def _endpoint(phrase: Phrase) -> Bind | None:
    """Twisted's description of an address: `tcp:port=8000:interface=0.0.0.0`."""
    kind, *fields = phrase.shown.split(":")
    values = dict(field.partition("=")[::2] for field in fields if "=" in field)
    if kind not in ("tcp", "ssl", "tcp6") or None in phrase.parts:
        return None
    port = values.get("port", next((f for f in fields if f.isdigit()), ""))
    host = values.get("interface", "0.0.0.0")
    return Bind(Known(host), number_of(Phrase.of(port, phrase.place)), phrase.place)


def _of_runserver(server: "RunningServer") -> Binds:
    line = server.line
    if line is None or line.arguments is None or line.doubt is not None:
        return Unknown("its arguments are not known")
    if any(word.dynamic and not word.quoted for word in line.positionals[1:]):
        return Unknown("its arguments are not known")
    words = line.positionals
    if not words:
        return _default("runserver", Bind(Known("127.0.0.1"), Known(_DJANGO_PORT)))
    from dockerlint_py.model.servers.phrase import phrase_of_word

    phrase = phrase_of_word(words[0])
    if phrase.rsplit(":") is None:
        bind = Bind(Known("127.0.0.1"), number_of(phrase), phrase.place)
    else:
        found = bind_of(phrase)
        bind = found or Bind(Unknown("it cannot be read"), Unknown("it cannot be read"))
        if isinstance(bind.host, Known) and bind.host.value == "0":
            bind = bind._replace(host=bind.host._replace(value="0.0.0.0"))
    return _said("runserver", (bind,))


def _of_uwsgi(settings: "ServerSettings") -> Binds:
    from dockerlint_py.knowledge.server_settings import LISTENING

    found: list[Bind] = []
    for source in settings.sources:
        given: list[tuple[str, Phrase]] = []
        if isinstance(source, CommandLine):
            if source.doubt is not None:
                return Unknown(f"{source.doubt.raw} may set it", None, (source.doubt.place,))
            options = (*(f"--{name}" for name in LISTENING), "-s")
            given = [(each.option, source.phrase(each)) for each in source.given(*options)]
        elif isinstance(source, Texts):
            given = [(name, p) for name in LISTENING for p in source.values.get(name, ())]
        elif source.kind not in ("default", "variable"):
            return Unknown(f"{source.kind} could not be read")
        for name, phrase in given:
            protocol = LISTENING.get(name.lstrip("-"), "uwsgi")
            bind = bind_of(phrase, protocol=protocol)
            found += [bind] if bind is not None else []
    return _said("uwsgi", tuple(found))
