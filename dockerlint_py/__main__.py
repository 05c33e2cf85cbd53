"""`python -m dockerlint_py` is the console script."""

from dockerlint_py.cli import main

if __name__ == "__main__":
    main(prog_name="dockerlint-py")
