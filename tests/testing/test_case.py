"""Good cases prove that they are silent because of their trap."""

from pathlib import Path

import pytest

from dockerlint_py.testing.case import Case, Change, load_case


def good_case(folder: Path, *changes: str) -> Case:
    case = folder / "IMG001" / "good-unused-stage"
    case.mkdir(parents=True)
    (case / "Dockerfile").write_text("FROM python:3.8 AS old\nFROM python:3.13\n")
    (case / "case.toml").write_text(f"fires_if = [{', '.join(changes)}]\n")
    return load_case(case)


def test_a_change_that_makes_the_rule_fire_proves_the_case(tmp_path: Path) -> None:
    case = good_case(
        tmp_path,
        '{ path = "Dockerfile", replace = "FROM python:3.13", by = "FROM old" }',
        '{ path = "compose.yml", by = "services: {db: {image: \\"postgres:12\\"}}" }',
    )
    assert len(case.fires_if) == 2
    assert case.vacuous() == []


def test_a_change_that_changes_nothing_for_the_rule_is_reported(tmp_path: Path) -> None:
    case = good_case(tmp_path, '{ path = "Dockerfile", replace = "3.13", by = "3.14" }')
    assert case.vacuous() == [Change("Dockerfile", "3.13", "3.14")]


def test_a_change_without_text_takes_the_file_away(tmp_path: Path) -> None:
    case = good_case(tmp_path, '{ path = "Dockerfile" }')
    assert case.fires_if[0].of(case.project).files == {}


def test_a_change_must_find_its_text(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="has no"):
        good_case(tmp_path, '{ path = "Dockerfile", replace = "alpine" }').vacuous()
