"""Folders of static files and templates that a server's code names, and its container lacks."""

from collections.abc import Iterator
from posixpath import dirname
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.container_files import has_in
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.image.placement import path_beside, paths_in
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.servers.server import RunningServer
    from dockerlint_py.python.frameworks.asset_folders import AssetFolder

_NAMING = regex(r"\b(?:StaticFiles|Jinja2Templates)\(|\b(?:static|template)_folder\b")
_WORDS = ("StaticFiles(", "Jinja2Templates(", "static_folder", "template_folder")
_MAKING = regex(r"\b(?:makedirs|mkdir)\(")


class MissingFolder(NamedTuple):
    """A folder that is not there; `consequence` is what follows from that, in words."""

    path: str
    consequence: str
    is_fatal: bool
    place: Place
    because: tuple[Known[Any], ...]


def missing_folders_of(container: "Container") -> Iterator[MissingFolder]:
    """The folders that the code of its web servers names in vain."""
    for server in container.servers:
        module = server.served.module
        if server.is_web and server.is_certain and isinstance(module, Known):
            yield from _of_server(container, server, module.value.path)


def _of_server(
    container: "Container", server: "RunningServer", module: str
) -> Iterator[MissingFolder]:
    from dockerlint_py.python.frameworks.asset_folders import asset_folders_in

    files = container.repository.python_files
    reached = files.graph.reachable([module], optional=False)
    for path in files.with_text(_NAMING, reached, _WORDS):
        if files.facts(path).problems:
            continue
        for named in asset_folders_in(server.served.evaluator, path):
            folder = _path(container, server, path, named)
            if isinstance(folder, Known) and not _is_made(container, reached, folder.value):
                yield from _missing(container, server, named, folder.value)


def _missing(
    container: "Container", server: "RunningServer", named: "AssetFolder", path: str
) -> Iterator[MissingFolder]:
    there = has_in(container, path)
    if not isinstance(there, Known) or there.value:
        return
    says = there.says or f"nothing brings {path} into the image"
    because = (server.fact(), Known(path, there.places, there.confidence, says))
    consequence = {
        "checked static": "the application fails when it starts",
        "static": "its files are not found",
        "templates": "its templates are not found",
    }[named.use]
    yield MissingFolder(path, consequence, named.use != "static", named.place, because)


def _path(
    container: "Container", server: "RunningServer", module: str, named: "AssetFolder"
) -> Fact[str]:
    """The absolute path of a folder in a container."""
    from dockerlint_py.python.evaluate.results import RepoPath

    folder = named.folder
    if isinstance(folder, Unknown):
        return Unknown(folder.why)
    if isinstance(folder.value, RepoPath):
        return path_beside(container, module, folder.value.path)
    if not isinstance(folder.value, str) or not folder.value:
        return Unknown("it is no path")
    if folder.value.startswith("/"):
        return Known(joined("/", folder.value))
    if named.beside_module:
        places = paths_in(container, module)
        if len(places) != 1:
            return Unknown(f"it is not known where {module} is")
        return Known(joined(dirname(places[0]), folder.value))
    cwd, moved = server.invocation.cwd, server.settings.text("chdir")
    if isinstance(cwd, Unknown) or isinstance(moved, Unknown):
        return Unknown("the folder that it runs in is not known")
    return Known(joined(joined(cwd.value, moved.value or "."), folder.value))


def _is_made(container: "Container", modules: "dict[str, Any]", folder: str) -> bool:
    """Whether some code that makes folders names this one."""
    files = container.repository.python_files
    name = folder.rpartition("/")[2]
    return any(
        name in files.text(path)
        for path in files.with_text(_MAKING, modules, ("makedirs(", "mkdir("))
    )
