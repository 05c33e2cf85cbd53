"""Nothing that an audited file says acts on a terminal, a CI runner or a page."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from dockerlint_py.engine.run import Outcome
from dockerlint_py.model.finding import Severity
from dockerlint_py.report.formats import FORMATS
from dockerlint_py.report.options import DEFAULT, ReportOptions

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")
EVERYTHING = ReportOptions(show_suppressed=True, sarif_suppressed=True)
ONE_LINE = ["file", "line", "endLine", "col", "endColumn", "title"]
SEVERAL_LINES = ["file", "line", "endLine", "title"]
OUR_COMMANDS = {"github": {"error", "warning", "notice", "group", "endgroup"}}


def commands(report: str) -> Iterator[str]:
    """The commands that the runners of GitHub, Azure and TeamCity find in a log."""
    for line in re.split(r"\r\n|\r|\n", report):
        yield from re.findall(r"^\s*::([^: ]+)", line)
        yield from re.findall(r"##([A-Za-z]*\[)", line)


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_holds_no_command_and_no_control(name: str, hostile: Outcome) -> None:
    report = FORMATS[name].render(hostile, EVERYTHING)
    assert not CONTROL.search(report)
    assert set(commands(report)) <= OUR_COMMANDS.get(name, set())


def test_a_github_command_has_the_file_that_it_is_about(hostile: Outcome) -> None:
    report = FORMATS["github"].render(hostile, DEFAULT)
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
    expected = Counter(words[problem.severity] for problem in hostile.open_problems)
    assert Counter(commands(report)) == {**expected, "group": 1, "endgroup": 1}
    for properties in re.findall(r"^::(?:error|warning|notice) (.*?)::", report, re.MULTILINE):
        keys = [item.partition("=")[0] for item in properties.split(",")]
        assert keys in (ONE_LINE, SEVERAL_LINES), properties


def shown_paths(name: str, document: Any) -> list[str]:
    if name == "gitlab":
        return [issue["location"]["path"] for issue in document]
    if name == "json":
        found = [f for f in document["findings"] if f["suppressed"] is None]
        return [finding["location"]["path"] for finding in found]
    places = [r["locations"][0]["physicalLocation"] for r in document["runs"][0]["results"]]
    return [unquote(p["artifactLocation"]["uri"]) for p in places]


@pytest.mark.parametrize("name", ["json", "gitlab", "sarif"])
def test_json_formats_are_ascii_and_still_name_the_file(name: str, hostile: Outcome) -> None:
    report = FORMATS[name].render(hostile, DEFAULT)
    assert report.isascii()
    paths = [problem.finding.at.path for problem in hostile.open_problems]
    if name == "sarif":  # an address is UTF-8
        paths = [path.encode("utf-8", "replace").decode() for path in paths]
    assert shown_paths(name, json.loads(report)) == paths


def test_junit_is_xml_whatever_the_files_are_called(hostile: Outcome) -> None:
    root = ElementTree.fromstring(FORMATS["junit"].render(hostile, DEFAULT))
    assert len(root.findall(".//failure")) == len(hostile.open_problems)
