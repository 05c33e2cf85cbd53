"""CORS headers that both nginx and the application behind it add to one answer."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.model.code.cors import CORS_MIDDLEWARE, wrong_part
from dockerlint_py.nginx import Directive, Level
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.code.settings import Settings
    from dockerlint_py.model.container import Container

_ORIGIN = "access-control-allow-origin"
_ALWAYS_SENT = ("$http_origin", '"$http_origin"')
"""Variables that have a value whenever a browser asks across origins."""


class DoubledHeader(NamedTuple):
    """An `add_header` of nginx, and what else sends the header."""

    place: Place
    because: tuple[Known[Any], ...]


def doubled_headers(front: "Container") -> Iterator[DoubledHeader]:
    """The places where nginx adds what the application has sent already."""
    for proxied in front.network.proxied:
        found = proxied.container
        behind = found.value if isinstance(found, Known) else None
        sender = next(_senders(behind), None) if behind is not None else None
        if sender is None or proxied.passed.kind != "proxy_pass":
            continue
        for added in _added(proxied.passed.level):
            yield DoubledHeader(added.place, (sender, proxied.fact))


def _added(level: Level) -> Iterator[Directive]:
    """The headers that nginx adds to what it got from the application."""
    for each in (level, *level.levels):
        if each is not level and (each.kind != "if" or each.own("return")):
            continue
        headers, hidden = each.effective("add_header"), each.effective("proxy_hide_header")
        if isinstance(headers, Unknown) or isinstance(hidden, Unknown):
            continue
        if any(_names_origin(directive) for directive in hidden.value):
            continue
        yield from (h for h in headers.value if _names_origin(h) and _is_sent(h))


def _names_origin(directive: Directive) -> bool:
    return bool(directive.args) and directive.values[0].lower() == _ORIGIN


def _is_sent(directive: Directive) -> bool:
    """Whether the header has a value for sure: nginx leaves out one that is empty."""
    value = directive.args[1] if len(directive.args) > 1 else None
    return (
        value is not None and bool(value.text) and (not value.dynamic or value.text in _ALWAYS_SENT)
    )


def _senders(behind: "Container") -> Iterator[Known[None]]:
    """What makes the application answer browsers of other origins."""
    for settings in behind.code.settings:
        yield from _in_settings(settings)
    for running in behind.code.running:
        for policy in running.application.coded_cors:
            named = policy.origins.value if isinstance(policy.origins, Known) else ()
            if (isinstance(policy.wildcard, Known) and policy.wildcard.value) or _has_origin(named):
                yield Known(None, (policy.place,), says=f"{policy.mechanism} sends it as well")


def _in_settings(settings: "Settings") -> Iterator[Known[None]]:
    if settings.includes("MIDDLEWARE", CORS_MIDDLEWARE) is not True:
        return
    for name in ("CORS_ALLOW_ALL_ORIGINS", "CORS_ALLOWED_ORIGINS"):
        fact = settings.get(name)
        if isinstance(fact, Known) and (fact.value is True or _has_origin(fact.value)):
            yield Known(None, fact.places, says="django-cors-headers sends it as well")


def _has_origin(value: object) -> bool:
    """Whether an origin that browsers send is in a list."""
    items = value if isinstance(value, list | tuple) else ()
    return any(isinstance(item, str) and item and not wrong_part(item) for item in items)
