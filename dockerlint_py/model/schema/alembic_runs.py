"""Where a run of Alembic looks for its configuration and its environment."""

import re
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Source
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

_CONFIG_OPTIONS = ("-c", "--config")
_FOLDER_OPTIONS = ("-d", "--directory")
_LOCATION = regex(r"^script_location[ \t]*[=:][ \t]*([^\n]*)", re.MULTILINE)


class AlembicRun(NamedTuple):
    """One run: the path of its configuration in the container, and the folder of its `env.py`.

    Either is unknown when it cannot be told, the folder also when the configuration is not read.
    """

    config: Fact[str]
    environment: Fact[str]


def alembic_run(container: "Container", invocation: Invocation) -> AlembicRun:
    """What `alembic`, or `flask db`, reads."""
    if invocation.name == "flask":
        folder = _path(invocation, _option(invocation, _FOLDER_OPTIONS, Known("migrations")))
        return AlembicRun(_below(folder, "alembic.ini"), folder)
    variable = invocation.env.get("ALEMBIC_CONFIG")
    default: Fact[str] = Known("alembic.ini")
    if isinstance(variable, Unknown):
        default = Unknown(variable.why)
    elif variable.value:
        default = Known(variable.value, variable.places)
    config = _path(invocation, _option(invocation, _CONFIG_OPTIONS, default))
    if isinstance(config, Unknown):
        return AlembicRun(config, config)
    source = container.source_of(config.value, Known("/"))
    if source is None:
        return AlembicRun(config, Unknown(f"{config.value} is not read"))
    return AlembicRun(config, _path(invocation, _location(source, config.value)))


def _option(invocation: Invocation, names: tuple[str, ...], default: Fact[str]) -> Fact[str]:
    words = invocation.program.arguments
    for number, word in enumerate(words):
        name, equals, value = word.value.partition("=")
        if name not in names:
            continue
        given = word if equals else words[number + 1] if number + 1 < len(words) else None
        if given is None or given.dynamic:
            return Unknown("it is known only when the container starts")
        return Known(value if equals else given.value, (given.place,))
    return default


def _path(invocation: Invocation, path: Fact[str]) -> Fact[str]:
    if isinstance(path, Unknown):
        return path
    if path.value.startswith("/"):
        return path._replace(value=joined("/", path.value))
    if isinstance(invocation.cwd, Unknown):
        return invocation.cwd
    return path._replace(value=joined(invocation.cwd.value, path.value))


def _below(folder: Fact[str], name: str) -> Fact[str]:
    return (
        folder if isinstance(folder, Unknown) else folder._replace(value=f"{folder.value}/{name}")
    )


def _location(source: Source, path: str) -> Fact[str]:
    """`script_location`, which is relative to where Alembic is started."""
    found = list(_LOCATION.finditer(source.text))
    if len(found) != 1:
        return Unknown(f"{source.path} does not say where the migrations are")
    value = found[0][1].strip(" \t\r").replace("%(here)s", path.rpartition("/")[0])
    if not value or "%(" in value or ":" in value:
        return Unknown(f"it is not known which folder {value} is")
    return Known(value, (source.place(*found[0].span()),), says=f"script_location is {value}")
