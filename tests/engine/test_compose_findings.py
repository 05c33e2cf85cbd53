"""Findings in Compose files: one for each place, for all its services; and silenced ones."""

import pytest

from dockerlint_py.report.text import render
from dockerlint_py.testing import project

ANCHOR = """\
x-app: &app
  image: example/shop:1
  command: ./wait.sh db && ./start.sh

services:
  web:
    <<: *app
  admin:
    <<: *app
  worker:
    <<: *app
  beat:
    <<: *app
"""
PLAIN = """\
services:
  web:
    image: example/shop:1
    command: ./wait.sh db && ./start.sh
    network_mode: host
    ports:
      - "8000:8000"
"""
COMMAND = "    command: ./wait.sh db && ./start.sh"


def test_an_anchor_is_one_finding_for_all_that_use_it() -> None:
    checked = project({"compose.yml": ANCHOR}).check("CMP007")
    (found,) = checked.problems
    names = tuple(f"compose.yml:{name}" for name in ("web", "admin", "worker", "beat"))
    assert found.containers == names
    assert f"command-cut-at-shell-operator, for {', '.join(names)} (" in render(checked.outcome)


def test_a_service_that_is_extended_is_one_finding() -> None:
    base = "services:\n  app:\n    image: example/shop:1\n    command: a && b\n"
    extending = "services:\n  web: {extends: {file: base.yml, service: app}}\n"
    (found,) = project({"base.yml": base, "compose.yml": extending}).check("CMP007").problems
    assert (found.finding.at.path, found.finding.at.line) == ("base.yml", 4)
    assert "compose.yml:web" in found.containers


@pytest.mark.parametrize(
    ("text", "open_rules"),
    [
        (PLAIN, {"CMP007", "CMP015"}),
        (PLAIN.replace(COMMAND, f"{COMMAND}  # dockerlint: ignore[CMP007] known"), {"CMP015"}),
        (
            PLAIN.replace(COMMAND, f"    # dockerlint: ignore[CMP007] known\n{COMMAND}"),
            {"CMP015"},
        ),
        (PLAIN.replace("  web:", "  # dockerlint: ignore[CMP007, CMP015] known\n  web:"), set()),
        (PLAIN.replace("    ports:", "    # dockerlint: ignore[CMP015]\n    ports:"), {"CMP007"}),
        (f"# dockerlint: ignore-file[CMP007, CMP015] known\n{PLAIN}", set()),
        (f"{PLAIN}# dockerlint: ignore-file[CMP007] known\n", {"CMP015"}),
        (PLAIN.replace("    ports:", "    # dockerlint: ignore[CMP007]\n    ports:"),
         {"CMP007", "CMP015"}),
    ],
)  # fmt: skip
def test_comments_silence_findings(text: str, open_rules: set[str]) -> None:
    checked = project({"compose.yml": text}).check("CMP007", "CMP015")
    assert {problem.rule.id for problem in checked.problems} == open_rules


def test_a_comment_in_the_extended_file_counts() -> None:
    base = "services:\n  app:\n    image: x:1\n    command: a && b  # dockerlint: ignore[CMP007]\n"
    extending = "services:\n  web: {extends: {file: base.yml, service: app}}\n"
    assert not project({"base.yml": base, "compose.yml": extending}).check("CMP007").problems
