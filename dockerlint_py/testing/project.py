"""A project in memory, and what an audit of it finds."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from dockerlint_py.context import FileSpec, Snapshot
from dockerlint_py.engine.config import DEFAULT_PACKS, Config
from dockerlint_py.engine.packs import load_catalogue
from dockerlint_py.engine.run import Outcome, Problem, audit
from dockerlint_py.engine.select import select_rules
from dockerlint_py.facts import Blur
from dockerlint_py.model.finding import Role
from dockerlint_py.model.repository import Repository
from dockerlint_py.record import NamedTuple

TODAY = date(2026, 11, 24)
"""The day that fixtures, tests and documentation are judged on."""


class Checked(NamedTuple):
    """An outcome, with the views of it that tests want."""

    outcome: Outcome

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The open problems."""
        return self.outcome.open_problems

    @property
    def lines(self) -> set[tuple[str, int, str]]:
        """Path, line and rule of every open problem."""
        return {(p.finding.at.path, p.finding.at.line, p.rule.id) for p in self.problems}

    @property
    def messages(self) -> list[str]:
        """The messages of the open problems, in report order."""
        return [problem.finding.message for problem in self.problems]


class Project(NamedTuple):
    """Files in memory and the day; `check` audits them."""

    files: Mapping[str, str | bytes]
    today: date = TODAY
    role: Role | None = None
    executable: frozenset[str] = frozenset()
    tracked: frozenset[str] | None = None
    ignored: frozenset[str] = frozenset()

    def repository(self, blur: Blur | None = None) -> Repository:
        """The model of the project."""
        files = {
            path: FileSpec(content, executable=path in self.executable)
            for path, content in self.files.items()
        }
        snapshot = Snapshot.of(files, tracked=self.tracked, ignored=self.ignored)
        return Repository(snapshot, today=self.today, role=self.role, blur=blur)

    def check(
        self,
        *codes: str,
        packs: Iterable[str] = DEFAULT_PACKS,
        options: Mapping[str, Mapping[str, Any]] | None = None,
        config: Config | None = None,
        blur: Blur | None = None,
    ) -> Checked:
        """Audits with the rules that these codes select; with all rules when there are none."""
        catalogue = load_catalogue(packs)
        infos = select_rules(catalogue, profile="strict", select=codes)
        config = config or Config(rules=options or {})
        return Checked(audit(self.repository(blur), infos, catalogue, config))


def project(
    files: Mapping[str, str | bytes],
    *,
    today: date = TODAY,
    role: str | None = None,
    executable: Iterable[str] = (),
    tracked: Iterable[str] | None = None,
    ignored: Iterable[str] = (),
) -> Project:
    """A project made of these files (path relative to its root -> content).

    `tracked` are the files in the git index (all of them, unless given); `ignored` those that git
    ignores: they lie on a developer's disk only.
    """
    return Project(
        files,
        today,
        Role(role) if role else None,
        frozenset(executable),
        None if tracked is None else frozenset(tracked),
        frozenset(ignored),
    )
