"""`--output FORMAT=FILE`: further reports of the same run; what we write is written whole."""

import os
from collections.abc import Iterable
from pathlib import Path

from dockerlint_py.engine.errors import UserError
from dockerlint_py.record import NamedTuple
from dockerlint_py.report.formats import FORMATS


class Output(NamedTuple):
    """A report into a file."""

    format: str
    path: Path


def read_outputs(values: Iterable[str]) -> list[Output]:
    """What the options ask for; raises `UserError` for what cannot be meant."""
    outputs: dict[Path, Output] = {}
    for value in values:
        format_, equals, name = value.partition("=")
        if not equals or not name or format_ not in FORMATS:
            known = ", ".join(FORMATS)
            raise UserError(f"--output: expected FORMAT=FILE ({known}), got {value!r}")
        if name == "-":
            raise UserError("--output: standard output is what --format is for")
        output = Output(format_, Path(name))
        place = Path(os.path.abspath(name))
        if outputs.setdefault(place, output) is not output:
            raise UserError(f"--output: two reports into {name}")
    return list(outputs.values())


def write_file(path: Path, text: str, root: Path) -> None:
    """Replaces a file as a whole; raises `UserError` when that cannot be done.

    Symbolic links below `root` belong to the audited project: one that leads out of it is an error,
    and one in place of the file is replaced itself. Elsewhere links are followed, and what is no
    file, such as /dev/null, is written to.
    """
    from dockerlint_py.report.write import write_atomically

    named = Path(os.path.abspath(path))
    if not named.is_relative_to(root):
        named = named.resolve()
    elif not named.parent.resolve().is_relative_to(root):
        raise UserError(f"{path}: a symbolic link leads out of {root}")
    try:
        if named.is_relative_to(root) or named.is_file() or not named.exists():
            write_atomically(named, text)
        else:
            named.write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise UserError(f"{path}: {error.strerror}") from error
