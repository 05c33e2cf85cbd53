"""What the audit makes of real projects: a table of their Python files and of its findings.

Run `PYTHONPATH=.:rules python tests/heavy/survey.py FOLDER --today DATE` with a folder that holds
checkouts. Everything is counted per project: Python files that are never parsed (tests, migrations,
generated ones), templates, those that were analysed, and those that could not be; then the findings
of `dockerlint-py check` by severity. The exit status is 1 when an audit crashes, or when less than
99.9 % of the files that are to be parsed are analysed.
"""

import argparse
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from dockerlint_py.context import Snapshot
from dockerlint_py.python import ModuleKind
from dockerlint_py.python.kinds import PARSED
from dockerlint_py.python.modules import Modules

ANALYSED = 0.999
"""The least share of files that are analysed, of those that are neither templates nor left out."""


class PythonCount(NamedTuple):
    """The Python files of a project."""

    files: int
    left_out: int
    templates: int
    analysed: int
    failed: tuple[str, ...]


def main() -> int:
    """Prints both tables as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="holds one checkout in each folder")
    parser.add_argument("--today", required=True, help="the day that ends of life are judged on")
    options = parser.parse_args()
    checkouts = sorted(path for path in options.folder.iterdir() if path.is_dir())
    counts = {path.name: count_python(path) for path in checkouts}
    print_python(counts)
    trusted = [print_findings(path, options.today, first=not n) for n, path in enumerate(checkouts)]
    parsed = sum(count.analysed + len(count.failed) for count in counts.values())
    analysed = sum(count.analysed for count in counts.values())
    return int(analysed < ANALYSED * parsed or not all(trusted))


def count_python(checkout: Path) -> PythonCount:
    """Parses every file of a checkout that some rule may ask for."""
    modules = Modules(Snapshot.on_disk(checkout))
    kinds = Counter(modules.kind(path) for path in modules.paths)
    facts = {path: modules.facts(path) for path in modules.paths if modules.kind(path) in PARSED}
    problems = {path: each.problems[0] for path, each in facts.items() if each.problems}
    templates = [path for path, problem in problems.items() if problem.code == "template"]
    failed = tuple(
        f"{path}: {problem.message}" for path, problem in problems.items() if path not in templates
    )
    return PythonCount(
        len(modules.paths),
        sum(count for kind, count in kinds.items() if kind not in (*PARSED, ModuleKind.TEMPLATE)),
        len(templates) + kinds[ModuleKind.TEMPLATE],
        len(facts) - len(problems),
        failed,
    )


def print_python(counts: dict[str, PythonCount]) -> None:
    """One row for each project and one for all."""
    print("| project | Python files | not parsed by kind | templates | analysed | failed |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, count in counts.items():
        print(f"| {name} |", *(f"{part} |" for part in count[:4]), f"{len(count.failed)} |")
    sums = [sum(part) for part in zip(*(count[:4] for count in counts.values()), strict=True)]
    failed = [each for count in counts.values() for each in count.failed]
    print("| all |", *(f"{part} |" for part in sums), f"{len(failed)} |\n")
    print(*(f"- {each}" for each in failed), sep="\n")


def print_findings(checkout: Path, today: str, *, first: bool) -> bool:
    """One row with the findings of a project; whether the audit can be trusted."""
    command = [sys.executable, "-m", "dockerlint_py", "check", "--isolated", "--format", "json"]
    run = subprocess.run(
        [*command, "--today", today, str(checkout)], capture_output=True, text=True, check=False
    )
    if run.returncode not in (0, 1):
        print(f"\n{checkout.name}: exit status {run.returncode}: {run.stderr[-500:]}\n")
        return False
    report = json.loads(run.stdout)
    if first:
        print("| project | containers | error | warning | info | notes |")
        print("|---|---:|---:|---:|---:|---:|")
    summary = report["summary"]
    row = (len(report["containers"]), summary["error"], summary["warning"], summary["info"])
    print(f"| {checkout.name} |", *(f"{part} |" for part in row), f"{len(report['notes'])} |")
    return all(note["code"] != "crash" for note in report["notes"])


if __name__ == "__main__":
    sys.exit(main())
