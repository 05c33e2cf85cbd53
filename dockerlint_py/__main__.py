"""The console script; `python -m dockerlint_py` is the same."""

import gc

_OBJECTS_BETWEEN_COLLECTIONS = 100_000
"""The default of 700 makes imports alone start hundreds of collections that find nothing."""


def main() -> None:
    """Runs the command line with a garbage collector that suits a short life."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    from dockerlint_py.cli import main as command

    try:
        command(prog_name="dockerlint-py")
    finally:
        gc.freeze()  # else the interpreter looks through every object before it leaves


if __name__ == "__main__":
    main()
