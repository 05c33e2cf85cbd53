"""Workflow commands: as many as the runner shows, the worst first, nothing lost without a word."""

import pytest

from dockerlint_py.engine.run import Outcome
from dockerlint_py.model.finding import Severity
from dockerlint_py.report import github
from dockerlint_py.text import Source


def many(outcome: Outcome, errors: int, warnings: int, infos: int) -> Outcome:
    problem = outcome.open_problems[0]
    severities = (
        *[Severity.INFO] * infos,
        *[Severity.ERROR] * errors,
        *[Severity.WARNING] * warnings,
    )
    return outcome._replace(problems=tuple(problem._replace(severity=s) for s in severities))


def commands(outcome: Outcome) -> list[str]:
    lines = github.render(outcome).splitlines()
    return lines[: next(n for n, line in enumerate(lines) if line.startswith("::group::"))]


@pytest.mark.parametrize(
    ("counts", "shown", "more"),
    [
        ((0, 0, 0), (0, 0, 0), None),
        ((10, 10, 10), (10, 10, 10), None),
        ((11, 0, 0), (10, 0, 0), "1 more finding:"),
        ((0, 0, 11), (0, 0, 9), "2 more findings:"),
        ((12, 1, 10), (10, 1, 9), "3 more findings:"),
    ],
)
def test_no_level_has_more_than_the_runner_takes(
    outcome: Outcome,
    counts: tuple[int, int, int],
    shown: tuple[int, int, int],
    more: str | None,
) -> None:
    found = commands(many(outcome, *counts))
    told = [line for line in found if "title=dockerlint-py::" in line]
    assert [line.rpartition("::")[2].startswith(more or "?") for line in told] == [True] * bool(
        more
    )
    rest = found[: len(found) - len(told)]
    words = [line[2:].partition(" ")[0] for line in rest]
    assert words == ["error"] * shown[0] + ["warning"] * shown[1] + ["notice"] * shown[2]


def test_every_finding_and_note_is_in_the_list(outcome: Outcome) -> None:
    report = github.render(many(outcome, 30, 30, 30))
    listed = report.partition("::group::")[2].splitlines()
    assert len(listed) == 1 + 90 + len(outcome.notes) + 1


def command_at(outcome: Outcome, path: str, text: str, start: int, end: int, message: str) -> str:
    problem = outcome.open_problems[0]
    at = Source(path, text).place(start, end)
    finding = problem.finding._replace(at=at, message=message, because=())
    (command,) = commands(outcome._replace(problems=(problem._replace(finding=finding),)))
    return command


def test_values_are_escaped(outcome: Outcome) -> None:
    command = command_at(outcome, "a,b:c%.yml", "x", 0, 1, "100% of a::b, c")
    assert command == (
        "::error file=a%2Cb%3Ac%25.yml,line=1,endLine=1,col=1,endColumn=2,"
        "title=IMG001 eol-python::100%25 of a::b, c"
    )


def test_several_lines_have_no_columns(outcome: Outcome) -> None:
    command = command_at(outcome, "f", "RUN a \\\n  b\n", 0, 11, "m")
    assert command == "::error file=f,line=1,endLine=2,title=IMG001 eol-python::m"


def test_a_long_message_is_cut_by_us(outcome: Outcome) -> None:
    command = command_at(outcome, "f", "x", 0, 1, "m" * 5000)
    message = command.rpartition("::")[2]
    assert message.endswith("m...")
    assert len(message) < 4096
