"""Files of variables that code loads in a container, and that are not there."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.programs.startups import Startup
    from dockerlint_py.python.evaluate.env_files import EnvFile

_ESSENTIAL = regex(
    r"(?:\A|_)(?:DATABASE|DATABASE_URL|DB|MYSQL|PASSWD|PASSWORD|POSTGRES|SECRET_KEY)(?:_|\Z)"
)
"""Variables that no feature can be switched off with: without them something is wrong."""


class AbsentEnvFile(NamedTuple):
    """A file that is loaded and absent; `names` are variables that nothing sets then.

    `raises` tells that the load itself fails without the file.
    """

    file: str
    names: tuple[str, ...]
    place: Place
    program: Known[str]
    raises: bool


def absent_env_files_of(container: "Container") -> Iterator[AbsentEnvFile]:
    """What the programs of a service load; whoever starts an image alone may mount the file."""
    if container.service is None:
        return
    for startup in container.code.startups:
        for file in startup.evaluator.env_files:
            if file.name is not None and not startup.may_exist(file):
                yield from _absent(startup, file, file.name)


def _absent(startup: "Startup", file: "EnvFile", name: str) -> Iterator[AbsentEnvFile]:
    names = () if file.is_required else _unset(startup)
    if names or file.is_required:
        program = startup.invocation.fact()
        yield AbsentEnvFile(name, names, file.place, program, file.is_required)


def _unset(startup: "Startup") -> tuple[str, ...]:
    """The essential variables that are read without a default, and that nothing sets."""
    from dockerlint_py.python.evaluate.values import Plain

    raised = {name for failure in startup.failures for name in failure.variables}
    found: dict[str, None] = {}
    for read in startup.evaluator.reads:
        default = read.default
        none = default is None or (isinstance(default, Plain) and default.value is None)
        if read.state == "unset" and none and _ESSENTIAL.search(read.name):
            found[read.name] = None
    return tuple(name for name in found if name not in raised)
