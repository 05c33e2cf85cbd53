"""Times whole processes in turn, so that a busy machine slows all of them down alike.

For Linux and macOS.
"""

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple


class Run(NamedTuple):
    """One process: seconds on the clock, of processor time, and its largest memory in bytes."""

    wall: float
    cpu: float
    memory: int


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


def measure(first: Sequence[str], second: Sequence[str], runs: int) -> list[tuple[Run, Run]]:
    """Runs two commands in turn; the first pair, which fills the caches, is not counted."""
    return [(run(first), run(second)) for _ in range(runs + 1)][1:]


def run(command: Sequence[str]) -> Run:
    """Runs a command; findings are no failure, everything else is."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)}: exit status {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit)


def report(names: tuple[str, str], pairs: Sequence[tuple[Run, Run]]) -> float:
    """Prints the medians, and the medians of the paired ratios; that of CPU times is returned."""
    print(f"{'':>16} {'wall ms':>9} {'cpu ms':>9} {'MB':>6}")
    for name, runs in zip(names, zip(*pairs, strict=True), strict=True):
        wall, cpu, memory = (statistics.median(part) for part in zip(*runs, strict=True))
        print(f"{name:>16} {wall * 1e3:>9.0f} {cpu * 1e3:>9.0f} {memory / 1e6:>6.0f}")
    wall = statistics.median(ours.wall / theirs.wall for ours, theirs in pairs)
    cpu = statistics.median(ours.cpu / theirs.cpu for ours, theirs in pairs)
    print(f"{'ratio':>16} {wall:>9.2f} {cpu:>9.2f}\n")
    return cpu
