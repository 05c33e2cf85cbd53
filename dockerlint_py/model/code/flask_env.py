"""`FLASK_ENV`, which Flask does not read any more since version 2.3."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.programs.start import names_at_start
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
    flask = new_flask_of(container)
    if flask is None or _is_read(container):
        return None
    debug = container.env.get("FLASK_DEBUG")
    needed = isinstance(debug, Known) and debug.value is None
    return DeadFlaskEnv(fact.value, fact.places[0], flask, needed)


def new_flask_of(container: "Container") -> Known[str] | None:
    """The Flask of a container, if it is one that knows neither the variable nor `ENV`."""
    found = container.dependencies.distributions("flask")
    if not found or not all(_ignores_it(each.version) for each in found):
        return None
    return found[0].fact()


def _ignores_it(version: str | None) -> bool:
    """Whether a version is new enough; what is left open is the newest one."""
    if version is None:
        return True
    minor = _MINOR.match(version)
    return minor is not None and (int(minor[1]), int(minor[2])) >= _REMOVED_IN


def _is_read(container: "Container") -> bool:
    """Whether code or a script of the repository mentions it, or loads all such variables."""
    files = container.repository.python_files
    texts = (files.text(path) for path in files.paths)
    return names_at_start(container, VARIABLE) or any(
        word in text for text in texts for word in (VARIABLE, "from_prefixed_env")
    )
