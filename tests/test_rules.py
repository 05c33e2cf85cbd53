"""What every rule owes its reader, and its row in the catalogue."""

import json
from pathlib import Path
from typing import Any

import pytest

from dockerlint_py.dev.families import family_of
from dockerlint_py.engine.config import DEFAULT_PACKS
from dockerlint_py.engine.packs import rules_of
from dockerlint_py.engine.rule import Rule
from dockerlint_py.engine.run import UNITS
from dockerlint_py.testing import Case, find_cases

ROOT = Path(__file__).parents[1]
RULES = rules_of(DEFAULT_PACKS[0])
CATALOGUE = json.loads((Path(__file__).parent / "golden" / "catalogue.json").read_text())
TAGS = {"dockerfile", "compose", "python", "nginx", "ci"}
THEMES = {"security", "signals", "build", "start-up", "data-loss", "performance", "hygiene"}

CASES = find_cases(ROOT / "fixtures")

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.info.id)


@pytest.mark.parametrize(
    "rule", [r for r in RULES if r.info.id in CATALOGUE], ids=lambda rule: rule.info.id
)
def test_a_rule_of_the_catalogue_keeps_to_its_row(rule: Rule[Any]) -> None:
    row = CATALOGUE[rule.info.id]
    info = rule.info
    security = info.security and {
        "cwe": f"CWE-{info.security.cwe}",
        "severity": info.security.score,
    }
    assert {
        "name": info.name,
        "severity": info.severity.word,
        "profile": info.profile,
        "role": info.role,
        "security": security,
    } == {key: row[key] for key in ("name", "severity", "profile", "role", "security")}


@each_rule
def test_a_rule_is_found_by_its_file(rule: Rule[Any]) -> None:
    info = rule.info
    module = f"{info.id.lower()}_{info.name.replace('-', '_')}"
    assert info.module == f"dockerlint_rules.{family_of(info.id).folder}.{module}"


@each_rule
def test_a_rule_explains_itself(rule: Rule[Any]) -> None:
    document = rule.check.__globals__["__doc__"]
    assert len(rule.info.summary) < 90
    assert rule.info.summary.endswith(".")
    headings = [line for line in document.splitlines() if line.startswith("## ")]
    assert headings[:2] == ["## Why", "## Instead"]
    assert headings[-1] == "## References"


@each_rule
def test_a_rule_has_tags_for_its_family_artefacts_and_theme(rule: Rule[Any]) -> None:
    tags = set(rule.info.tags)
    assert family_of(rule.info.id).folder.replace("_", "-") in tags
    assert tags & TAGS
    assert tags & THEMES
    assert tags <= TAGS | THEMES | {family_of(rule.info.id).folder.replace("_", "-")}


@each_rule
def test_a_rule_has_a_bad_and_a_good_fixture(rule: Rule[Any]) -> None:
    folder = ROOT / "fixtures" / rule.info.id
    names = {path.name for path in folder.iterdir()}
    assert {"bad", "good"} <= names


def test_every_fixture_belongs_to_a_rule() -> None:
    ids = {rule.info.id for rule in RULES}
    assert {path.name for path in (ROOT / "fixtures").iterdir() if path.name[-1].isdigit()} <= ids


def test_ids_and_names_are_unique() -> None:
    assert len({rule.info.id for rule in RULES}) == len({r.info.name for r in RULES}) == len(RULES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.name}")
def test_a_premise_hides_no_finding(case: Case) -> None:
    repository = case.project.repository()
    for rule in RULES:
        if rule.info.given:
            for unit in UNITS[rule.info.unit](repository):
                if not getattr(unit, rule.info.given):
                    assert list(rule.run(unit)) == [], f"{rule.info.id} needs no {rule.info.given}"
