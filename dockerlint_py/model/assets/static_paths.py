"""Whether nginx looks for static and media files where Django's container has them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.model.assets.static_deployment import StaticDeployment, deployments_of
from dockerlint_py.model.container_files import has_in
from dockerlint_py.model.image.paths import is_under, joined, relative
from dockerlint_py.nginx import Config, Directive, Level
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

_SETTINGS = (("STATIC_URL", "STATIC_ROOT"), ("MEDIA_URL", "MEDIA_ROOT"))
_OWN_FOLDERS = ("/usr/share/nginx", "/etc/nginx")


class PathMismatch(NamedTuple):
    """A folder that nginx reads in vain, what is wrong with it, and why that is known."""

    url: str
    what: str
    place: Place
    because: tuple[Known[Any], ...]


class _Reading(NamedTuple):
    """The folder in which a location of nginx looks for the files below a URL."""

    folder: str
    directive: Directive

    @property
    def fact(self) -> Known[str]:
        says = f"nginx looks for the files in {self.folder}"
        return Known(self.folder, (self.directive.place,), says=says)


def path_mismatches_of(container: "Container") -> Iterator[PathMismatch]:
    """The mismatches between an nginx and the Django applications of its file set."""
    config = container.nginx
    if container.file_set is None or not isinstance(config, Known) or config.value is None:
        return
    if container.mounts.doubt is not None or config.value.gap is not None:
        return
    for other in container.file_set.containers:
        for deployment in deployments_of(other):
            if other.mounts.doubt is None:
                yield from _of_deployment(container, config.value, deployment)


def _of_deployment(
    proxy: "Container", config: Config, deployment: StaticDeployment
) -> Iterator[PathMismatch]:
    for url_setting, root_setting in _SETTINGS:
        url = deployment.static.settings.get(url_setting)
        if not isinstance(url, Known) or not isinstance(url.value, str) or "//" in url.value:
            continue
        path = f"/{url.value.strip('/')}/"
        root = deployment.folder(root_setting)
        for location in _locations(config, path) if path != "//" else ():
            reading = _reading(location, path)
            if isinstance(reading, PathMismatch):
                yield reading
            elif reading is not None and isinstance(root, Known) and root.value:
                yield from _compared(proxy, deployment, reading, path, root_setting, root)


def _locations(config: Config, url: str) -> Iterator[Level]:
    """The locations that get the requests below a URL, where no pattern may take them."""
    for server in config.servers:
        levels = [level for level in server.walk() if level.kind == "location"]
        if any(level.gap is not None for level in server.walk()):
            continue
        if any(level.values[:1] in (("~",), ("~*",)) for level in levels):
            continue
        fitting = [
            level
            for level in levels
            if level.values[:1] != ("=",) and f"{url}x".startswith(level.values[-1:] or ("?",))
        ]
        if fitting:
            best = max(fitting, key=lambda level: len(level.values[-1]))
            if best.values[-1] != "/" and not best.passes and not best.own("try_files"):
                yield best


def _reading(location: Level, url: str) -> _Reading | PathMismatch | None:
    prefix = location.values[-1]
    for alias in location.own("alias"):
        if len(alias.args) != 1 or "$" in alias.values[0]:
            return None
        found = alias.values[0] + url[len(prefix) :]
        if not found.endswith("/"):
            shown = f"{alias.values[0]}x.css"
            what = f"`alias` lacks the slash at its end: {prefix}x.css means {shown}"
            return PathMismatch(url, what, alias.args[0].place, ())
        return _Reading(joined("/", found), alias)
    roots = location.effective("root")
    if isinstance(roots, Unknown) or len(roots.value) != 1 or len(roots.value[0].args) != 1:
        return None
    text = roots.value[0].values[0]
    if "$" in text or not text.startswith("/"):
        return None
    return _Reading(joined("/", text + url), roots.value[0])


def _compared(
    proxy: "Container",
    deployment: StaticDeployment,
    reading: _Reading,
    url: str,
    setting: str,
    root: Known[str],
) -> Iterator[PathMismatch]:
    """What nginx reads, against where the files are collected."""
    says = f"{setting} is {root.value}"
    because = (root.saying(says), reading.fact)
    at = proxy.mounts.at(reading.folder)
    mount = at.value if isinstance(at, Known) else None
    place = reading.directive.args[0].place
    what = f"nginx reads {reading.folder}, which is not where {setting} is: {root.value}"
    if mount is None and proxy is deployment.container:
        if not is_under(reading.folder, root.value) and _is_never_made(proxy, reading.folder):
            yield PathMismatch(url, what, place, because)
        return
    if mount is None:
        if _is_empty(proxy, reading.folder):
            what = f"nothing is mounted at {reading.folder} in the container of nginx"
            yield PathMismatch(url, what, place, because)
        return
    shared = [m for m in deployment.container.mounts.entries if m.shows_same(mount)]
    if not shared:
        return
    inside = [m for m in shared if is_under(root.value, m.fact.value)]
    below = relative(reading.folder, mount.fact.value)
    if not any(relative(root.value, m.fact.value) == below for m in inside):
        yield PathMismatch(url, what, place, (*because, mount.fact, shared[0].fact))


def _is_empty(proxy: "Container", folder: str) -> bool:
    """Whether an image of nginx as it is pulled has nothing at a folder, nor mounts in it."""
    own = any(is_under(folder, each) for each in _OWN_FOLDERS)
    return proxy.pulls_image and not own and not proxy.mounts.below(folder)


def _is_never_made(container: "Container", folder: str) -> bool:
    """Whether a container has no such folder, and nothing in its start names it."""
    there = has_in(container, folder)
    words = [word for each in container.process.invocations for word in each.values]
    name = folder.rpartition("/")[2]
    named = any(name in word for word in words)
    return isinstance(there, Known) and not there.value and not named
