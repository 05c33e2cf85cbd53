"""What a configuration means: servers, locations, upstreams, and what is passed on where."""

from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.nginx.addresses import HTTP, Address, Listen, address_of, listen_of, target_of
from dockerlint_py.nginx.parser import Directive
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

PASSES = ("proxy_pass", "uwsgi_pass", "fastcgi_pass", "scgi_pass", "grpc_pass")
MAX_PASSES = 500
"""More than a configuration written by hand has; each is compared with other containers."""

_BLOCKS = ("server", "location", "if", "limit_except")
"""Blocks below `http` that have directives of their own and inherit those around them."""


class Level:
    """`http`, a server, a location, or an `if` in it.

    A directive holds on the levels below, unless they have one of the same name: then all those of
    the levels above are dropped, `add_header` and `proxy_set_header` too.
    """

    def __init__(self, directive: Directive, parent: "Level | None" = None) -> None:
        self.directive = directive
        self.parent = parent
        self._effective: dict[str, Fact[tuple[Directive, ...]]] = {}
        self._headers: dict[str, dict[str, Directive]] = {}

    @property
    def directives(self) -> tuple[Directive, ...]:
        """What stands in the very block."""
        return self.directive.block or ()

    @property
    def kind(self) -> str:
        """`http`, `server`, `location`, `if`, `limit_except`."""
        return self.directive.name.text

    @property
    def values(self) -> tuple[str, ...]:
        """The arguments of the block: `("~", "^/api/")` of a location."""
        return self.directive.values

    @property
    def place(self) -> Place:
        """The directive that opens the block."""
        return self.directive.place

    @property
    def server(self) -> "Level | None":
        """The server that it is, or is in."""
        if self.kind == "server":
            return self
        return self.parent.server if self.parent is not None else None

    @cached_property
    def _by_name(self) -> dict[str, list[Directive]]:
        found: dict[str, list[Directive]] = {}
        for each in self.directives:
            found.setdefault(each.name.text, []).append(each)
        return found

    def own(self, name: str) -> tuple[Directive, ...]:
        """The directives of a name that stand in the very block."""
        return tuple(self._by_name.get(name, ()))

    @cached_property
    def gap(self) -> str | None:
        """Why the block may hold more than can be seen; None when it does not."""
        return next((each.gap for each in self.directives if each.gap is not None), None)

    def effective(self, name: str) -> Fact[tuple[Directive, ...]]:
        """The directives of a name that hold here: own ones, else those of the nearest level."""
        if name not in self._effective:
            self._effective[name] = self._find(name)
        return self._effective[name]

    def _find(self, name: str) -> Fact[tuple[Directive, ...]]:
        if self.gap is not None:
            return Unknown(self.gap)
        own = self.own(name)
        if own or self.parent is None:
            return Known(own, tuple(each.place for each in own))
        return self.parent.effective(name)

    def header(self, name: str, header: str) -> Fact[Directive | None]:
        """What `proxy_set_header`, `add_header` and the like say here of a header, the last one."""
        fact = self.effective(name)
        if isinstance(fact, Unknown):
            return Unknown(fact.why)
        if name not in self._headers:
            named = ((each.values[0].lower(), each) for each in fact.value if each.args)
            self._headers[name] = dict(named)
        return Known(self._headers[name].get(header.lower()))

    @cached_property
    def levels(self) -> "tuple[Level, ...]":
        """The blocks right below."""
        blocks = (each for each in self.directives if each.block is not None)
        return tuple(Level(each, self) for each in blocks if each.name.text in _BLOCKS)

    def walk(self) -> Iterator["Level"]:
        """This level and all below it."""
        yield self
        for level in self.levels:
            yield from level.walk()

    @property
    def listens(self) -> tuple[Listen, ...]:
        """What a server listens on; port 80 when it does not say."""
        own = tuple(listen for each in self.own("listen") if (listen := listen_of(each)))
        if own:
            return own
        return (Listen(HTTP, "", ssl=False, place=self.directive.place),)

    @property
    def passes(self) -> "tuple[Pass, ...]":
        """Where this very block passes requests to."""
        return tuple(
            Pass(each, self) for each in self.directives if each.name.text in PASSES and each.args
        )


class PeerServer(NamedTuple):
    """A `server` of an upstream; `resolves` tells that nginx looks its name up while it runs."""

    address: Address
    directive: Directive
    resolves: bool


class Upstream(NamedTuple):
    """A named group of servers; `is_whole` tells that each of its lines was understood."""

    name: str
    servers: tuple[PeerServer, ...]
    directive: Directive
    is_whole: bool


class Pass(NamedTuple):
    """A `proxy_pass`, `uwsgi_pass`... and the level that it stands on."""

    directive: Directive
    level: Level

    @property
    def kind(self) -> str:
        """The name of the directive."""
        return self.directive.name.text

    @property
    def target(self) -> Address | None:
        """What is written; None when it is a socket or depends on the request."""
        return target_of(self.directive.args[0])


class Config:
    """A whole configuration: the `http` blocks of a main file."""

    def __init__(self, https: tuple[Level, ...]) -> None:
        self.https = https

    @property
    def gap(self) -> str | None:
        """Why there may be servers and upstreams that cannot be seen."""
        return next((http.gap for http in self.https if http.gap is not None), None)

    @cached_property
    def servers(self) -> tuple[Level, ...]:
        """The servers."""
        return tuple(each for http in self.https for each in http.levels if each.kind == "server")

    @cached_property
    def upstreams(self) -> dict[str, Upstream]:
        """The upstreams by name."""
        named = (each for http in self.https for each in http.own("upstream"))
        return {each.values[0]: _upstream(each) for each in named if each.args and each.block}

    @cached_property
    def passes(self) -> tuple[Pass, ...]:
        """What is passed on, in the order of the file."""
        levels = (level for server in self.servers for level in server.walk())
        return tuple(islice((each for level in levels for each in level.passes), MAX_PASSES))

    def peers(self, passed: Pass) -> tuple[PeerServer, ...]:
        """The servers that get the requests: of the upstream, or the one that is named."""
        target = passed.target
        if target is None:
            return ()
        upstream = self.upstreams.get(target.host)
        if upstream is not None:
            return upstream.servers
        return (PeerServer(target, passed.directive, resolves=False),)


def config_of(directives: tuple[Directive, ...]) -> Config:
    """The configuration that the directives of a main file make, includes expanded."""
    blocks = (each for each in directives if each.name.text == "http" and each.block is not None)
    return Config(tuple(Level(each) for each in blocks))


def _upstream(directive: Directive) -> Upstream:
    lines = [each for each in directive.block or () if each.name.text == "server"]
    servers = [server for each in lines if (server := _peer(each)) is not None]
    is_whole = len(servers) == len(lines) and not any(e.gap for e in directive.block or ())
    return Upstream(directive.values[0], tuple(servers), directive, is_whole)


def _peer(directive: Directive) -> PeerServer | None:
    if not directive.args:
        return None
    word = directive.args[0]
    address = address_of(word, word.text, "http")
    if address is None:
        return None
    return PeerServer(address, directive, resolves="resolve" in directive.values[1:])
