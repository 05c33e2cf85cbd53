"""Nothing that an audited file says acts on a terminal or a CI runner."""

import json
import re

import pytest

from dockerlint_py.engine.run import Outcome
from dockerlint_py.report import concise, text
from dockerlint_py.report import json as json_report

RENDER = {"text": text.render, "concise": concise.render, "json": json_report.render}
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("name", RENDER)
def test_a_report_holds_no_command(name: str, hostile: Outcome) -> None:
    report = RENDER[name](hostile)
    assert len(hostile.problems) >= 3
    assert not CONTROL.search(report)
    assert "##[" not in report
    for line in report.splitlines():
        assert not line.lstrip().startswith("::"), line


def test_json_still_says_what_the_file_is_called(hostile: Outcome) -> None:
    document = json.loads(json_report.render(hostile))
    paths = {finding["location"]["path"] for finding in document["findings"]}
    assert any("##[error]" in path and "\x1b" in path for path in paths)
