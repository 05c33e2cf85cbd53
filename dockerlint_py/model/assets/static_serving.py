"""Who answers requests for Django's static files in production."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.model.assets.static_deployment import StaticDeployment, deployments_of
from dockerlint_py.model.assets.whitenoise import whitenoise_in
from dockerlint_py.nginx import Config, Level
from dockerlint_py.record import NamedTuple
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.container import Container

_APPLICATION_SERVERS = (
    *("gunicorn", "uvicorn", "daphne", "hypercorn", "waitress-serve", "manage.py runserver"),
)
"""Servers that hand every request to the application, Django's own one unless told otherwise."""

_IN_CODE = (
    *("whitenoise", "WhiteNoise", "servestatic", "dj_static", "Cling(", "blacknoise"),
    *("views.static", "views import static", "staticfiles.views", "StaticFilesHandler"),
    *("StaticFiles(", "insecure=True"),
)
_SERVING = regex("|".join(word.replace("(", r"\(").replace(".", r"\.") for word in _IN_CODE))
"""What code has that serves files by itself without `DEBUG`."""

_WEB_SERVERS = ("nginx", "caddy", "httpd", "apache", "lighttpd", "openresty", "swag", "angie")


class Unserved(NamedTuple):
    """Static files that nothing serves: their path, and why that is known.

    `is_seen` tells that requests are known to come straight to the application, or over a proxy of
    the repository; otherwise something that is not in it may serve the files.
    """

    url: str
    is_seen: bool
    because: tuple[Known[Any], ...]


def unserved_in(container: "Container") -> Unserved | None:
    """The static files of a container's application that nothing in the repository serves."""
    for deployment in deployments_of(container):
        url, static = deployment.static.url, deployment.static
        name = deployment.server.program
        if name not in _APPLICATION_SERVERS or not isinstance(url, Known) or not static.is_local:
            continue
        debug = deployment.without_debug
        if debug is None or static.shown is None or _serves_itself(deployment):
            continue
        proxies = tuple(_proxies(container))
        if _others_serve(container, proxies, url.value):
            continue
        says = f"{name} hands every request to the application"
        server = deployment.startup.invocation.fact(says)
        seen = bool(proxies) or _is_reached(deployment)
        return Unserved(url.value, seen, (server, debug, static.shown.fact))
    return None


def serving_of(deployment: StaticDeployment) -> Known[str] | None:
    """What is known to answer requests for the static files, to be cited; None when nothing is."""
    item = whitenoise_in(deployment.static.settings)
    if item is not None:
        return item.fact.saying("WhiteNoise serves the files")
    url = deployment.static.url
    if isinstance(url, Unknown):
        return None
    for proxy in _proxies(deployment.container):
        config = proxy.nginx
        servers = config.value.servers if isinstance(config, Known) and config.value else ()
        for level in (level for server in servers for level in server.walk()):
            is_for = level.kind == "location" and level.values[-1:] == (url.value,)
            if is_for and not level.passes:
                return Known(url.value, (level.place,), says=f"nginx serves {url.value}")
    return None


def _serves_itself(deployment: StaticDeployment) -> bool:
    """Whether the application serves the files, or may do so."""
    if deployment.static.settings.all_items("MIDDLEWARE") is None:
        return True
    if deployment.startup.invocation.has("--insecure"):
        return True
    application: Application = deployment.startup.application
    found = application.python_files.with_text(_SERVING, application.files, _IN_CODE)
    return any(True for _ in found)


def _proxies(container: "Container") -> Iterator["Container"]:
    """The web servers beside a container, and the nginx in it."""
    if not isinstance(container.nginx, Known) or container.nginx.value is not None:
        yield container
    if container.file_set is not None:
        for other in container.file_set.containers:
            if other is not container and _is_web_server(other):
                yield other


def _is_web_server(container: "Container") -> bool:
    return any(word in container.base.name.lower() for word in _WEB_SERVERS)


def _others_serve(container: "Container", proxies: "tuple[Container, ...]", url: str) -> bool:
    """Whether a web server beside the container serves the files, or may do so."""
    if proxies:
        return any(_may_serve(proxy, url) for proxy in proxies)
    if container.file_set is not None and any(
        not other.base.is_known and other.build is None for other in container.file_set.containers
    ):
        return True
    return any(container.repository.mentions(word) for word in (*_WEB_SERVERS, "Caddyfile"))


def _may_serve(proxy: "Container", url: str) -> bool:
    config = proxy.nginx
    if isinstance(config, Unknown) or config.value is None or config.value.gap is not None:
        return True
    return _answers(config.value, url)


def _answers(config: Config, url: str) -> bool:
    """Whether a configuration may answer requests below a path other than by `location /`."""
    for server in config.servers:
        if any(level.gap is not None for level in server.walk()):
            return True
        locations = [level for level in server.walk() if level.kind == "location"]
        if any(_is_for(level, url) for level in locations):
            return True
        catch_all = [level for level in locations if level.values[-1:] == ("/",)]
        if not catch_all and not server.own("return"):
            return True
    return False


def _is_for(location: Level, url: str) -> bool:
    """Whether a location other than one that passes everything on may match a path."""
    pattern = location.values[-1] if location.values else ""
    if pattern == "/":
        return not location.passes and not location.own("return")
    if location.values[:1] in (("~",), ("~*",)):
        return True
    return pattern.startswith(url) or f"{url}x".startswith(pattern)


def _is_reached(deployment: StaticDeployment) -> bool:
    """Whether a port is published to all, and no mount shows the files to a server of the host."""
    service, mount = deployment.container.service, deployment.mount
    if service is None or not service.published_to_all:
        return False
    return isinstance(mount, Known) and mount.value is None
