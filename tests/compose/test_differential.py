"""Our loader against Docker Compose itself, on written projects.

A case is a project and, when Compose refuses it, the problems that we must report and nothing else.
`unknown: true` marks what Compose refuses and we do not, by design: a missing env_file, a required
variable. Everywhere else the two models must be equal.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from dockerlint_py.compose import Loaded, Options, plan_file_sets
from tests.compose.oracle import ROOT, ask
from tests.compose.projects import loaded, reader
from tests.compose.render import render

CASES = Path(__file__).with_name("cases")
STRICT = Options(strict=True, name="project")


class Case:
    """One project of a case file."""

    def __init__(self, group: str, data: dict[str, object]) -> None:
        self.name = f"{group}: {data['name']}"
        files = data.get("files", {"compose.yml": data.get("yaml")})
        assert isinstance(files, dict)
        self.files = {str(path): str(text) for path, text in files.items()}
        self.found = data.get("use") == "found"
        use = data.get("use")
        self.use = tuple(use) if isinstance(use, list) else (next(iter(self.files)),)
        refused = data.get("refused", [])
        assert isinstance(refused, list)
        self.refused = sorted(str(line) for line in refused)
        self.unknown = data.get("unknown") is True
        profiles = data.get("profiles", [])
        assert isinstance(profiles, list)
        self.profiles = tuple(str(profile) for profile in profiles)


def cases() -> Iterator[Case]:
    """All cases of all files."""
    for path in sorted(CASES.glob("*.yaml")):
        for data in yaml.safe_load(path.read_text("utf-8")):
            yield Case(path.stem, data)


def reported(made: Loaded) -> list[str]:
    """The problems of a model, as cases write them."""
    return sorted(f"{one.place.path}:{one.place.line} {one.code}" for one in made.problems)


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.name)
def test_equals_docker_compose(case: Case) -> None:
    arguments = tuple(part for name in case.profiles for part in ("--profile", name))
    answer = ask(case.files, () if case.found else case.use, arguments)
    if case.found:
        plans = plan_file_sets(case.files, reader(case.files))
        case.use = next(plan.files for plan in plans if plan.how in ("environment", "default"))
    made = loaded(case.files, *case.use, options=STRICT._replace(profiles=case.profiles))
    if answer.config is not None:
        assert not case.refused
        assert not case.unknown
        assert not made.problems
        assert render(made, ROOT) == answer.config
    else:
        assert case.unknown or case.refused, answer.error
        assert reported(made) == case.refused, answer.error


def test_there_are_enough_cases() -> None:
    names = [case.name for case in cases()]
    assert len(names) == len(set(names))
    assert len(names) >= 150
