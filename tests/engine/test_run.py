from collections.abc import Sequence

import pytest

from dockerlint_py.engine.config import Config
from dockerlint_py.engine.run import Outcome
from dockerlint_py.model.finding import Role, Severity
from dockerlint_py.testing import project

DOCKERFILE = 'FROM python:3.13-slim\nCMD ["python"]\n'


def run(
    pack: str, files: dict[str, str], codes: Sequence[str] = ("XYZ001",), **config: object
) -> Outcome:
    return project(files).check(*codes, packs=[pack], config=Config(**config)).outcome  # type: ignore[arg-type]


def test_a_rule_of_a_stranger_is_run(pack: str) -> None:
    (problem,) = run(pack, {"Dockerfile": DOCKERFILE}).problems
    assert problem.finding.message == "base python:3.13-slim"
    assert problem.finding.at.start == (1, 6)
    assert problem.containers == ("Dockerfile",)


@pytest.mark.parametrize("name", ["XYZ001", "named-base"])
def test_options_and_severities_come_from_the_configuration(pack: str, name: str) -> None:
    files = {"Dockerfile": DOCKERFILE}
    (problem,) = run(pack, files, rules={name: {"word": "image"}}).problems
    assert problem.finding.message == "image python:3.13-slim"
    assert run(pack, files, rules={name: {"loud": True}}).problems[0].severity is Severity.ERROR
    silent = run(pack, files, severity={name: Severity.INFO})
    assert silent.problems[0].severity is Severity.INFO


@pytest.mark.parametrize(
    ("path", "severities"),
    [
        ("Dockerfile", [Severity.ERROR]),
        ("Dockerfile.dev", []),
        ("tests/Dockerfile", []),
    ],
)
def test_the_role_decides_about_a_production_rule(
    pack: str, path: str, severities: list[Severity]
) -> None:
    outcome = run(pack, {path: DOCKERFILE}, ["XYZ002"])
    assert [problem.severity for problem in outcome.problems] == severities


def test_one_place_is_one_problem_for_all_its_containers(pack: str) -> None:
    files = {"Dockerfile": "FROM a AS base\nFROM base AS web\nFROM base\n"}
    outcome = run(pack, files)
    assert [p.finding.at.line for p in outcome.problems] == [1, 2, 3]
    assert outcome.problems[0].containers == ("Dockerfile",)
    assert outcome.problems[1].containers == ()


def test_what_production_shares_with_tests_is_of_production() -> None:
    service = "services: {web: {build: {context: ROOT}}}\n"
    files = {
        "Dockerfile": "FROM python:3.8-slim\nCMD [python, app.py]\n",
        "a/tests/compose.yml": service.replace("ROOT", "../.."),
        "b/compose.prod.yml": service.replace("ROOT", ".."),
    }
    (problem,) = project(files).check("IMG001").outcome.problems
    assert problem.role is Role.PROD
    assert len(problem.containers) == 2


def test_a_crash_is_told_and_the_others_go_on(pack: str) -> None:
    outcome = run(pack, {"Dockerfile": DOCKERFILE}, ["XYZ003", "XYZ001"])
    assert not outcome.trusted
    assert [note.code for note in outcome.notes] == ["crash"]
    assert outcome.notes[0].message == "XYZ003 crashed: RuntimeError: of no use"
    assert [problem.rule.id for problem in outcome.problems] == ["XYZ001"]


def test_a_severity_that_is_not_declared_is_a_crash(pack: str) -> None:
    outcome = run(pack, {"Dockerfile": DOCKERFILE}, ["XYZ002"])
    assert outcome.trusted
    assert outcome.problems[0].rule.severities == (Severity.ERROR,)


def test_paths_can_be_ignored(pack: str) -> None:
    files = {"Dockerfile": DOCKERFILE, "legacy/Dockerfile": DOCKERFILE}
    outcome = run(pack, files, per_path_ignores={"legacy/*": ("hygiene",)})
    assert [problem.finding.at.path for problem in outcome.problems] == ["Dockerfile"]


def test_the_same_input_gives_the_same_outcome(pack: str) -> None:
    files = {"b/Dockerfile": DOCKERFILE, "a/Dockerfile": DOCKERFILE}
    first, second = (run(pack, files) for _ in range(2))
    assert [p.finding.at.path for p in first.problems] == ["a/Dockerfile", "b/Dockerfile"]
    assert [p.finding.message for p in first.problems] == [
        p.finding.message for p in second.problems
    ]
