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


_HANDLED = ("ProxyHeadersMiddleware", "ProxyFix", "REMOTE_ADDR", "access_route")
_HANDLES = regex(rf"{'|'.join(_HANDLED)}|(?i:x[-_](?:forwarded|real)|forwarded[-_]for)")
"""Code that finds out by itself who asked."""


class Distrust(NamedTuple):
    """What takes a proxy for the client, or believes what everybody claims, and why in words.

    `matters` when code asks for the client.
    """

    place: Place
    why: str
    because: tuple[Known[Any], ...]
    matters: bool = False


def distrusts_of(container: "Container") -> Iterator[Distrust]:
    """What is wrong with the web server of a container that a proxy passes requests to."""
    server = next((each for each in container.servers if each.is_web and each.is_certain), None)
    served = server.served.application if server is not None else None
    if server is None or not isinstance(served, Known):
        return
    if served.value.framework == "Flask":
        from dockerlint_py.model.networking.flask_clients import flask_distrusts

        yield from flask_distrusts(server)
    elif _has_setting(server):
        yield from _of_server(server)


def _of_server(server: "RunningServer") -> Iterator[Distrust]:
    container, service = server.container, server.container.service
    proxy = proxy_of(container)
    trusted, heeds = server.forwarded_allow_ips, server.proxy_headers
    if proxy is None or isinstance(trusted, Unknown):
        return
    if not isinstance(heeds, Known) or not heeds.value:
        return
    fact = Known(trusted.value, trusted.places, trusted.confidence, trusted.says)
    addresses = [each.strip() for each in (trusted.value or "").split(",")]
    if trusts_itself_only(trusted):
        if not handles_headers(container):
            why = "the server takes the proxy for the client: it does not trust its headers"
            yield Distrust(server.place, why, (fact, proxy), matters=_asks(container))
    elif "*" in addresses and service is not None and service.published_to_all:
        published = service.published_to_all[0].value.origins
        because = (fact, Known(None, published, says="its own port is published too"))
        why = "clients can claim any address: everybody is trusted, the port is published"
        yield Distrust(server.place, why, because)


def trusts_itself_only(trusted: Known[str | None]) -> bool:
    """Whether a server believes only what comes from its own container."""
    addresses = (trusted.value or "").split(",")
    return all(address.strip() in _ITSELF for address in addresses)


def handles_headers(container: "Container") -> bool:
    """Whether code of the container may look at the headers of proxies by itself."""
    for running in container.code.running:
        files = running.application.python_files
        if any(True for _ in files.with_text(_HANDLES, running.application.files)):
            return True
    return False


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


def proxy_of(container: "Container", *headers: str, with_tls: bool = False) -> Known[Any] | None:
    """The proxy that passes on one of some headers, to be cited; None when there is none for sure.

    `with_tls`: one that is known to speak TLS with browsers.
    """
    file_set = container.file_set
    for other in file_set.containers if file_set is not None else ():
        for each in other.network.proxied if other is not container else ():
            found, level = each.container, each.passed.level
            if not isinstance(found, Known) or found.value is not container:
                continue
            if with_tls and not (level.server and any(one.ssl for one in level.server.listens)):
                continue
            sent = (level.header("proxy_set_header", name) for name in headers or _HEADERS)
            if any(isinstance(header, Known) and header.value is not None for header in sent):
                return each.fact
        if other.base.facts.product == "traefik" and _is_routed(container) and not with_tls:
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
