"""What an application allows browsers to do from other origins."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.code.running_code import RunningCode
    from dockerlint_py.model.code.settings import Settings
    from dockerlint_py.python.evaluate import Evaluator
    from dockerlint_py.python.evaluate.results import Python
    from dockerlint_py.python.frameworks.middleware import Cors

STARLETTE_CORS = "CORSMiddleware"
_SET_UP_WORDS = (STARLETTE_CORS, "flask_cors")
_SET_UP = regex(rf"\b(?:{'|'.join(_SET_UP_WORDS)})\b")
_ANY_REGEX = (".*", "^.*$", ".+", "https?://.*", "^https?://.*$")
CORS_MIDDLEWARE = "corsheaders.middleware.CorsMiddleware"
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_DJANGO = "django"
_TRUSTED = "CSRF_TRUSTED_ORIGINS"
_REGEX_OF_FLASK = frozenset("*\\]?$^[()")
"""An origin with one of these is a regular expression to Flask-CORS."""
_SPECIAL_ORIGINS = ("null", "file://")
"""Origins that django-cors-headers takes as they are."""


class CorsPolicy(NamedTuple):
    """CORS of one mechanism. `wildcard` is how it lets every origin in; None when it does not.

    `origins` are the origins that it names, where they are written; `methods` what they may do.
    """

    mechanism: str
    wildcard: Fact[str | None]
    credentials: "Fact[Python]"
    origins: "Fact[Python]"
    methods: "Fact[Python]"
    place: Place

    @property
    def only_reads(self) -> bool:
        """Whether other origins may do nothing but read, or it is not known what they may do."""
        given = self.methods.value if isinstance(self.methods, Known) else []
        names = given if isinstance(given, list | tuple) else [given]
        return all(isinstance(name, str) and name.upper() in _READS for name in names)


def cors_of(code: "RunningCode") -> tuple[CorsPolicy, ...]:
    """What the code and the settings of an application say under a container's environment."""
    settings = cors_in_settings(code.settings) if code.settings is not None else None
    in_code = cors_in_code(code.application, code.evaluator)
    return (*in_code, settings) if settings is not None else in_code


def cors_in_code(application: "Application", evaluator: "Evaluator") -> tuple[CorsPolicy, ...]:
    """The CORS that code sets up for Starlette's family and for Flask."""
    from dockerlint_py.python.frameworks.middleware import cors_in

    files = application.python_files
    found = []
    for path in files.with_text(_SET_UP, application.files, _SET_UP_WORDS):
        for cors in cors_in(evaluator, path):
            of = _of_starlette if cors.mechanism == "Starlette" else _of_flask
            found.append(of(application, cors))
    return tuple(found)


def cors_in_settings(settings: "Settings") -> CorsPolicy | None:
    """The CORS that Django settings give the middleware of django-cors-headers; None without it."""
    place = settings.place_of("CORS_ALLOW_ALL_ORIGINS")
    middleware = any(item.text == CORS_MIDDLEWARE for item in settings.items("MIDDLEWARE"))
    if place is None or not middleware:
        return None
    fact = settings.get("CORS_ALLOW_ALL_ORIGINS")
    wildcard: Fact[str | None] = Unknown("CORS_ALLOW_ALL_ORIGINS is not known")
    if isinstance(fact, Known):
        text = "CORS_ALLOW_ALL_ORIGINS" if fact.value else None
        wildcard = Known(text, fact.places, says=fact.says)
    credentials = settings.get("CORS_ALLOW_CREDENTIALS")
    origins = settings.get("CORS_ALLOWED_ORIGINS")
    methods = settings.get("CORS_ALLOW_METHODS")
    return CorsPolicy("django-cors-headers", wildcard, credentials, origins, methods, place)


def _of_starlette(application: "Application", cors: "Cors") -> CorsPolicy:
    del application
    origins, regex = cors.option("allow_origins"), cors.option("allow_origin_regex")
    wildcard: Fact[str | None] = Unknown("the origins are not known")
    if isinstance(origins, Known) and _holds_star(origins.value):
        wildcard = Known("allow_origins", origins.places, says=origins.says)
    elif isinstance(regex, Known) and regex.value in _ANY_REGEX:
        wildcard = Known("allow_origin_regex", regex.places, says=regex.says)
    credentials = cors.option("allow_credentials")
    methods = cors.option("allow_methods")
    return CorsPolicy("CORSMiddleware", wildcard, credentials, origins, methods, cors.place)


