"""What requests share through the memory of a process, in applications that several serve."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.python.expressions import Const
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.code.settings import Settings
    from dockerlint_py.model.code.web_processes import Crowd, WebProcesses

_LIMITERS = ("flask_limiter.Limiter", "slowapi.Limiter", "slowapi.extension.Limiter")
_LIMITER = regex(r"\bLimiter\b")
_STORAGE = regex(r"RATELIMIT_STORAGE_UR[IL]|from_prefixed_env")
"""How the configuration of Flask and the environment of slowapi name a shared storage."""
_STORAGES = ("RATELIMIT_STORAGE_URI", "RATELIMIT_STORAGE_URL")
_IN_MEMORY = "memory://"
_LOCMEM = "django.core.cache.backends.locmem.LocMemCache"
_IN_CACHE = "django.contrib.sessions.backends.cache"
_CHANNELS = "channels.layers.InMemoryChannelLayer"
_HANDLED = regex(r"^[ \t]*@\w{1,60}\.(?:route|get|post|put|patch|delete)\(", re.MULTILINE)
_MEMO = regex(r"cache|memo|registry|pool|client|lock", re.IGNORECASE)
"""Names of what may differ between processes without harm."""


class SplitState(NamedTuple):
    """Something that each process has for itself, and what comes of that.

    `is_sure`: it is meant to be shared; what a handler changes may only look like it.
    """

    effect: str
    place: Place
    crowd: "Crowd"
    is_sure: bool = True


def split_states_of(processes: "WebProcesses") -> Iterator[SplitState]:
    """Rate limits, sessions, messages, and names of modules that handlers change."""
    crowd = processes.crowds[0]
    yield from _limiters(processes, crowd)
    for settings in processes.application.production_settings:
        yield from _of_django(settings, crowd)
    yield from _of_handlers(processes, crowd)


def _limiters(processes: "WebProcesses", crowd: "Crowd") -> Iterator[SplitState]:
    application = processes.application
    files = application.python_files
    env = crowd.server.invocation.env
    named = (env.get(name) for name in _STORAGES)
    if not all(isinstance(fact, Known) and fact.value is None for fact in named):
        return
    paths = [*files.with_text(_LIMITER, application.files, ("Limiter",))]
    if paths and any(_STORAGE.search(files.text(path)) for path in application.files):
        return
    for path in paths:
        for site in files.facts(path).calls_to(*_LIMITERS) if path in application.runtime else ():
            storage = site.call.keyword("storage_uri")
            hidden = any(each.name in (None, "enabled") for each in site.call.keywords)
            known = isinstance(storage, Const) and storage.value == _IN_MEMORY
            if known or (storage is None and not hidden):
                place = files.source(path).place(site.call.start, site.call.end)
                yield SplitState("counts requests for itself: its limits multiply", place, crowd)


def _of_django(settings: "Settings", crowd: "Crowd") -> Iterator[SplitState]:
    layer = settings.entry("CHANNEL_LAYERS", "default", "BACKEND")
    place = settings.place_of("CHANNEL_LAYERS")
    if isinstance(layer, Known) and layer.value == _CHANNELS and place:
        where = layer.places[0] if layer.places else place
        yield SplitState(
            "has a channel layer of its own, and misses the others' messages", where, crowd
        )
    backend = settings.entry("CACHES", "default", "BACKEND")
    if not isinstance(backend, Known) or backend.value != _LOCMEM:
        return
    engine, place = settings.get("SESSION_ENGINE"), settings.place_of("SESSION_ENGINE")
    if isinstance(engine, Known) and engine.value == _IN_CACHE and place:
        yield SplitState("has sessions of its own in LocMemCache, and logs users out", place, crowd)
    throttles = settings.entry("REST_FRAMEWORK", "DEFAULT_THROTTLE_CLASSES")
    if isinstance(throttles, Known) and throttles.value and throttles.places:
        effect = "counts requests for itself in LocMemCache: throttles multiply"
        yield SplitState(effect, throttles.places[0], crowd)


def _of_handlers(processes: "WebProcesses", crowd: "Crowd") -> Iterator[SplitState]:
    """Lists, dicts and sets of modules that request handlers change."""
    from dockerlint_py.python.frameworks.routes import handlers_in
    from dockerlint_py.python.frameworks.state import shared_state

    application = processes.application
    files = application.python_files
    for path in files.with_text(_HANDLED, application.files, ("@",)):
        if path not in application.runtime:
            continue
        facts = files.facts(path)
        scopes = [(h.function.start, h.function.end) for h in handlers_in(facts)]
        for state in shared_state(facts) if scopes else ():
            inside = any(start <= state.start < end for start, end in scopes)
            if inside and not _MEMO.search(state.name):
                place = files.source(path).place(state.start, state.end)
                effect = f"has a {state.name} of its own, which requests change"
                yield SplitState(effect, place, crowd, is_sure=False)
