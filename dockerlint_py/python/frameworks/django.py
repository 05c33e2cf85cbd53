"""Django settings as a running process would have them."""

from functools import cached_property

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.python.evaluate import Evaluator, Value
from dockerlint_py.python.evaluate.operators import contains
from dockerlint_py.python.evaluate.results import Python, from_python, to_fact
from dockerlint_py.python.evaluate.values import NOWHERE, Items, Mapping, Plain, Rest, Unresolved
from dockerlint_py.python.frameworks.unseen_settings import unseen_setter
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

DEFAULTS: dict[str, object] = {
    "ALLOWED_HOSTS": [],
    "APPEND_SLASH": True,
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    "CHANNEL_LAYERS": {},
    "CORS_ALLOWED_ORIGINS": [],
    "CORS_ALLOWED_ORIGIN_REGEXES": [],
    "CORS_ALLOW_ALL_ORIGINS": False,
    "CORS_ALLOW_CREDENTIALS": False,
    "CORS_ALLOW_METHODS": ["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"],
    "CSRF_TRUSTED_ORIGINS": [],
    "DATABASES": {},
    "DEBUG": False,
    "INSTALLED_APPS": [],
    "LOCALE_PATHS": [],
    "LOGGING": {},
    "MEDIA_ROOT": "",
    "MEDIA_URL": "",
    "MIDDLEWARE": [],
    "MIGRATION_MODULES": {},
    "PREPEND_WWW": False,
    "REST_FRAMEWORK": {},
    "SECRET_KEY": "",
    "SECURE_PROXY_SSL_HEADER": None,
    "SECURE_REDIRECT_EXEMPT": [],
    "SECURE_SSL_REDIRECT": False,
    "SESSION_ENGINE": "django.contrib.sessions.backends.db",
    "STATICFILES_DIRS": [],
    "STATIC_ROOT": None,
    "STATIC_URL": None,
    "USE_X_FORWARDED_HOST": False,
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
    "USE_I18N": True,
}
"""Django's (5.2) and django-cors-headers' (4.9) own values of settings that rules ask for."""
ALIASES = {
    "CORS_ALLOWED_ORIGINS": "CORS_ORIGIN_WHITELIST",
    "CORS_ALLOW_ALL_ORIGINS": "CORS_ORIGIN_ALLOW_ALL",
    "CORS_ALLOWED_ORIGIN_REGEXES": "CORS_ORIGIN_REGEX_WHITELIST",
}
"""Older names that are still read: the older one wins, as in django-cors-headers."""


class Setting(NamedTuple):
    """A setting: its value, the fact, and where it was set last (None for a default)."""

    name: str
    value: Value
    fact: Fact[Python]
    place: Place | None

    @property
    def is_default(self) -> bool:
        """Whether no settings module sets it."""
        return self.place is None


class Item(NamedTuple):
    """One item of a list setting, with the place of its own literal where there is one."""

    text: str
    place: Place | None


class DjangoSettings:
    """The settings that one module gives under the environment of an evaluator."""

    def __init__(self, evaluator: Evaluator, path: str) -> None:
        self.evaluator = evaluator
        self.path = path
        self.frame = evaluator.module(path)

    @cached_property
    def unseen(self) -> str | None:
        """Why settings that no assignment gives may be set all the same; None when none may."""
        return unseen_setter(self.evaluator.graph, self.path)

    def get(self, name: str) -> Setting:
        """A setting, or the framework's own value of it."""
        actual = ALIASES.get(name, name)
        for candidate in (actual, name):
            value = self.frame.names.get(candidate)
            if value is not None:
                place = self.frame.places.get(candidate)
                return Setting(candidate, value, to_fact(candidate, value), place)
        if name in DEFAULTS and self.unseen is not None:
            default: Value = Unresolved(self.unseen)
            fact: Fact[Python] = Unknown(self.unseen)
        elif name in DEFAULTS:
            default = from_python(DEFAULTS[name], NOWHERE)
            fact = to_fact(name, default)
        else:
            default = Unresolved("no settings module sets it")
            fact = Unknown(f"nothing sets {name}")
        return Setting(name, default, fact, None)

    def has(self, name: str) -> bool | None:
        """Whether some settings module sets it; None when that is not known."""
        return True if name in self.frame.names else None if self.unseen else False

    def includes(self, name: str, item: str) -> bool | None:
        """Whether a list setting has an item; None when that is unknown."""
        return contains(self.get(name).value, Plain(item))

    def items(self, name: str) -> tuple[Item, ...] | None:
        """The strings of a list setting in order; None when some are unknown."""
        value = self.get(name).value
        values = value.values if isinstance(value, Items) else None
        if values is None:
            return None
        return tuple(
            Item(item.value, next(iter(item.origin.places), None))
            for item in values
            if isinstance(item, Plain) and isinstance(item.value, str)
        )

    def known_items(self, name: str) -> tuple[Item, ...]:
        """The strings that a list setting has for certain, even if there may be others."""
        value = self.get(name).value
        if not isinstance(value, Items):
            return ()
        return tuple(
            Item(item.value, next(iter(item.origin.places), None))
            for item in value.items
            if not isinstance(item, Rest)
            and isinstance(item, Plain)
            and isinstance(item.value, str)
        )

    def entry(self, name: str, *keys: str) -> Fact[Python]:
        """A value inside a dict setting; `Known(None)` where the dict has no such key."""
        value = self.get(name).value
        label = name
        for key in keys:
            label += f"[{key!r}]"
            if isinstance(value, Mapping) and key in value.entries:
                value = value.entries[key]
            elif isinstance(value, Mapping) and not value.is_open:
                return Known(None, value.origin.places, says=f"{label} is not set")
            else:
                return Unknown(f"{label} is not known", places=value.origin.places)
        return to_fact(label, value)

    def has_entry(self, name: str, *keys: str) -> bool:
        """Whether a dict setting is known to have a value there, which may be None."""
        value = self.get(name).value
        for key in keys:
            if not isinstance(value, Mapping) or key not in value.entries:
                return False
            value = value.entries[key]
        return True

    def keys(self, name: str) -> tuple[str, ...]:
        """The known keys of a dict setting."""
        value = self.get(name).value
        entries = value.entries if isinstance(value, Mapping) else {}
        return tuple(key for key in entries if isinstance(key, str))
