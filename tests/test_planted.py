"""A Compose file with forty problems: what is found, and what later rules have to find.

A comment `# planted 7 CFG010` names a problem by its number, and the rule that finds it at that
line; `-` is a problem that no rule is for. The texts are taken out before the audit.
"""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from dockerlint_py.testing import project

FOLDER = Path(__file__).parents[1] / "fixtures" / "projects" / "planted"
COMPOSE = "compose.prod.yml"
MARK = re.compile(r"[ ]*# planted (.+)")

LATER = {
    (4, "CFG001"),
    (6, "CFG014"),
}
"""Problems whose rules belong to later issues; each of those takes out what it finds."""

NO_RULE = {
    3: "what a missing env_file holds is unknown by design; deployments bring it",
    14: "an open terminal harms nobody",
    18: "nothing listens there: no command starts debugpy",
    22: "Docker Compose reads YAML 1.2: an unquoted port is text",
    26: "how much is logged is for the operators to say",
    35: "the published port is reported",
    36: "hardening of the container is left to other tools",
    38: "hardening of the container is left to other tools",
    39: "hardening of the container is left to other tools",
    40: "how a service is restarted is for the operators to say",
}


class Planted(NamedTuple):
    """One problem: its number, its rule and its line."""

    number: int
    rule: str
    line: int


def planted() -> tuple[list[Planted], dict[str, str]]:
    """The problems, and the project without the comments that name them."""
    found: list[Planted] = []
    files = {
        path.relative_to(FOLDER).as_posix(): path.read_text("utf-8")
        for path in FOLDER.rglob("*")
        if path.is_file()
    }
    lines = files[COMPOSE].split("\n")
    for line, text in enumerate(lines, 1):
        mark = MARK.search(text)
        for item in mark[1].split(", ") if mark is not None else ():
            number, rule = item.split(" ")
            found.append(Planted(int(number), rule, line))
    files[COMPOSE] = "\n".join(MARK.sub("", text) for text in lines)
    return found, files


PROBLEMS, FILES = planted()


@pytest.fixture(scope="module")
def lines() -> set[tuple[str, int, str]]:
    return project(FILES).check().lines


def test_there_are_forty_and_each_has_a_rule_or_a_reason() -> None:
    assert {each.number for each in PROBLEMS} == set(range(1, 41))
    assert {each.number for each in PROBLEMS if each.rule == "-"} == set(NO_RULE)


@pytest.mark.parametrize(
    "problem",
    [each for each in PROBLEMS if each[:2] not in LATER and each.rule != "-"],
    ids=lambda each: f"{each.number}-{each.rule}",
)
def test_a_planted_problem_is_found_at_its_line(
    problem: Planted, lines: set[tuple[str, int, str]]
) -> None:
    assert (COMPOSE, problem.line, problem.rule) in lines


def test_the_list_of_what_later_rules_find_is_current(lines: set[tuple[str, int, str]]) -> None:
    found = {each[:2] for each in PROBLEMS if (COMPOSE, each.line, each.rule) in lines}
    assert found & LATER == set()
