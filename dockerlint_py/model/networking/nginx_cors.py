"""CORS headers that nginx adds."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.code.cors import CorsPolicy

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.nginx import Directive, Level

NGINX = "nginx"
_ORIGIN = "access-control-allow-origin"
_CREDENTIALS = "access-control-allow-credentials"
_METHODS = "access-control-allow-methods"


def cors_in_nginx(container: "Container") -> Iterator[CorsPolicy]:
    """The headers of each level that adds any, or inherits them."""
    nginx = container.nginx
    if isinstance(nginx, Unknown) or nginx.value is None:
        return
    for server in nginx.value.servers:
        for level in server.walk():
            policy = _of_level(level)
            if policy is not None:
                yield policy


def _of_level(level: "Level") -> CorsPolicy | None:
    added = level.effective("add_header")
    headers = {_name(each): each for each in added.value} if isinstance(added, Known) else {}
    origin = headers.get(_ORIGIN)
    if origin is None:
        return None
    value = _value(origin)
    fact: Fact[str] = Unknown("it depends on the request")
    if not origin.dynamic:
        fact = Known(value, (origin.place,), says=f"Access-Control-Allow-Origin is {value}")
    wildcard: Fact[str | None] = Unknown("it depends on the request")
    if isinstance(fact, Known):
        wildcard = Known(fact.value if value == "*" else None, fact.places, says=fact.says)
    given = _value(headers[_CREDENTIALS]) if _CREDENTIALS in headers else ""
    places = (headers[_CREDENTIALS].place,) if _CREDENTIALS in headers else ()
    credentials = Known(
        given == "true", places, says=f"Access-Control-Allow-Credentials is {given}"
    )
    methods = _value(headers[_METHODS]).split(",") if _METHODS in headers else []
    names = [name.strip(" ") for name in methods]
    return CorsPolicy(NGINX, wildcard, credentials, fact, Known(list(names)), origin.place)


def _name(header: "Directive") -> str:
    return header.values[0].lower() if header.values else ""


def _value(header: "Directive") -> str:
    return header.values[1] if len(header.values) > 1 else ""
