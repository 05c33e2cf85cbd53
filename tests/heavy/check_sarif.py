"""Microsoft's validator, with GitHub's ingestion rules, finds nothing to say about our SARIF.

    python tests/heavy/check_sarif.py Sarif.Multitool [PROJECT...]

Without projects, the bundled example is audited, and a project of hostile names.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
STRICT = ("--profile", "strict", "--no-ignores")
VARIANTS = ((), (*STRICT, "--sarif-suppressed", "--sarif-category", "all"))


def main() -> None:
    """Validates both variants of every project's report, and names what was complained about."""
    multitool, *given = sys.argv[1:]
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        projects = [Path(path) for path in given] or [ROOT / "examples" / "shop", hostile(work)]
        complaints = [
            f"{project}: {complaint}"
            for project in projects
            for variant in VARIANTS
            for complaint in validate(multitool, report(project, variant, work), work)
        ]
    found = "\n".join(complaints) or f"{len(projects)} projects, nothing to complain about"
    sys.stdout.write(f"{found}\n")
    raise SystemExit(bool(complaints))


def hostile(work: Path) -> Path:
    """A project whose names are trouble in addresses, and whose text is trouble in messages."""
    project = work / "a [b](c) %20 #é"
    project.mkdir()
    (project / "Dockerfile").write_text(
        "FROM python:2.7 AS {0}\nENV API_TOKEN='](1) {1} ##[error]'\nEXPOSE 70000 \x1b[31m\n"
    )
    return project


def report(project: Path, options: tuple[str, ...], work: Path) -> Path:
    """The SARIF file of a project."""
    path = work / "report.sarif"
    command = [sys.executable, "-m", "dockerlint_py", "check", "--isolated", "--fail-on", "never"]
    output = ["--format", "concise", "--output", f"sarif={path}", "--", str(project)]
    subprocess.run([*command, *options, *output], check=True, stdout=subprocess.DEVNULL)
    return path


def validate(multitool: str, path: Path, work: Path) -> Iterator[str]:
    """What the validator says; its exit status is 0 even then."""
    findings = work / "findings.sarif"
    findings.unlink(missing_ok=True)
    options = ["--rule-kind", "Sarif;Ghas", "--log", "ForceOverwrite", "--output", str(findings)]
    command = [multitool, "validate", str(path), *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    for run in json.loads(findings.read_text("utf-8-sig"))["runs"]:
        for result in run["results"]:
            yield f"{result['ruleId']} {json.dumps(result['message'])}"


if __name__ == "__main__":
    main()
