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


class CorsMisorder(NamedTuple):
    """What is wrong; `before` is the middleware that stands too early, empty for a missing one."""

    before: str
    place: Place


def cors_misorders_of(settings: "Settings") -> Iterator[CorsMisorder]:
    """The mistakes in one settings module."""
    known = [item.text for item in settings.items("MIDDLEWARE")]
    if CORS_MIDDLEWARE in known:
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


def _answering_alone(settings: "Settings") -> Iterator[str]:
    """Middleware that answers some requests without those after it, and without CORS headers."""
    redirects = (settings.get(name) for name in _REDIRECTS)
    if any(isinstance(fact, Known) and fact.value for fact in redirects):
        yield _COMMON
    header = settings.get(_OWN_HEADER)
    if isinstance(header, Known) and not header.value and settings.has(_OWN_HEADER):
        yield _WHITENOISE
