"""GitLab's Code Quality, JUnit and Markdown, as their readers take them."""

import json
import re
from html import unescape
from xml.etree import ElementTree

import cmarkgfm
import jsonschema
import pytest
from cmarkgfm.cmark import Options
from hypothesis import example, given, strategies

from dockerlint_py.engine.identity import fingerprints
from dockerlint_py.engine.run import Outcome
from dockerlint_py.report import gitlab, junit, markdown
from dockerlint_py.report.markup import code, escape
from dockerlint_py.text import clean

STRING = {"type": "string", "minLength": 1}
LINE = {"type": "integer", "minimum": 1}
CODE_QUALITY = {
    # https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": STRING,
            "check_name": STRING,
            "fingerprint": STRING,
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\.?/)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": LINE, "end": LINE},
                    },
                },
            },
        },
    },
}


def test_code_quality_is_what_gitlab_documents(outcome: Outcome, hostile: Outcome) -> None:
    for each in (outcome, hostile):
        issues = json.loads(gitlab.render(each))
        jsonschema.validate(issues, CODE_QUALITY)
        # GitLab keeps one of those with the same fingerprint.
        assert len({issue["fingerprint"] for issue in issues}) == len(each.open_problems)
    assert gitlab.render(outcome._replace(problems=())) == "[]\n"


def test_json_and_gitlab_name_a_finding_alike(outcome: Outcome) -> None:
    prints = {issue["fingerprint"] for issue in json.loads(gitlab.render(outcome))}
    assert prints < set(fingerprints(outcome.problems))


def test_junit_counts_what_it_holds(outcome: Outcome) -> None:
    suite = ElementTree.fromstring(junit.render(outcome)).find("testsuite")
    assert suite is not None
    for counted, tag in (
        ("tests", "testcase"),
        ("failures", ".//failure"),
        ("skipped", ".//skipped"),
    ):
        assert int(suite.attrib[counted]) == len(suite.findall(tag)) > 0
    names = [(case.get("classname"), case.get("name")) for case in suite.findall("testcase")]
    assert len(set(names)) == len(names)


def test_junit_without_findings_is_a_test_that_passed(outcome: Outcome) -> None:
    root = ElementTree.fromstring(junit.render(outcome._replace(problems=())))
    (case,) = root.findall(".//testcase")
    assert list(case) == []


def to_html(text: str) -> str:
    """What GitHub makes of Markdown."""
    options = Options.CMARK_OPT_UNSAFE
    return cmarkgfm.github_flavored_markdown_to_html(text, options)


@pytest.mark.parametrize(
    "text",
    [
        "[a](http://e.x)", "![a](http://e.x/i.png)", "http://e.x www.e.x a@e.x", "<b>x</b>",
        "<!-- ", "*a* _b_ ~~c~~ **d**", "a | b", "\\", "\\|", "`a", "&lt;", "$a$", "<http://e.x>",
        "[a]: http://e.x", "`` a ` b ``", "[a][b]", "# a", "- a", "1. a", "    a", "a\n\nb", "``",
        "`|`", "|`|",
    ],
)  # fmt: skip
def test_text_is_shown_as_it_is(text: str) -> None:
    table = f"| a | b |\n|---|---|\n| {escape(text)} | {code(text)} |\n"
    html = to_html(table)
    cells = re.findall(r"<td>(.*?)</td>", html, re.DOTALL)
    assert len(cells) == 2, html
    for cell in cells:
        assert set(re.findall(r"<(/?\w+)", cell)) <= {"code", "/code"}
        shown = unescape(re.sub(r"</?code>", "", cell)).replace("\u200b", "")
        assert bare(shown) == bare(clean(text))


@example("##[")
@given(strategies.text("[]()!<>&`*_~|\\$#@:/.wht1- \n"))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    test_text_is_shown_as_it_is(text)


def bare(text: str) -> str:
    """The text without what is not shown: backticks around code, spaces at the ends."""
    return text.replace("`", "").strip()


def test_words_between_backticks_are_code() -> None:
    assert to_html(escape("run `a b`, `c`")) == "<p>run <code>a b</code>, <code>c</code></p>\n"


def test_nobody_is_mentioned() -> None:
    assert "@user" not in to_html(escape("@user #1"))
    assert "#1" not in to_html(escape("@user #1"))


def test_a_hostile_table_has_a_row_for_each_finding(hostile: Outcome) -> None:
    html = to_html(markdown.render(hostile))
    assert html.count("<tr>") == len(hostile.open_problems) + 1
    assert set(re.findall(r'href="([^"/]*//[^/"]*)', html)) == {"https://github.com"}
    assert not re.search(r"<(script|img|b|em|strong)\b", html)


def test_what_does_not_fit_is_counted(outcome: Outcome) -> None:
    problems = outcome.open_problems * 2000
    report = markdown.render(outcome._replace(problems=problems))
    assert 850_000 < len(report.encode()) <= markdown.MAX_BYTES
    rows = len(re.findall(r"^\| (?:error|warning) ", report, re.MULTILINE))
    assert f"{len(problems) - rows} more findings did not fit" in report
    assert report.endswith(markdown.render(outcome)[-100:])
