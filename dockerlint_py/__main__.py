"""The console script; `python -m dockerlint_py` is the same."""

import gc
import os
import sys
from collections.abc import Mapping, Sequence

_OBJECTS_BETWEEN_COLLECTIONS = 100_000
"""The default of 700 makes imports alone start hundreds of collections that find nothing."""


def console() -> None:
    """Runs the command line, and leaves without taking the model apart first, as mypy does."""
    try:
        main()
    except SystemExit as end:
        if isinstance(end.code, int | None):
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(end.code or 0)
        raise


def main() -> None:
    """Runs the command line with a garbage collector that suits a short life."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    paths = plain_paths(sys.argv[1:], os.environ)
    if paths is None:
        from dockerlint_py.cli.commands import main as command

        command(prog_name="dockerlint-py")
    else:
        from dockerlint_py.cli.check import check_plainly

        sys.exit(check_plainly(paths))


def plain_paths(arguments: Sequence[str], environment: Mapping[str, str]) -> Sequence[str] | None:
    """The paths of `check PATH...`; None when there is more to read than paths.

    Click takes as long to import as many a Dockerfile to audit, and has nothing to do for this:
    docs/decisions/0003-check-without-click.md. It also finds the files that `*` means on Windows.
    """
    has_options = any(argument.startswith("-") for argument in arguments)
    completes = "_DOCKERLINT_PY_COMPLETE" in environment
    if has_options or completes or os.name == "nt" or list(arguments[:1]) != ["check"]:
        return None
    return arguments[1:]


if __name__ == "__main__":
    console()
