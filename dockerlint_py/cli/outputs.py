"""`--output FORMAT=FILE`: further reports of the same run."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from dockerlint_py.engine.errors import UserError
from dockerlint_py.report.formats import FORMATS


class Output(NamedTuple):
    """A report into a file."""

    format: str
    path: Path

    def write(self, report: str) -> None:
        """Replaces the file as a whole; raises `UserError` when that cannot be done."""
        from dockerlint_py.report.write import write_atomically

        try:
            write_atomically(self.path, report)
        except OSError as error:
            raise UserError(f"--output: {self.path}: {error.strerror}") from error


def read_outputs(values: Iterable[str], root: Path) -> list[Output]:
    """What the options ask for; raises `UserError` for what cannot be meant."""
    outputs: dict[Path, Output] = {}
    for value in values:
        format_, equals, name = value.partition("=")
        if not equals or not name or format_ not in FORMATS:
            raise UserError(f"--output: expected FORMAT=FILE ({', '.join(FORMATS)}), got {value!r}")
        path = Path(name)
        check_stays_inside(path, root, "--output")
        if outputs.setdefault(path.absolute(), Output(format_, path)).format != format_:
            raise UserError(f"--output: two reports into {name}")
    return list(outputs.values())


def check_stays_inside(path: Path, root: Path, what: str) -> None:
    """Raises `UserError` for a path in the project that a symbolic link leads out of it.

    The link is the project's own, so what lies behind it is not what the user named.
    """
    written = Path(os.path.abspath(path))
    if written.is_relative_to(root) and not path.parent.resolve().is_relative_to(root):
        raise UserError(f"{what}: {path}: a symbolic link leads out of {root}")
