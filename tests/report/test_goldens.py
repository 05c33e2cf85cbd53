"""What the reports look like, to the byte."""

import json
from pathlib import Path

import pytest

from dockerlint_py.cli.streams import paint
from dockerlint_py.engine.identity import fingerprints
from dockerlint_py.engine.run import Outcome
from dockerlint_py.report.formats import FORMATS
from dockerlint_py.report.options import DEFAULT, ReportOptions
from dockerlint_py.testing import project

GOLDEN = Path(__file__).parents[1] / "golden" / "report"
REPORTS = {
    "text.txt": ("text", DEFAULT),
    "coloured.txt": ("text", ReportOptions(paint=paint)),
    "suppressed.txt": ("text", ReportOptions(quiet=True, show_suppressed=True)),
    "concise.txt": ("concise", DEFAULT),
    "report.json": ("json", DEFAULT),
    "report.sarif": ("sarif", DEFAULT),
    "github.txt": ("github", DEFAULT),
    "gitlab.json": ("gitlab", DEFAULT),
    "junit.xml": ("junit", DEFAULT),
    "markdown.md": ("markdown", DEFAULT),
    "report.html": ("html", ReportOptions(show_suppressed=True)),
}


@pytest.mark.parametrize("name", REPORTS)
def test_report(name: str, outcome: Outcome) -> None:
    format_, options = REPORTS[name]
    assert FORMATS[format_].render(outcome, options) == (GOLDEN / name).read_bytes().decode()


def test_every_format_has_a_golden() -> None:
    assert {format_ for format_, _ in REPORTS.values()} == set(FORMATS)


def test_json_has_the_fields_of_the_contract(outcome: Outcome) -> None:
    document = json.loads(FORMATS["json"].render(outcome, DEFAULT))
    assert list(document) == [
        "schema", "tool", "root", "findings", "notes", "containers", "summary",
    ]  # fmt: skip
    for finding in document["findings"]:
        assert list(finding) == [
            "rule", "name", "severity", "confidence", "message", "because", "role", "containers",
            "location", "related", "fix", "fingerprint", "suppressed",
        ]  # fmt: skip
        assert list(finding["location"]) == ["path", "line", "column", "end_line", "end_column"]
        assert len(finding["fingerprint"]) == 40
    assert list(document["containers"][0]) == ["id", "role", "evidence", "image"]
    summary = document["summary"]
    assert list(summary) == ["error", "warning", "info", "suppressed", "baselined", "files"]


def test_fingerprints_are_unique_and_survive_a_move() -> None:
    dockerfile = "FROM a\nEXPOSE 70000 80000\nEXPOSE 70000\n"

    def prints(text: str) -> list[str]:
        problems = project({"Dockerfile": text}).check("NET003").outcome.problems
        return fingerprints(problems)

    before = prints(dockerfile)
    assert len(set(before)) == len(before) == 3
    assert prints("# a comment\n\n" + dockerfile) == before
