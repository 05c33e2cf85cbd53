"""All routes of an application, where its code leaves no doubt about them."""

import re
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.servers.server import RunningServer

_OWN = {
    "FastAPI": ("/docs", "/docs/oauth2-redirect", "/openapi.json", "/redoc"),
    "Flask": ("/static",),
}
"""The routes that a framework adds, by framework; of others nothing is known."""

_METHODS = r"(?:get|post|put|patch|delete|head|options|route)"
_MAX_ARGUMENTS = 400


class RouteTable(NamedTuple):
    """The paths of an application. `place` is where it is made."""

    routes: tuple[str, ...]
    place: Place

    def answers(self, path: str) -> bool:
        """Whether a route may answer a path, with or without a slash at its end."""
        return any(_fits(route, path) for route in self.routes)


def route_table(server: "RunningServer") -> RouteTable | None:
    """The routes of the application that a server serves; None unless they are all known.

    They are when the object is used for nothing but decorators in the very module that makes it:
    nothing is mounted, included, registered, wrapped or handed over.
    """
    served = server.served.application
    if not isinstance(served, Known) or served.value.is_factory:
        return None
    path, name = served.value.path, served.value.name
    own = _OWN.get(served.value.framework)
    files = server.container.repository.python_files
    if own is None or not name.isidentifier() or _is_imported(server, path):
        return None
    text = files.text(path)
    decorated = re.findall(
        rf"^@{name}\.{_METHODS}\([ \t\n]{{0,40}}[\"'](/[^\"'\n]{{0,200}})[\"']", text, re.MULTILINE
    )
    mentions = len(re.findall(rf"\b{name}\b", text))
    made = served.value.place.text
    if mentions != len(decorated) + 1 or not _is_plain(made):
        return None
    return RouteTable((*decorated, *own), served.value.place)


def _is_plain(call: str) -> bool:
    """Whether an application is made without arguments that bring or move routes."""
    words = ("routes", "root_path", "url", "static", "middleware", "**", "servers", "import")
    return len(call) < _MAX_ARGUMENTS and not any(word in call for word in words)


def _is_imported(server: "RunningServer", path: str) -> bool:
    """Whether a module that the application's own one imports imports it in turn."""
    graph = server.container.repository.python_files.graph
    others = (other for other in graph.reachable([path]) if other != path)
    return any(path in edge.targets for other in others for edge in graph.edges(other))


def _fits(route: str, path: str) -> bool:
    fixed = re.split(r"[{<]", route, maxsplit=1)
    if len(fixed) > 1 or route == "/static":
        return path.startswith(fixed[0])
    return route.rstrip("/") == path.rstrip("/")
