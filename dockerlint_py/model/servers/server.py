"""One server or worker that a container runs, with what it was told."""

from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.knowledge.servers import WORKER_CLASSES, Interface, Server
from dockerlint_py.model.packages.presence import is_absent
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.model.programs.process import is_python
from dockerlint_py.model.servers.binds import Bind
from dockerlint_py.model.servers.listening import binds_of
from dockerlint_py.model.servers.phrase import Phrase, phrase_of_word
from dockerlint_py.model.servers.settings import ServerSettings
from dockerlint_py.model.servers.sources import CommandLine
from dockerlint_py.model.servers.target import Target, target_of
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.knowledge.server_settings import SettingName
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.servers.calls import StartedByCode
    from dockerlint_py.model.servers.problems import ServerProblems
    from dockerlint_py.model.servers.route_table import RouteTable
    from dockerlint_py.model.servers.served import Served

_ASGI_CLASSES = ("uvicorn.", "uvicorn_worker.", "gunicorn.workers.gasgi.")
_WSGI_CLASSES = ("gunicorn.workers.",)


class RunningServer:
    """A server: `kind` is what is known of such ones, `invocation` how this one is started.

    `settings` are its effective settings. `place` is the command, or the call in Python code that
    starts it; `code` is that call. `is_certain` is False when the container may run something else
    instead.
    """

    def __init__(
        self,
        container: "Container",
        kind: Server,
        invocation: Invocation,
        settings: ServerSettings,
        *,
        is_certain: bool = True,
        code: "StartedByCode | None" = None,
        reloader: Place | None = None,
    ) -> None:
        self.container = container
        self.kind = kind
        self.invocation = invocation
        self.settings = settings
        self.code = code
        self.place = code.place if code is not None else invocation.place
        self.is_certain = is_certain
        self._reloader = reloader

    def __repr__(self) -> str:
        return f"RunningServer({self.container.id!r}, {self.name!r})"

    @property
    def name(self) -> str:
        """The program: `gunicorn`, `celery worker`."""
        return self.kind.program

    @property
    def is_python(self) -> bool:
        """Whether Python runs it, with the variables of its command."""
        return is_python(self.invocation)

    @property
    def is_web(self) -> bool:
        """Whether it answers HTTP for the application."""
        return self.kind.role == "web"

    def fact(self, says: str = "") -> Known[str]:
        """That it is run, to be cited."""
        words = says or f"`{self.invocation.text}` is run"
        return Known(self.name, (self.place,), says=words)

    @property
    def is_for_development(self) -> bool:
        """Whether its makers say that it is not for production."""
        if self.name == "SocketIO.run":
            return is_absent(self.container, "eventlet") and is_absent(self.container, "gevent")
        return self.kind.development

    @property
    def line(self) -> CommandLine | None:
        """Its own command line; None when Python code starts it."""
        lines = (each for each in self.settings.sources if isinstance(each, CommandLine))
        return next((each for each in lines if each.kind == "command line"), None)

    @cached_property
    def target(self) -> Fact[Target | None]:
        """What it is pointed at; None for a server that finds it by itself, or serves nothing."""
        phrase = self._target_phrase
        if isinstance(phrase, Unknown):
            return Unknown(phrase.why, None, phrase.places)
        if phrase.value is None:
            return Known(None)
        factory = self.settings.switch("factory")
        if isinstance(factory, Unknown):
            return Unknown(factory.why, None, factory.places)
        name = self.settings.text("callable")
        if isinstance(name, Unknown):
            return Unknown(name.why, None, name.places)
        fact = target_of(self.kind, phrase.value, name.value, factory=factory.value)
        return fact if isinstance(fact, Known) else Unknown(fact.why, None, fact.places)

    @property
    def _target_phrase(self) -> Fact[Phrase | None]:
        if self.kind.role != "web" or self.name.startswith("manage.py"):
            return Known(None)
        line = self.line
        words = line.positionals if line is not None else ()
        if line is not None and line.is_unclear:
            return Unknown("its arguments are not clear", None, (self.invocation.place,))
        if line is not None and words and self.name not in ("uwsgi", "flask run"):
            doubt = line.doubt_before(words[0])
            if doubt is not None:
                return Unknown(f"{doubt.raw} may be it", None, (doubt.place,))
            return Known(phrase_of_word(words[0]), (words[0].place,))
        return self.settings.phrase("application")

    @cached_property
    def worker_class(self) -> Fact[str | None]:
        """gunicorn's worker class as it is named; several threads make `gthread` of `sync`."""
        if self.name != "gunicorn":
            return Known(None)
        given = self.settings.text("worker_class")
        if not isinstance(given, Known) or given.value != "sync":
            return given
        threads = self.settings.number("threads")
        if isinstance(threads, Unknown):
            return Unknown(threads.why, "sync", threads.places)
        if (threads.value or 1) > 1:
            return Known("gthread", threads.places, threads.confidence, threads.says)
        return given

    @cached_property
    def interface(self) -> Fact[Interface | None]:
        """What it calls in an application; None for workers, and where the application decides."""
        if self.name == "gunicorn":
            return self._interface_of_class
        if self.name == "granian":
            return self._chosen({"asgi": "asgi", "asginl": "asgi", "wsgi": "wsgi", "rsgi": "rsgi"})
        if self.name == "uvicorn":
            by_name: dict[str, Interface | None] = {
                "wsgi": "wsgi",
                "asgi3": "asgi",
                "asgi2": "asgi",
                "auto": "asgi",
            }
            return self._chosen(by_name)
        if self.name == "hypercorn":
            return Known(None, says="Hypercorn serves both ASGI and WSGI")
        return Known(self.kind.interface, says=f"{self.name} serves {self.kind.interface}")

    def _chosen(self, by_name: "dict[str, Interface | None]") -> Fact[Interface | None]:
        given = self.settings.text("interface")
        if isinstance(given, Unknown):
            return Unknown(given.why, None, given.places)
        chosen = (given.value or "").lower()
        if chosen not in by_name:
            return Unknown(f"there is no interface {chosen}", None, given.places)
        return Known(by_name[chosen], given.places, given.confidence, given.says)

    @property
    def _interface_of_class(self) -> Fact[Interface | None]:
        given = self.worker_class
        if isinstance(given, Unknown):
            return Unknown(given.why, None, given.places)
        name = given.value or ""
        row = WORKER_CLASSES.get(name)
        says = f"gunicorn's worker class is {name}"
        if row is not None:
            return Known(row.interface, given.places, given.confidence, says)
        for prefixes, interface in ((_ASGI_CLASSES, "asgi"), (_WSGI_CLASSES, "wsgi")):
            if name.startswith(prefixes):
                known: Interface = "asgi" if interface == "asgi" else "wsgi"
                return Known(known, given.places, given.confidence, says)
        return Unknown(f"what the worker class {name} calls is not known", None, given.places)

    @cached_property
    def workers(self) -> Fact[int | None]:
        """How many processes serve; None for one for each CPU, or where there is no such thing."""
        return self.settings.number("workers")

    @cached_property
    def preloads(self) -> Fact[bool]:
        """Whether it imports the application once, before its processes part."""
        if self.name != "uwsgi":
            return self.settings.switch("preload")
        lazy = self.settings.switch("lazy")
        if isinstance(lazy, Unknown):
            return Unknown(lazy.why, None, lazy.places)
        return Known(not lazy.value, lazy.places, lazy.confidence, lazy.says)

    @cached_property
    def threads(self) -> Fact[int | None]:
        """How many threads each process serves with, where it has them."""
        return self.settings.number("threads")

    @cached_property
    def binds(self) -> Fact[tuple[Bind, ...]]:
        """Where it listens."""
        return binds_of(self)

    @cached_property
    def reload(self) -> Fact[bool]:
        """Whether it starts anew when files change."""
        if self._reloader is not None:
            says = "it is started anew when files change"
            return Known(value=True, places=(self._reloader,), says=says)
        if self.name == "uwsgi":
            return self._is_given("reload")
        return self.settings.switch("reload")

    @cached_property
    def daemon(self) -> Fact[bool]:
        """Whether it goes to the background."""
        return self._is_given("daemon") if self.name == "uwsgi" else self.settings.switch("daemon")

    @cached_property
    def access_log(self) -> Fact[bool]:
        """Whether it writes a line for each request."""
        match self.name:
            case "gunicorn" | "hypercorn":
                return self._is_given("access_log")
            case "uvicorn" | "granian":
                return self.settings.switch("access_log")
            case "uwsgi":
                quiet = self._is_given("access_log")
                return quiet if isinstance(quiet, Unknown) else Known(not quiet.value)
        writes = self.is_web and self.name != "waitress-serve"
        return Known(writes, says=f"{self.name} {'logs' if writes else 'does not log'} requests")

    @cached_property
    def forwarded_allow_ips(self) -> Fact[str | None]:
        """The proxies whose headers it takes; None for a server that has no such setting."""
        return self.settings.text("forwarded_allow_ips")

    @cached_property
    def proxy_headers(self) -> Fact[bool]:
        """Whether it takes `X-Forwarded-*` headers from those proxies."""
        if self.name == "gunicorn":
            return Known(value=True, says="gunicorn takes headers of trusted proxies")
        return self.settings.switch("proxy_headers")

    @cached_property
    def timeout(self) -> Fact[int | None]:
        """Seconds after which gunicorn takes a worker for dead."""
        return self.settings.number("timeout")

    @cached_property
    def graceful_timeout(self) -> Fact[int | None]:
        """Seconds that requests have to finish after SIGTERM; None for as long as they need."""
        return self.settings.number("graceful_timeout")

    @cached_property
    def root_path(self) -> Fact[bool]:
        """Whether it may take something off the paths that are asked for."""
        return self._is_given("root_path")

    @cached_property
    def tls(self) -> Fact[bool]:
        """Whether it speaks TLS itself."""
        return self._is_given("certfile")

    @cached_property
    def served(self) -> "Served":
        """The module and the application that its target means in the container."""
        from dockerlint_py.model.servers.served import Served

        return Served(self)

    @cached_property
    def routes(self) -> "RouteTable | None":
        """The paths that it answers; None unless they are all known."""
        from dockerlint_py.model.servers.route_table import route_table

        return route_table(self)

    @cached_property
    def problems(self) -> "ServerProblems":
        """What is wrong with how it is run."""
        from dockerlint_py.model.servers.problems import ServerProblems

        return ServerProblems(self)

    def _is_given(self, name: "SettingName") -> Fact[bool]:
        given = self.settings.given(name)
        if isinstance(given, Unknown):
            return Unknown(given.why, None, given.places)
        sure = given.confidence
        says = self.settings.text(name)
        return Known(bool(given.value), given.places, sure, getattr(says, "says", ""))
