"""Django behind nginx: what it takes the host and the scheme of a request for."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.context import paths
from dockerlint_py.facts import Confidence, Fact, Known, Unknown
from dockerlint_py.nginx import Directive, Level, Pass
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.code.settings import Settings
    from dockerlint_py.model.container import Container

CSRF = "django.middleware.csrf.CsrfViewMiddleware"
ADMIN = "django.contrib.admin"
CHECKS_ORIGIN = 4
"""The first version of Django that compares `Origin` with `Host`."""

_STANDARD = ("80", "443")
_FORWARDED = "x-forwarded-proto"


class BrokenForms(NamedTuple):
    """Why Django refuses what browsers post, and where; `is_certain` in any deployment."""

    place: Place
    why: str
    because: tuple[Known[Any], ...]
    is_certain: bool


class SchemeTrouble(NamedTuple):
    """What Django gets wrong about HTTPS: `kind` is `spoofed`, `endless` or `never`."""

    kind: str
    place: Place
    because: tuple[Known[Any], ...]
    is_certain: bool


class _Proxied(NamedTuple):
    """A Django of another container behind a `proxy_pass`."""

    front: "Container"
    passed: Pass
    behind: "Container"
    settings: "Settings"

    @property
    def server(self) -> Level | None:
        return self.passed.level.server

    @property
    def has_tls(self) -> bool:
        """Whether the server of nginx speaks TLS."""
        return self.server is not None and any(each.ssl for each in self.server.listens)

    @property
    def fact(self) -> Known[str]:
        place = self.passed.directive.place
        return Known(place.text, (place,), says=f"nginx passes requests on: `{place.text}`")

    @property
    def django(self) -> Known[str] | None:
        """The Django that is installed, if it is known to compare `Origin` with `Host`."""
        arrivals = self.behind.dependencies.arrivals
        found = [arrival.installation.contents.get("django") for arrival in arrivals]
        known = [each for each in found if each is not None]
        if not known:
            return _in_manifest(self.settings)
        return known[0].fact() if all(each.is_since(CHECKS_ORIGIN) for each in known) else None

    @property
    def evidence(self) -> tuple[Known[Any], ...]:
        """What every finding about forms rests on."""
        return (self.fact,) if self.django is None else (self.fact, self.django)

    def header(self, name: str) -> Fact[Directive | None]:
        """The `proxy_set_header` that sets a header here."""
        return self.passed.level.header("proxy_set_header", name)


def _in_manifest(settings: "Settings") -> Known[str] | None:
    """What the manifest of the application asks for, where the installation is not understood."""
    repository, folder = settings.application.repository, settings.application.folder
    for name in ("pyproject.toml", "requirements.txt"):
        source = repository.snapshot.text(paths.join(folder, name))
        manifest = repository.manifest_files.manifest(source) if source is not None else None
        for requirement in manifest.main if manifest is not None else ():
            if requirement.name == "django" and requirement.versions.starts_at(CHECKS_ORIGIN):
                says = f"{requirement.place.path} asks for Django {requirement.versions.written}"
                return Known("django", (requirement.place,), says=says)
    return None


def _all_proxied(front: "Container") -> Iterator[_Proxied]:
    """The Djangos that nginx passes requests to, each `proxy_pass` once."""
    seen: set[tuple[Place, object]] = set()
    for proxied in front.network.proxied:
        found, passed = proxied.container, proxied.passed
        behind = found.value if isinstance(found, Known) else None
        if behind is None or passed.kind != "proxy_pass":
            continue
        settings = behind.code.settings
        if len(settings) == 1 and (passed.directive.place, behind) not in seen:
            seen.add((passed.directive.place, behind))
            yield _Proxied(front, passed, behind, settings[0])


def broken_forms(front: "Container") -> Iterator[BrokenForms]:
    """The `proxy_pass` behind which nobody can log in to Django's admin."""
    for each in _all_proxied(front):
        if _checks_origin(each) and _leads_to_admin(each.passed.level):
            yield from _wrong_host(each)
            yield from _unseen_tls(each)


def _checks_origin(each: _Proxied) -> bool:
    settings = each.settings
    has_admin = settings.includes("INSTALLED_APPS", ADMIN) is True
    if not has_admin or settings.includes("MIDDLEWARE", CSRF) is not True:
        return False
    if not _is(settings, "USE_X_FORWARDED_HOST", value=False):
        return False
    return each.django is not None


def _leads_to_admin(level: Level) -> bool:
    """Whether it passes on everything, or the admin under its usual path."""
    if level.kind == "server":
        return True
    path = level.values[-1] if level.values else ""
    return level.kind == "location" and path in ("/", "/admin", "/admin/", "^/admin")


def _is(settings: "Settings", name: str, *, value: object) -> bool:
    fact = settings.get(name)
    return isinstance(fact, Known) and fact.value == value


def _trusted_origins(settings: "Settings") -> tuple[str, ...] | None:
    fact = settings.get("CSRF_TRUSTED_ORIGINS")
    if not isinstance(fact, Known) or not isinstance(fact.value, list | tuple):
        return None
    return tuple(str(item) for item in fact.value)


