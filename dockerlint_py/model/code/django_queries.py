"""Calls of Django's ORM that go to the database, which Django refuses on an event loop."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.knowledge.blocking import (
    DJANGO_CONSUMERS,
    DJANGO_INSTANCE_METHODS,
    DJANGO_LAZY,
    DJANGO_QUERYSET_TERMINALS,
    DJANGO_SHORTCUTS,
)
from dockerlint_py.model.schema.django_classes import ModelClasses
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.records import CallSite
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    import re

    from dockerlint_py.model.application import Application

_ALLOWED = "DJANGO_ALLOW_ASYNC_UNSAFE"
_LAZY = rf"(?:\.(?:{'|'.join(sorted(DJANGO_LAZY))})\(\)){{0,20}}"
_MANAGER = r"(?:objects|_default_manager)"
_ONE = "get|create|first|last|earliest|latest"
_TERMINALS = "|".join(sorted(DJANGO_QUERYSET_TERMINALS))
_METHODS = "|".join(sorted(DJANGO_INSTANCE_METHODS))
_QUERY = regex(rf"(?P<model>.+?)\.{_MANAGER}{_LAZY}\.(?:{_TERMINALS})\Z")
_OF_OBJECT = regex(rf"(?P<model>.+?)(?:\.{_MANAGER}{_LAZY}\.a?(?:{_ONE}))?\(\)\.(?:{_METHODS})\Z")
_QUERYSET = regex(rf"(?P<model>.+?)\.{_MANAGER}{_LAZY}\Z")
_USERS = frozenset(
    {
        "django.contrib.auth.get_user_model()",
        *("django.contrib.auth.models.User", "django.contrib.auth.models.Group"),
    }
)
"""Models that Django itself brings."""
_LAST = DJANGO_QUERYSET_TERMINALS | DJANGO_INSTANCE_METHODS


class DjangoQueries:
    """Tells which calls of an application run a query at once."""

    def __init__(self, application: "Application") -> None:
        self._origins = application.origins
        self._files = application.python_files
        self._models = ModelClasses(application.python_files)
        self._are_used = bool(application.settings)
        self.are_allowed = _are_allowed(application) if self._are_used else Known(value=False)

    def runs(self, path: str, site: CallSite) -> bool:
        """Whether a call that nobody awaits goes to the database."""
        if not self._are_used:
            return False
        if site.path in DJANGO_SHORTCUTS:
            return True
        if site.path in DJANGO_CONSUMERS:
            return len(site.call.args) > 0 and self._is_queryset(path, site)
        if site.path.rpartition(".")[2] not in _LAST:
            return False
        made = self._origins.of(site.path, site.scope, path)
        return any(
            found is not None and self._is_model(made.file, found["model"])
            for found in (_QUERY.match(made.path), _OF_OBJECT.match(made.path))
        )

    def _is_queryset(self, path: str, site: CallSite) -> bool:
        """Whether the first argument of `list()` and the like is a queryset, not a manager."""
        names = self._origins.receivers(path).names
        given = names.path(path_of(site.call.args[0]), site.scope)
        if not given:
            return False
        made = self._origins.of(given, site.scope, path)
        found = _QUERYSET.match(made.path)
        is_made = found is not None and made.path.endswith("()")
        return is_made and found is not None and self._is_model(made.file, found["model"])

    def _is_model(self, file: str | None, model: str) -> bool:
        if model in _USERS:
            return True
        return file is not None and self._models.named(file, f"@{model}")


def _are_allowed(application: "Application") -> Fact[bool]:
    """Whether something turns the refusal off: queries run on the event loop then, and block it."""
    files = application.python_files
    word: re.Pattern[str] = regex(rf"\b{_ALLOWED}\b")
    if next(files.with_text(word, application.files, (_ALLOWED,)), None) is not None:
        return Known(value=True)
    facts = [container.start_env.get(_ALLOWED) for container in application.containers]
    if any(isinstance(fact, Known) and fact.value is not None for fact in facts):
        return Known(value=True)
    if facts and all(isinstance(fact, Known) for fact in facts):
        return Known(value=False)
    return Unknown(f"{_ALLOWED} may be set")
