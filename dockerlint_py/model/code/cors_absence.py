"""APIs that no browser client of another origin can use: nothing sets up CORS for them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.context import paths
from dockerlint_py.facts import Known, Unknown
from dockerlint_py.model.finding import Role
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.container import Container

_MECHANISM = regex(r"(?i:cors|access-control-allow|accesscontrolallow)")
"""What sets CORS up mentions it: a library, a header, a plugin of a proxy."""
_PAGES = regex(
    r"\b(?:Jinja2Templates|TemplateResponse|HTMLResponse|TemplateView|render_template"
    r"|TemplateHTMLRenderer|StaticFiles)\b|\brender\("
)
_JSON = regex(r"\b(?:jsonify|flask_restful|flask_restx|flask_smorest|apiflask)\b")
_CLIENT_VARIABLE = regex(r"\A(?:FRONTEND|CLIENT)_(?:URL|HOST|ORIGIN)\Z|CORS_.{0,20}ORIGINS?\Z")
_SAME_ORIGIN = regex(r"\b(?:proxy|rewrites|createProxyMiddleware)\b")
_APIS = frozenset({"FastAPI", "Starlette", "Litestar"})
_PROXIES = frozenset({"caddy", "envoy", "haproxy", "nginx", "traefik"})


class CorsAbsence(NamedTuple):
    """An API without CORS; `client` is the evidence of a browser client on another origin."""

    place: Place
    client: Known[str] | None


def cors_absences_of(application: "Application") -> Iterator[CorsAbsence]:
    """The application objects of an API, one for a project."""
    served = [each for each in application.containers if each.role in (Role.PROD, Role.UNKNOWN)]
    place = _api(application) if served else None
    if place is None or _is_set_up(application, served):
        return
    clients = [client for each in served for client in _clients(each)]
    yield CorsAbsence(place, clients[0] if clients else None)


def _api(application: "Application") -> Place | None:
    """The object that makes it an API, if it answers with data and not with pages."""
    from dockerlint_py.python.frameworks.applications import applications_in

    files = application.python_files
    texts = [files.text(path) for path in application.files]
    if any(_PAGES.search(text) for text in texts):
        return None
    for settings in application.settings:
        for item in settings.items("INSTALLED_APPS"):
            if item.text == "rest_framework":
                return item.place
    for path in application.entries:
        for found in applications_in(files.modules, files.facts(path)):
            framework = found.kind.framework
            is_json = framework == "Flask" and any(_JSON.search(text) for text in texts)
            if framework in _APIS or is_json:
                return found.place
    return None


def _is_set_up(application: "Application", served: "list[Container]") -> bool:
    """Whether code, settings or a proxy may set CORS up, or the API is behind its pages' proxy."""
    files = application.python_files
    understood = all(not files.facts(path).problems for path in application.entries)
    if not understood or any(_MECHANISM.search(files.text(path)) for path in application.files):
        return True
    return any(_is_proxied(container) for container in served)


def _is_proxied(container: "Container") -> bool:
    for other in container.file_set.containers if container.file_set is not None else ():
        base = other.base
        may_be = isinstance(base.image, Unknown) or base.facts.product in _PROXIES
        if other is not container and may_be:
            return True
    return bool(container.network.callers)


def _clients(container: "Container") -> Iterator[Known[str]]:
    """Front ends that are published beside it, and variables that name their origins."""
    for name in container.env.names():
        fact = container.env.get(name)
        if _CLIENT_VARIABLE.search(name) and fact.places:
            yield Known(name, fact.places[:1], says=f"{name} names another origin")
    for other in container.file_set.containers if container.file_set is not None else ():
        service, folder = other.service, _front_end(other)
        if service is not None and service.ports and folder is not None:
            says = f"service {service.name} is a front end with a port of its own"
            yield Known(folder, (other.place,), says=says)


def _front_end(container: "Container") -> str | None:
    """The folder that a service is built from, if it is one of JavaScript that asks by itself."""
    service = container.service
    build = service.build if service is not None else None
    if build is None or not isinstance(build.context, Known) or build.context.value is None:
        return None
    snapshot = container.repository.snapshot
    folder = paths.inside("", build.context.value)
    if folder is None or not snapshot.is_file(paths.join(folder, "package.json")):
        return None
    for name in snapshot.entries(folder):
        if name == "package.json" or ".config." in name:
            source = snapshot.text(paths.join(folder, name))
            if source is not None and _SAME_ORIGIN.search(source.text):
                return None
    return folder
