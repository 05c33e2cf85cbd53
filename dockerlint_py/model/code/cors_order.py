"""Where the middleware of django-cors-headers stands among the others."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.code.cors import CORS_MIDDLEWARE
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.code.settings import Settings

_COMMON = "django.middleware.common.CommonMiddleware"
_REDIRECTS = ("APPEND_SLASH", "PREPEND_WWW")
_WHITENOISE = "whitenoise.middleware.WhiteNoiseMiddleware"
_OWN_HEADER = "WHITENOISE_ALLOW_ALL_ORIGINS"
_ORIGINS = (
    *("CORS_ALLOWED_ORIGINS", "CORS_ALLOWED_ORIGIN_REGEXES", "CORS_ALLOW_ALL_ORIGINS"),
    *("CORS_ORIGIN_WHITELIST", "CORS_ORIGIN_REGEX_WHITELIST", "CORS_ORIGIN_ALLOW_ALL"),
)
"""The settings that let origins in, and the names that they had before."""


class CorsMisorder(NamedTuple):
    """What is wrong; `before` is the middleware that stands too early, empty for a missing one."""

    before: str
    place: Place


def cors_misorders_of(settings: "Settings") -> Iterator[CorsMisorder]:
    """The mistakes in one settings module."""
    known = [item.text for item in settings.items("MIDDLEWARE")]
    if CORS_MIDDLEWARE in known and _lets_origins_in(settings):
        place = settings.items("MIDDLEWARE")[known.index(CORS_MIDDLEWARE)].place
        early = known[: known.index(CORS_MIDDLEWARE)]
        for name in _answering_alone(settings):
            if name in early:
                yield CorsMisorder(name, place)
                return
    whole = settings.all_items("MIDDLEWARE")
    if not whole or any("cors" in item.text.lower() for item in whole):
        return
    for item in settings.items("INSTALLED_APPS"):
        if item.text == "corsheaders":
            yield CorsMisorder("", item.place)


def _lets_origins_in(settings: "Settings") -> bool:
    """Whether some origin is let in: no header is sent otherwise, wherever the middleware stands.

    What has to come from the environment counts; what a branch or a default may leave out does not.
    """
    for name in _ORIGINS:
        fact = settings.get(name)
        if isinstance(fact, Known):
            lets_in = bool(fact.value)
        else:
            lets_in = settings.has(name) is True and fact.maybe is None
        if lets_in:
            return True
    return False


def _answering_alone(settings: "Settings") -> Iterator[str]:
    """Middleware that answers some requests without those after it, and without CORS headers."""
    redirects = (settings.get(name) for name in _REDIRECTS)
    if any(isinstance(fact, Known) and fact.value for fact in redirects):
        yield _COMMON
    header = settings.get(_OWN_HEADER)
    if isinstance(header, Known) and not header.value and settings.has(_OWN_HEADER):
        yield _WHITENOISE
