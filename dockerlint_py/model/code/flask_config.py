"""`app.config["ENV"]`, which Flask neither sets nor reads any more since version 2.3."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.code.flask_env import new_flask_of
from dockerlint_py.python.expressions import Const
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.container import Container

_USED = regex(r"""\bconfig\[["']ENV["']\]""")
_SET = regex(r"""\bconfig\[["']ENV["']\][ \t]*=(?!=)""")
_MENTIONED = regex(r"""["']ENV["']|\bENV\b[ \t]*[:=]|\bconfig\.ENV\b""")
_LOADS = ("from_prefixed_env", "from_envvar", "from_pyfile", "from_file", "from_json")
"""Calls that take the configuration from files or variables."""
_CONFIGS = ("flask.Flask().config", "flask.app.Flask().config", "flask.current_app.config")
_TEMPLATES = (".py", ".html", ".j2", ".jinja", ".jinja2", ".txt", ".xml")


class FlaskConfigUse(NamedTuple):
    """A use of the value: it is set and nothing reads it, or it is read and nothing sets it."""

    place: Place
    flask: Known[str]
    is_read: bool


def flask_config_uses_of(container: "Container") -> Iterator[FlaskConfigUse]:
    """The uses in the applications of a container with a new Flask."""
    for running in container.code.running:
        application = running.application
        files = application.python_files
        paths = files.with_text(_USED, application.runtime, ("config[",))
        uses = [use for path in sorted(paths) for use in _uses(application, path)]
        flask = new_flask_of(container) if uses else None
        if flask is None:
            continue
        for place, is_read in uses:
            if _is_alone(application, is_read=is_read):
                yield FlaskConfigUse(place, flask, is_read)


def _uses(application: "Application", path: str) -> Iterator[tuple[Place, bool]]:
    """Where a module sets the value, or reads it without any precaution."""
    files = application.python_files
    facts, receivers = files.facts(path), files.env_reads.receivers(path)
    source = files.source(path)
    for item in facts.assignments:
        head, _, key = item.target.partition(".config[")
        if key == "'ENV']" and item.op == "=" and item.value is not None:
            named = receivers.names.path(head, item.scope)
            if f"{receivers.follow(named, item.scope)}.config" in _CONFIGS:
                yield source.place(item.start, item.end), False
    for read in facts.subscripts:
        key_is_env = isinstance(read.key, Const) and read.key.value == "ENV"
        tried = any(guard.kind in ("try", "except") for guard in facts.guards_of(read.guard))
        if key_is_env and not tried and receivers.follow(read.path, read.scope) in _CONFIGS:
            yield source.place(read.start, read.end), True


def _is_alone(application: "Application", *, is_read: bool) -> bool:
    """Whether nothing else in the repository reads the value, or sets it."""
    repository = application.repository
    for path in repository.text_files:
        if not path.endswith(_TEMPLATES):
            continue
        source = repository.snapshot.text(path)
        text = source.text if source is not None else ""
        if "ENV" not in text and not any(load in text for load in _LOADS):
            continue
        if is_read and any(load in text for load in _LOADS):
            return False
        known = len((_USED if is_read else _SET).findall(text))
        if is_read and _SET.search(text):
            return False
        if len(_MENTIONED.findall(text)) > known:
            return False
    return True
