"""`FLASK_ENV`, which Flask does not read any more since version 2.3."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

VARIABLE = "FLASK_ENV"
_MINOR = regex(r"(\d{1,4})\.(\d{1,4})")
_REMOVED_IN = (2, 3)
"""https://flask.palletsprojects.com/en/stable/changes/#version-2-3-0"""


class DeadFlaskEnv(NamedTuple):
    """A variable without effect: its value, where it is set, and what brings Flask.

    `is_needed` tells that it was meant to switch debugging, and nothing else does.
    """

    value: str
    place: Place
    flask: Known[str]
    is_needed: bool


def dead_flask_env_of(container: "Container") -> DeadFlaskEnv | None:
    """The variable in the environment of a container that has a Flask which does not read it."""
    fact = container.env.get(VARIABLE)
    if not isinstance(fact, Known) or not fact.value or not fact.places:
        return None
    found = container.dependencies.distributions("flask")
    if not found or not all(_ignores_it(each.version) for each in found) or _is_read(container):
        return None
    debug = container.env.get("FLASK_DEBUG")
    needed = isinstance(debug, Known) and debug.value is None
    return DeadFlaskEnv(fact.value, fact.places[0], found[0].fact(), needed)


def _ignores_it(version: str | None) -> bool:
    """Whether a version is new enough; what is left open is the newest one."""
    if version is None:
        return True
    minor = _MINOR.match(version)
    return minor is not None and (int(minor[1]), int(minor[2])) >= _REMOVED_IN


def _is_read(container: "Container") -> bool:
    """Whether code or a script of the repository mentions it."""
    files = container.repository.python_files
    scripts = (script.place.source.text for script in container.process.scripts)
    texts = (*(files.text(path) for path in files.paths), *scripts)
    return any(VARIABLE in text for text in texts)
