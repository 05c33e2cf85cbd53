"""The hosts that TrustedHostMiddleware lets an application answer for."""

from dockerlint_py.facts import Known
from dockerlint_py.python.evaluate.results import to_fact
from dockerlint_py.python.routing.fastapi import FastApiRoutes
from dockerlint_py.python.routing.reading import Reader
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

_MIDDLEWARE = (
    "fastapi.middleware.trustedhost.TrustedHostMiddleware",
    "starlette.middleware.trustedhost.TrustedHostMiddleware",
)


class TrustedHosts(NamedTuple):
    """The patterns that are given to the middleware; `place` is the call that adds it."""

    patterns: tuple[str, ...]
    place: Place
    says: str

    def refuses(self, host: str) -> bool:
        """Whether a request for a host is answered with 400."""
        wanted = host.lower()
        return not any(_fits(pattern.lower(), wanted) for pattern in self.patterns)


def _fits(pattern: str, host: str) -> bool:
    """Whether a pattern lets a host in, or leads to one that is let in."""
    same = pattern in ("*", host, f"www.{host}")
    return same or (pattern.startswith("*") and host.endswith(pattern[1:]))


def trusted_hosts_of(reader: Reader, routes: FastApiRoutes) -> tuple[TrustedHosts, ...]:
    """What is given to the middleware of an application whose routes were read."""
    found = []
    for each in routes.middleware:
        expr = each.site.call.keyword("allowed_hosts")
        if each.name not in _MIDDLEWARE or expr is None or each.site.guard >= 0:
            continue
        value = reader.value(each.path, expr, each.site.scope, each.site.guard)
        fact = to_fact("allowed_hosts", value)
        if isinstance(fact, Known) and isinstance(fact.value, list | tuple):
            place = reader.place(each.path, each.site.call.start, each.site.call.end)
            found.append(TrustedHosts(tuple(map(str, fact.value)), place, fact.says))
    return tuple(found)
