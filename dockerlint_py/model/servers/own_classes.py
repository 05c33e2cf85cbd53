"""Worker classes of gunicorn that a project writes itself."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.servers.target import Target

if TYPE_CHECKING:
    from dockerlint_py.model.servers.server import RunningServer


def base_of_own_class(server: "RunningServer", name: str) -> Known[str] | None:
    """The dotted name of what a class of the repository is made of, at the import of it.

    A class with several bases is left alone.
    """
    from dockerlint_py.python.notation import path_of
    from dockerlint_py.python.receivers import Receivers

    module, _, class_name = name.rpartition(".")
    file = server.served.file_of(Target(module, None)) if module else None
    if not isinstance(file, Known):
        return None
    files, path = server.container.repository.python_files, file.value.path
    if path not in files.modules.known or not files.is_understood(path):
        return None
    facts = files.facts(path)
    found = [each for each in facts.classes if each.name == class_name and len(each.bases) == 1]
    if len(found) != 1:
        return None
    dotted = Receivers(facts).names.path(path_of(found[0].bases[0]), found[0].scope)
    imported = (each for each in facts.imports if dotted.startswith(f"{each.module}."))
    line = next(imported, None)
    if line is None or line.level:
        return None
    place = file.value.place(line.start, line.end)
    return Known(dotted, (place,), says=f"{class_name} of {path} is made of it")
