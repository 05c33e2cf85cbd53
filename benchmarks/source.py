"""Compares a whole run of dockerlint-py over a checkout with ruff over its Python files.

ruff looks for what is nearest to the rules about source: asserts, prints, security, blocking calls.
Without folders, the tree of make_tree.py is made and measured. See README.md beside this file.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from make_tree import make_tree
from timing import find, measure, report, version_of

RULES = "S101,T20,S1,S6,ASYNC"


def main() -> int:
    """Prints a table for each folder; 1 when a ratio or the memory is above its limit."""
    options = parse_arguments()
    ours, ruff = find(options.dockerlint), find(options.ruff)
    for command in (ours, ruff):
        print(f"{command}: {version_of(command)}")
    with tempfile.TemporaryDirectory() as made:
        if not options.folders:
            make_tree(Path(made, "shop"))
        folders = options.folders or [Path(made, "shop")]
        within = [fits(folder, ours, ruff, options) for folder in folders]
    return int(not all(within))


def fits(folder: Path, ours: str, ruff: str, options: argparse.Namespace) -> bool:
    """Measures one folder."""
    print(f"\n{folder}: {sum(1 for _ in folder.rglob('*.py'))} Python files")
    pairs = measure(
        [ours, "check", "--isolated", str(folder)],
        [ruff, "check", "--no-cache", "--isolated", "--quiet", "--select", RULES, str(folder)],
        options.runs,
    )
    ratio = report(("dockerlint-py", "ruff"), pairs)
    memory = statistics.median(run.memory for run, _ in pairs) / 1e6
    return ratio <= options.limit and memory <= options.memory


def parse_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="checkouts")
    parser.add_argument("--dockerlint", default="dockerlint-py", help="our console script")
    parser.add_argument("--ruff", default="ruff", help="ruff's")
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each program")
    parser.add_argument("--limit", type=float, default=4, help="the largest ratio of CPU times")
    parser.add_argument("--memory", type=float, default=200, help="the most memory, in MB")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