def _wrong_host(each: _Proxied) -> Iterator[BrokenForms]:
    fact, trusted = each.header("host"), _trusted_origins(each.settings)
    if isinstance(fact, Unknown) or trusted is None:
        return
    header = fact.value
    value = header.values[1] if header is not None and len(header.args) > 1 else "$proxy_host"
    if value == "$proxy_host" and not trusted:
        place = (header or each.passed.directive).place
        target = each.passed.target
        sent = target.shown if target is not None else "another host"
        why = f"Django is told the host {sent}, and refuses what browsers post from another one"
        yield BrokenForms(place, why, each.evidence, is_certain=True)
    elif value == "$host" and header is not None and not _has_tls_before(each, trusted):
        port = _odd_port(each)
        if port is not None and not any(origin.endswith(f":{port.value}") for origin in trusted):
            why = f"$host leaves out the port {port.value}: Django refuses what browsers post"
            yield BrokenForms(header.place, why, (port, *each.evidence), is_certain=True)


def _has_tls_before(each: _Proxied, trusted: tuple[str, ...]) -> bool:
    """Whether settings show that something before nginx is what browsers talk to."""
    plain = _is(each.settings, "SECURE_PROXY_SSL_HEADER", value=None)
    return not plain or any(origin.startswith("https://") for origin in trusted)


def _odd_port(each: _Proxied) -> Known[str] | None:
    """The port by which browsers reach nginx, when it is none of the usual ones."""
    service = each.front.service
    ports = service.published_to_all if service is not None else ()
    numbers: list[Known[str]] = []
    for port in ports:
        number = port.published
        if isinstance(number, Unknown) or number.value is None or "-" in number.value:
            return None
        says = f"nginx is published on port {number.value}"
        numbers.append(Known(number.value, port.value.origins, number.confidence, says))
    if service is None or len(ports) < len(service.ports):
        return None
    if any(number.value in _STANDARD for number in numbers):
        return None
    return numbers[0] if numbers else None


def _unseen_tls(each: _Proxied) -> Iterator[BrokenForms]:
    """TLS ends at nginx, and Django compares an `Origin` of https with an address of http."""
    trusted = _trusted_origins(each.settings)
    if not each.has_tls or trusted is None or not _is_blind(each):
        return
    if not any(origin.startswith("https://") for origin in trusted):
        why = "Django does not see HTTPS, and refuses what browsers post"
        because = (*each.evidence, Known(None, says="SECURE_PROXY_SSL_HEADER is not set"))
        yield BrokenForms(each.passed.directive.place, why, because, is_certain=False)


def _is_blind(each: _Proxied) -> bool:
    """Whether neither Django nor its server heeds the header that tells the scheme."""
    if not _is(each.settings, "SECURE_PROXY_SSL_HEADER", value=None):
        return False
    servers = [server for server in each.behind.servers if server.is_web]
    trusted = [server.forwarded_allow_ips for server in servers]
    return bool(servers) and all(_trusts_itself_only(fact) for fact in trusted)


def _trusts_itself_only(fact: "Known[str | None] | Unknown[str | None]") -> bool:
    if isinstance(fact, Unknown):
        return False
    addresses = (fact.value or "127.0.0.1").split(",")
    return all(address.strip() in ("127.0.0.1", "::1") for address in addresses)


def scheme_troubles(front: "Container") -> Iterator[SchemeTrouble]:
    """What is amiss between nginx and Django's settings for HTTPS."""
    service = front.service
    for each in _all_proxied(front):
        if _loops(each):
            redirect = each.settings.place_of("SECURE_SSL_REDIRECT")
            if redirect is not None:
                yield SchemeTrouble("endless", redirect, (each.fact,), is_certain=True)
        elif service is not None and service.published_to_all:
            yield from _of_header(each)


def _loops(each: _Proxied) -> bool:
    target = each.passed.target
    redirects = _is(each.settings, "SECURE_SSL_REDIRECT", value=True)
    return redirects and target is not None and target.scheme == "http" and _is_blind(each)


def _of_header(each: _Proxied) -> Iterator[SchemeTrouble]:
    fact = each.settings.get("SECURE_PROXY_SSL_HEADER")
    name = fact.value[0] if isinstance(fact, Known) and isinstance(fact.value, list | tuple) else ""
    sent = each.header(_FORWARDED)
    if not isinstance(fact, Known) or name != "HTTP_X_FORWARDED_PROTO":
        return
    if isinstance(sent, Unknown):
        return
    header = sent.value
    cited = Known(None, fact.places, Confidence.CERTAIN, "SECURE_PROXY_SSL_HEADER trusts it")
    if header is None:
        place = each.passed.directive.place
        yield SchemeTrouble("spoofed", place, (cited, each.fact), is_certain=each.has_tls)
    elif header.values[1:] == ("$scheme",) and not each.has_tls:
        yield SchemeTrouble("never", header.place, (cited, each.fact), is_certain=False)
