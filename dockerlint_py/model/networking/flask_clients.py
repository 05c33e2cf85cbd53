"""Flask behind a proxy: where its code takes the proxy for the client, and http for the scheme."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.networking.forwarding import (
    Distrust,
    handles_headers,
    proxy_of,
    trusts_itself_only,
)
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.code.python_files import PythonFiles
    from dockerlint_py.model.code.running_code import RunningCode
    from dockerlint_py.model.servers.server import RunningServer

_WORDS = ("remote_addr", "get_remote_address", "_external", "is_secure")
_USE = regex(rf"\b(?:{'|'.join(_WORDS)})\b")
_REQUEST = "flask.request"
_LIMITERS = ("flask_limiter.util.get_remote_address",)
_WORKERS = ("gevent", "gthread", "sync")
"""gunicorn's workers for WSGI: they leave the address alone, and take the scheme of the trusted."""


def flask_distrusts(server: "RunningServer") -> Iterator[Distrust]:
    """The uses of the address or the scheme of a request that nothing corrects."""
    container, worker = server.container, server.worker_class
    if server.name != "gunicorn" or not isinstance(worker, Known) or worker.value not in _WORKERS:
        return
    client = proxy_of(container, "x-forwarded-for")
    scheme = _misses_tls(server)
    if (client is None and scheme is None) or handles_headers(container):
        return
    for running in container.code.running:
        for name, place in _uses(running):
            if name in ("url_for", "is_secure"):
                why = f"`{name}` takes https for http: nothing heeds what the proxy says of it"
                because = scheme
            else:
                why = f"`{name}` is the address of the proxy: nothing applies ProxyFix"
                because = client
            if because is not None:
                yield Distrust(place, why, (because, server.fact()), matters=True)


def _misses_tls(server: "RunningServer") -> Known[object] | None:
    """The proxy that takes TLS off, and tells so to a server that does not believe it."""
    trusted = server.forwarded_allow_ips
    if not isinstance(trusted, Known) or not trusts_itself_only(trusted):
        return None
    return proxy_of(server.container, "x-forwarded-proto", with_tls=True)


def _uses(running: "RunningCode") -> Iterator[tuple[str, Place]]:
    """What asks for the address or the scheme of a request, by its name: the first in each file."""
    application = running.application
    files = application.python_files
    paths = (path for path in application.files if path in application.runtime)
    for path in files.with_text(_USE, paths, _WORDS):
        found: dict[str, Place] = {}
        for name, place in _uses_in(files, path):
            found.setdefault(name, place)
        yield from found.items()


def _uses_in(files: "PythonFiles", path: str) -> Iterator[tuple[str, Place]]:
    from dockerlint_py.python.expressions import Const
    from dockerlint_py.python.resolve import imported_path
    from dockerlint_py.python.routing.mentions import FileIndex
    from dockerlint_py.python.routing.reading import Unreadable

    facts, source = files.facts(path), files.source(path)
    for site in facts.calls_to("flask.url_for"):
        external = site.call.keyword("_external")
        if isinstance(external, Const) and external.value is True:
            yield "url_for", source.place(site.call.start, site.call.end)
    try:
        index = FileIndex(files.modules, path)
    except Unreadable:
        return
    for item in facts.imports:
        named = imported_path(item)
        for mention in index.mentions(item.binds) if named in (_REQUEST, *_LIMITERS) else ():
            start = mention.start
            if named in _LIMITERS:
                yield "get_remote_address", source.place(start, start + len(item.binds))
            elif mention.attribute in ("is_secure", "remote_addr"):
                end = source.text.index(mention.attribute, start) + len(mention.attribute)
                yield mention.attribute, source.place(start, end)
