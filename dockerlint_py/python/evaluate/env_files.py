"""Files of variables that code loads: `.env` for python-dotenv, django-environ and others."""

from typing import TYPE_CHECKING

from dockerlint_py.python.evaluate.invocation import Invocation
from dockerlint_py.python.evaluate.operators import plain_text
from dockerlint_py.python.evaluate.values import Items, Located, Made, Plain, PurePath, Value
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate.evaluator import Evaluator

_DEFAULT = ".env"
_PARAMETERS = ("dotenv_path", "env_file", "path")


class EnvFile(NamedTuple):
    """A file that is loaded if it is there: its base name, None when not known, and where.

    `path` is its path in the repository, where the code says that. `is_required` tells that the
    load raises without it.
    """

    name: str | None
    place: Place
    path: str | None = None
    is_required: bool = False


def load_file(call: Invocation) -> Value:
    """`load_dotenv()`, `Env.read_env()`: variables that are set already keep their values."""
    given = call.get(0) or next((call.keywords[n] for n in _PARAMETERS if n in call.keywords), None)
    call.run.load(EnvFile(_DEFAULT, call.place) if given is None else _named(given, call.place))
    return Plain(None)


def require_file(call: Invocation) -> Value:
    """`RepositoryEnv(".env")` of decouple, which opens the file."""
    given = call.get(0, "source")
    if given is not None:
        call.run.load(_named(given, call.place)._replace(is_required=True))
    return Made("decouple.RepositoryEnv", call.positional, call.keywords, call.origin, call.place)


def load_files_of_model(run: "Evaluator", given: Value | None) -> None:
    """`env_file` of a pydantic settings class: one name, or several."""
    if given is None or (isinstance(given, Plain) and given.value is None):
        return
    values = (given.values or (given,)) if isinstance(given, Items) else (given,)
    for value in values:
        for place in (*value.origin.places, *given.origin.places)[:1]:
            run.load(_named(value, place))


def _named(value: Value, place: Place) -> EnvFile:
    path = value.path if isinstance(value, Located | PurePath) else plain_text(value)
    name = None if path is None else path.rpartition("/")[2] or None
    return EnvFile(name, place, value.path if isinstance(value, Located) else None)
