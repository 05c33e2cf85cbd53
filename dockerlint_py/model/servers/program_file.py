"""The file of the repository that a Python program runs."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.container_files import file_in
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.programs.invocation import Invocation

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container


def program_file(container: "Container", invocation: Invocation) -> Fact[str]:
    """The Python file of the repository that an invocation runs."""
    program = invocation.program
    if program.interpreter != "python":
        return Unknown("it is no Python file")
    if program.script is not None:
        names = [program.script.value]
        if program.script.dynamic:
            return Unknown("which file is run is not known")
    elif program.module:
        path = program.module.replace(".", "/")
        names = [f"{path}/__main__.py", f"{path}.py"]
    else:
        return Unknown("it runs no file")
    return _first_file(container, invocation, names)


def _first_file(container: "Container", invocation: Invocation, names: list[str]) -> Fact[str]:
    cwd = invocation.cwd
    if isinstance(cwd, Unknown):
        return Unknown(cwd.why)
    for name in names:
        found = file_in(container, joined(cwd.value, name))
        if isinstance(found, Unknown):
            return Unknown(found.why, None, found.places)
        if found.value is not None:
            return Known(found.value.path, found.places)
    return Unknown("the file is not found in the repository")
