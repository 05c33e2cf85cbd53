"""The baseline is a multiset of identities without line numbers, in a file that git merges."""

import json
import subprocess
from pathlib import Path

import pytest

from dockerlint_py.engine.baseline import (
    Comparison,
    Entry,
    compare,
    read_baseline,
    write_baseline,
)
from dockerlint_py.engine.errors import UserError
from dockerlint_py.report.summary import summarise
from dockerlint_py.testing import project

RULES = ("NET003", "IMG005")
DOCKERFILE = 'FROM python:3.13-slim\nEXPOSE 70000\nCMD ["python"]\n'


def compared(text: str, entries: tuple[Entry, ...] = (), *codes: str) -> Comparison:
    outcome = project({"Dockerfile": text}).check(*(codes or RULES)).outcome
    return compare(outcome, entries, RULES)


def open_lines(comparison: Comparison) -> list[int]:
    return [problem.finding.at.line for problem in comparison.outcome.open_problems]


def test_what_is_accepted_does_not_count() -> None:
    entries = compared(DOCKERFILE).current
    assert {entry.rule for entry in entries} == set(RULES)
    after = compared(DOCKERFILE, entries)
    assert open_lines(after) == []
    assert after.stale == ()
    counts = summarise(after.outcome)
    assert (counts.baselined, counts.suppressed) == (len(entries), 0)


def test_lines_may_move() -> None:
    entries = compared(DOCKERFILE).current
    assert open_lines(compared(f"# a comment\n\n{DOCKERFILE}", entries)) == []


def test_one_twin_more_than_accepted_is_reported() -> None:
    twins = "FROM python:3.13-slim\nUSER app\n" + "EXPOSE 70000\n" * 2
    entries = compared(twins).current
    assert len(set(entries)) == 2
    assert open_lines(compared(twins, entries)) == []
    assert open_lines(compared(twins + "EXPOSE 70000\n", entries)) == [5]
    assert len(compared(twins.removesuffix("EXPOSE 70000\n"), entries).stale) == 1


def test_an_ignored_twin_does_not_take_the_place_of_an_accepted_one() -> None:
    ignored = "# dockerlint: ignore[NET003] a test\nEXPOSE 70000\n"
    start = "FROM python:3.13-slim\nUSER app\n"
    entries = compared(f"{start}{ignored}EXPOSE 70000\n").current
    assert open_lines(compared(f"{start}EXPOSE 70000\n", entries)) == []


def test_what_is_gone_is_stale_unless_its_rule_was_not_run() -> None:
    entries = compared(DOCKERFILE).current
    mended = DOCKERFILE.replace("70000", "8000")
    (stale,) = compared(mended, entries).stale
    assert stale.rule == "NET003"
    without = compared(mended, entries, "IMG005")
    assert without.stale == ()
    assert [entry.rule for entry in without.unjudged] == ["NET003"]
    unknown = Entry("Dockerfile", "NET999", "f" * 40)
    assert compared(mended, (unknown,), "IMG005").stale == (unknown,)


def test_the_file_is_json_with_an_entry_a_line() -> None:
    entries = (Entry("b", "R2", "2"), Entry("a\n", "R1", "1"), Entry("b", "R2", "2"))
    text = write_baseline(entries)
    assert len(text.splitlines()) == 4
    assert json.loads(text)["schema"] == 1
    assert read_baseline(text, "f") == (entries[1], entries[0])
    assert read_baseline(write_baseline(()), "f") == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "f:1: not a baseline"),
        ('{"schema": 1,\n<<<<<<< HEAD\n', "f:2: not a baseline"),
        ("[" * 100_000, "f: not a baseline"),
        ("9" * 5000, "f: not a baseline"),
        ("[]", "f: not a baseline of schema 1"),
        ('{"schema": 2}', "f: not a baseline of schema 1"),
        ('{"schema": 1, "findings": [1]}', "f: not an entry"),
        ('{"schema": 1, "findings": 1}', "f: a baseline without findings"),
        ('{"schema": 1, "findings": [{"path": "a", "rule": 1, "fingerprint": "x"}]}', "f: not an"),
    ],
)
def test_what_is_no_baseline_says_where(text: str, message: str) -> None:
    with pytest.raises(UserError) as error:
        read_baseline(text, "f")
    assert str(error.value).startswith(message)


def test_git_merges_what_two_branches_accept(tmp_path: Path) -> None:
    base = [Entry(f"Dockerfile.{letter}", "IMG005", letter * 40) for letter in "bdfhj"]
    ours = [*base, Entry("Dockerfile.a", "IMG005", "a" * 40)]
    theirs = [*base[:3], base[4], Entry("Dockerfile.k", "IMG005", "k" * 40)]
    for name, entries in (("base", base), ("ours", ours), ("theirs", theirs)):
        (tmp_path / name).write_text(write_baseline(entries))
    merge = ["git", "merge-file", "-p", "ours", "base", "theirs"]
    done = subprocess.run(merge, cwd=tmp_path, capture_output=True, text=True, check=True)
    merged = read_baseline(done.stdout, "merged")
    assert "".join(entry.fingerprint[0] for entry in merged) == "abdfjk"
