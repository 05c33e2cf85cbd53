"""ASGI servers behind a proxy of another container, and whose headers they believe."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.servers.server import RunningServer

_SERVERS = ("uvicorn", "fastapi run", "gunicorn")
_FRAMEWORKS = ("FastAPI", "Starlette")
_HEADERS = ("x-forwarded-for", "x-forwarded-proto")
_ITSELF = ("127.0.0.1", "::1", "localhost")
_USES = ("request", "url_for", "RedirectResponse", "HTTPSRedirectMiddleware", "get_remote_address")
_USE = regex(
    r"\brequest\.(?:client|url|base_url|url_for)\b|\burl_for\(|\bRedirectResponse\("
    r"|\bHTTPSRedirectMiddleware\b|\bget_remote_address\b"
)
"""Code that asks for the scheme of a request, or for who sent it."""


class Distrust(NamedTuple):
    """A server that takes its proxy for the client; `matters` when code asks for the client.

    `is_open` is the opposite: it believes everybody, and everybody can reach it.
    """

    server: "RunningServer"
    because: tuple[Known[Any], ...]
    matters: bool = False
    is_open: bool = False

    @property
    def place(self) -> Place:
        """The command."""
        return self.server.place


def distrusts_of(container: "Container") -> Iterator[Distrust]:
    """The web server of a container that a proxy passes requests to."""
    server = next((each for each in container.servers if each.is_web and each.is_certain), None)
    if server is None or not _has_setting(server):
        return
    proxy = _proxy(container)
    if proxy is None:
        return
    trusted, heeds = server.forwarded_allow_ips, server.proxy_headers
    if isinstance(trusted, Unknown) or not isinstance(heeds, Known) or not heeds.value:
        return
    fact = Known(trusted.value, trusted.places, trusted.confidence, trusted.says)
    addresses = [each.strip() for each in (trusted.value or "").split(",")]
    if all(address in _ITSELF for address in addresses):
        yield Distrust(server, (fact, proxy), matters=_asks(container))
    elif "*" in addresses and container.service and container.service.published_to_all:
        port = container.service.published_to_all[0]
        published = Known(None, port.value.origins, says="its own port is published too")
        yield Distrust(server, (fact, published), is_open=True)


def _has_setting(server: "RunningServer") -> bool:
    """Whether it is one of the servers that rewrite requests for an application of Starlette."""
    if server.name not in _SERVERS:
        return False
    if server.name == "gunicorn":
        worker = server.worker_class
        if not isinstance(worker, Known) or "uvicorn" not in (worker.value or ""):
            return False
    served = server.served.application
    return isinstance(served, Known) and served.value.framework in _FRAMEWORKS


def _proxy(container: "Container") -> Known[Any] | None:
    """The proxy that passes on who asked, to be cited; None when there is none for sure."""
    file_set = container.file_set
    for other in file_set.containers if file_set is not None else ():
        for each in other.network.proxied:
            found = each.container
            if not isinstance(found, Known) or found.value is not container:
                continue
            headers = (each.passed.level.header("proxy_set_header", name) for name in _HEADERS)
            if any(isinstance(header, Known) and header.value is not None for header in headers):
                return each.fact
        if other.base.facts.product == "traefik" and _is_routed(container):
            assert other.service is not None
            place = other.service.place
            return Known(None, (place,), says=f"Traefik runs as {other.service.name}")
    return None


def _is_routed(container: "Container") -> bool:
    """Whether labels make Traefik pass requests to it."""
    labels = container.service.labels if container.service is not None else {}
    return any(name.startswith("traefik.http.routers.") for name in labels)


def _asks(container: "Container") -> bool:
    for running in container.code.running:
        files = running.application.python_files
        paths = (path for path in running.application.files if path in running.application.runtime)
        if any(True for _ in files.with_text(_USE, paths, _USES)):
            return True
    return False
