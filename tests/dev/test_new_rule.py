"""A new rule starts as something that can be run."""

import click
import pytest

from dockerlint_py.dev.families import FAMILIES
from dockerlint_py.dev.new_rule import UNITS, new_rule_files
from dockerlint_py.engine.rule import Rule
from dockerlint_py.engine.run import UNITS as ENGINE_UNITS
from dockerlint_py.testing import project

FILES = {
    "Dockerfile": "FROM python:3.13-slim\n",
    "compose.yml": "services: {web: {build: .}}\n",
    "app.py": "from flask import Flask\napp = Flask(__name__)\n",
}


@pytest.mark.parametrize("unit", UNITS)
def test_the_module_is_a_rule_that_finds_nothing_yet(unit: str) -> None:
    files = new_rule_files("SRV099", "my-new-rule", unit)
    path, *fixtures = files
    assert path == "rules/dockerlint_rules/server/srv099_my_new_rule.py"
    assert fixtures == ["fixtures/SRV099/bad/Dockerfile", "fixtures/SRV099/good/Dockerfile"]
    namespace: dict[str, object] = {"__name__": "new", "__doc__": files[path].split('"""')[1]}
    exec(compile(files[path], path, "exec"), namespace)
    (rule,) = (value for value in namespace.values() if isinstance(value, Rule))
    assert (rule.info.id, rule.info.unit) == ("SRV099", unit)
    units = list(ENGINE_UNITS[unit](project(FILES).repository()))
    assert units
    assert [finding for each in units for finding in rule.run(each)] == []
    for each in units:
        assert each.finding(each.place, "it can be reported").at.line >= 1


@pytest.mark.parametrize(
    ("rule_id", "name", "message"),
    [
        ("srv099", "a", "two or three capital letters"),
        ("SRV99", "a", "two or three capital letters"),
        ("SRV099", "A_b", "lower-case words"),
        ("ZZZ001", "a", "ZZZ001: the letters of an id"),
    ],
)
def test_a_wrong_form_is_told(rule_id: str, name: str, message: str) -> None:
    with pytest.raises(click.UsageError, match=message):
        new_rule_files(rule_id, name, "Stage")


def test_families_are_unique() -> None:
    assert len({f.letters for f in FAMILIES}) == len({f.folder for f in FAMILIES}) == len(FAMILIES)