def _of_flask(application: "Application", cors: "Cors") -> CorsPolicy:
    origins, credentials = cors.option("origins"), cors.option("supports_credentials")
    wildcard: Fact[str | None] = Unknown("the origins are not known")
    configured = any("CORS_ORIGINS" in application.python_files.text(p) for p in application.files)
    is_given = isinstance(origins, Known) and bool(origins.places)
    if isinstance(origins, Known) and _holds_star(origins.value) and (is_given or not configured):
        wildcard = Known("origins", origins.places, says=origins.says)
    methods = cors.option("methods")
    return CorsPolicy("Flask-CORS", wildcard, credentials, origins, methods, cors.place)


def _holds_star(value: "Python") -> bool:
    return "*" in value if isinstance(value, list | tuple) else value == "*"


class WrongOrigin(NamedTuple):
    """An origin that no request can have, and what is wrong with it.

    `stops_django` tells that Django's system checks refuse it, so that commands do not start.
    """

    text: str
    why: str
    place: Place
    stops_django: bool


def wrong_origins_of(application: "Application") -> tuple[WrongOrigin, ...]:
    """The wrong origins of the settings and of the code."""
    found: dict[tuple[Place, str], WrongOrigin] = {}
    for settings in application.settings:
        refused = (*_refused_by_django(settings), *_untrusted(application, settings))
        found.update({(wrong.place, wrong.text): wrong for wrong in refused})
    for policy in application.coded_cors:
        for text in _unmatched(policy):
            place = policy.place
            found[place, text] = WrongOrigin(text, wrong_part(text), place, stops_django=False)
    return tuple(found.values())


def _refused_by_django(settings: "Settings") -> Iterator[WrongOrigin]:
    """What the checks E013 and E014 of django-cors-headers refuse."""
    if not any(item.text == "corsheaders" for item in settings.items("INSTALLED_APPS")):
        return
    whole, place = settings.get("CORS_ALLOWED_ORIGINS"), settings.place_of("CORS_ALLOWED_ORIGINS")
    if isinstance(whole, Known) and isinstance(whole.value, str) and whole.value and place:
        why = "is a text where a list is wanted"
        yield WrongOrigin(whole.value, why, place, stops_django=True)
    for item in settings.items("CORS_ALLOWED_ORIGINS"):
        why = wrong_part(item.text)
        if why:
            yield WrongOrigin(item.text, why, item.place, stops_django=True)


def _untrusted(application: "Application", settings: "Settings") -> Iterator[WrongOrigin]:
    """What Django's check 4_0.E001 refuses; before Django 4 there were hosts without a scheme."""
    images = (container.dependencies for container in application.containers)
    versions = [each.version or "" for image in images for each in image.distributions(_DJANGO)]
    if not versions or any(version.startswith(("1.", "2.", "3.")) for version in versions):
        return
    whole, place = settings.get(_TRUSTED), settings.place_of(_TRUSTED)
    if isinstance(whole, Known) and isinstance(whole.value, str) and whole.value and place:
        why = "is a text where a list is wanted"
        yield WrongOrigin(whole.value, why, place, stops_django=True)
    for item in settings.items(_TRUSTED):
        if "://" not in item.text:
            yield WrongOrigin(item.text, "has no scheme", item.place, stops_django=True)


def wrong_part(origin: str) -> str:
    """What makes an origin invalid, in words; empty when it is an origin."""
    from urllib.parse import urlsplit

    if origin in _SPECIAL_ORIGINS:
        return ""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return "is no URL"
    if not parts.scheme or not parts.netloc:
        return "has no scheme and host"
    if parts.path or parts.query or parts.fragment:
        return "has more than a scheme, a host and a port"
    return ""


def _unmatched(policy: CorsPolicy) -> tuple[str, ...]:
    """The origins in code that no browser sends: they are compared as they stand."""
    origins = policy.origins
    if not isinstance(origins, Known):
        return ()
    given = origins.value if isinstance(origins.value, list | tuple) else [origins.value]
    texts = [item for item in given if isinstance(item, str)]
    if policy.mechanism == "Flask-CORS":
        texts = [text for text in texts if _REGEX_OF_FLASK.isdisjoint(text)]
    elif policy.mechanism != "CORSMiddleware" or not isinstance(origins.value, list | tuple):
        return ()
    return () if "*" in texts else tuple(item for item in texts if wrong_part(item))
