"""What shows that an item of a deployment list is done, or that a container has no need of it.

Nothing found wrong is no proof: where nothing shows it either way, the item stays unknown.
"""

from collections.abc import Callable, Mapping

from dockerlint_py.facts import Fact, Unknown
from dockerlint_py.model.code.debugging import switched_off_for_flask
from dockerlint_py.model.code.signing_keys import signing_keys_of
from dockerlint_py.report.checklist_assets import static_files, translations
from dockerlint_py.report.checklist_items import FLASK
from dockerlint_py.report.checklist_schema import migrations
from dockerlint_py.report.checklist_subject import (
    DONE,
    MISSING,
    UNKNOWN,
    Subject,
    Verdict,
)

_OWN_PYTHON = "/usr/local/bin"
"""Where images of Python have theirs, into which pip installs without a word."""


def evidence(key: str, subject: Subject) -> Verdict:
    """What the model shows of an item; unknown where it shows nothing."""
    shown = _EVIDENCE[key](subject) if key in _EVIDENCE else None
    return shown or Verdict(UNKNOWN, "nothing wrong was found, and nothing shows that it is done")


def _server(subject: Subject) -> Verdict | None:
    server = subject.server
    if server.is_for_development or not server.is_certain:
        return None
    return Verdict(DONE, server.fact().says or server.name, (server.place,))


def _workers(subject: Subject) -> Verdict | None:
    workers = subject.server.workers
    if isinstance(workers, Unknown):
        return Verdict(UNKNOWN, workers.why, workers.places)
    if workers.value is None or workers.value < 2:
        return None
    return Verdict(DONE, f"{workers.value} workers", workers.places)


def _python(subject: Subject) -> Verdict:
    found = subject.container.python
    if isinstance(found, Unknown):
        return Verdict(UNKNOWN, found.why, found.places)
    if found.value is None or found.value.version is None:
        return Verdict(UNKNOWN, "which Python the image has is not known", found.places)
    return Verdict(DONE, found.value.title, found.places)


def _pip(subject: Subject) -> Verdict | None:
    found = subject.container.python
    if isinstance(found, Unknown) or found.value is None or found.value.managed:
        return None
    if found.value.folder != _OWN_PYTHON:
        return None
    return Verdict(DONE, f"{found.value.title} is the image's own, not the system's", found.places)


def _installed(subject: Subject) -> Verdict | None:
    installed = [i for i in subject.container.dependencies.installed if not i.is_conditional]
    if not installed:
        return None
    last = installed[-1]
    return Verdict(DONE, f"`{last.install.invocation.text}` is run", (last.place,))


def _debug(subject: Subject) -> Verdict | None:
    if subject.framework == FLASK:
        return _debug_of_flask(subject)
    for code in subject.code:
        if code.settings is None:
            continue
        value: Fact[object] = code.settings.get("DEBUG")
        if isinstance(value, Unknown):
            return Verdict(UNKNOWN, value.why, value.places)
        place = code.settings.place_of("DEBUG")
        places = (place,) if place is not None else value.places
        return Verdict(MISSING if value.value else DONE, f"DEBUG is {value.value}", places)
    return None


def _debug_of_flask(subject: Subject) -> Verdict | None:
    for code in subject.code:
        off = switched_off_for_flask(code)
        if off is not None and not subject.server.is_for_development:
            return Verdict(DONE, off.says, off.places)
    return None


def _secret(subject: Subject) -> Verdict | None:
    """A key that variables decide: each of them is set, or has no default."""
    keys = [key for code in subject.code for key in signing_keys_of(code)]
    names = [key.variables for key in keys]
    if not keys or not all(names):
        return None
    says = [f"{key.name} is read from {', '.join(key.variables)}" for key in keys]
    return Verdict(DONE, "; ".join(dict.fromkeys(says)), tuple(key.place for key in keys))


def _cors(subject: Subject) -> Verdict:
    for policy in subject.container.code.cors:
        return Verdict(DONE, f"{policy.mechanism} is set up", (policy.place,))
    why = "none was found; it is needed when pages of other origins ask this server"
    return Verdict(UNKNOWN, why)


_EVIDENCE: Mapping[str, Callable[[Subject], Verdict | None]] = {
    "server": _server,
    "workers": _workers,
    "python": _python,
    "pip": _pip,
    "installer": _installed,
    "dependencies": _installed,
    "debug": _debug,
    "secret": _secret,
    "cors": _cors,
    "static": static_files,
    "translations": translations,
    "migrations": migrations,
}
