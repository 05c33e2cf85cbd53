"""Fixture folders: `fixtures/ID/bad-what/` holds a small project and what to find in it.

A comment `# expect: ID [severity], ID...` at the end of a line speaks of that line; alone on its
line, of the next one. The comments are taken out before the audit, so that they cannot influence
it and so that the documentation shows clean text. What a comment cannot say stands in `case.toml`:

    today = 2026-11-24                    # a TOML date
    role = "prod"
    executable = ["start.sh"]
    ignored = [".env"]                    # on a developer's disk, not in git
    files = { ".gitignore" = ".env\\n" }   # files that would get in the way of this repository
    expect = [{ path = "requirements.txt", line = 1, rule = "DEP001", severity = "warning" }]
    options = { IMG001 = { months-ahead = 12 } }
    why = "the stage ships nothing"       # of a good case: what it is about
    fires_if = [{ path = "Dockerfile", replace = "AS legacy", by = "" }]

`fires_if` proves that a good case is silent because of its trap: each of these changes alone must
make the rule fire. Without `replace` it is the file that is replaced, or taken away when `by` is
missing too. As tables of their own they say which clause they prove, and may change the role, or
which files are executable:

    [[fires_if]]
    role = "prod"
    why = "the mount is for development"
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from dockerlint_py.model.finding import Role
from dockerlint_py.record import NamedTuple
from dockerlint_py.testing.project import TODAY, Checked, Project, project
from dockerlint_py.text.regex import regex

CASE_FILE = "case.toml"
_EXPECT = regex(r"#[ ]*expect:[ ]*(.+)")


class Expected(NamedTuple):
    """A finding that must be made; without a severity, any will do."""

    path: str
    line: int
    rule: str
    severity: str | None = None


class Change(NamedTuple):
    """What makes a bad case of a good one: a change of a file, or of how the case is run."""

    path: str | None = None
    replace: str | None = None
    by: str | None = None
    role: str | None = None
    executable: tuple[str, ...] | None = None
    why: str = ""

    def of(self, project: Project) -> Project:
        """The project with this change made; KeyError when there is nothing to change."""
        changed = project if self.path is None else self._of_file(project, self.path)
        if self.role is not None:
            changed = changed._replace(role=Role(self.role))
        if self.executable is not None:
            changed = changed._replace(executable=frozenset(self.executable))
        return changed

    def _of_file(self, project: Project, path: str) -> Project:
        files = dict(project.files)
        if self.replace is not None:
            text = files[path]
            if isinstance(text, bytes) or self.replace not in text:
                raise KeyError(f"{path} has no {self.replace!r}")
            files[path] = text.replace(self.replace, self.by or "", 1)
        elif self.by is not None:
            files[path] = self.by
        else:
            del files[path]
        return project._replace(files=files)


class Case(NamedTuple):
    """One fixture folder: a project without its expectations, and the expectations."""

    rule: str
    name: str
    project: Project
    expected: tuple[Expected, ...]
    options: Mapping[str, Mapping[str, Any]]
    fires_if: tuple[Change, ...] = ()

    @property
    def is_bad(self) -> bool:
        """Whether the case shows what the rule is against."""
        return self.name.startswith("bad")

    def check(self) -> Checked:
        """Audits the project with the case's own rule."""
        return self.project.check(self.rule, options=self.options)

    def vacuous(self) -> list[Change]:
        """The changes that should make the rule fire, and do not."""
        return [
            change
            for change in self.fires_if
            if not change.of(self.project).check(self.rule, options=self.options).problems
        ]

    def mismatches(self) -> list[str]:
        """What is found and not expected, or expected and not found; empty when all is well."""
        found = [
            Expected(p.finding.at.path, p.finding.at.line, p.rule.id, p.severity.word)
            for p in self.check().problems
        ]
        wrong = []
        for expected in self.expected:
            match = next((f for f in found if _meets(f, expected)), None)
            if match is None:
                wrong.append(f"not found: {_shown(expected)}")
            else:
                found.remove(match)
        return wrong + [f"not expected: {_shown(extra)}" for extra in found]


def find_cases(fixtures: Path) -> list[Case]:
    """All cases of a fixtures folder, sorted: `fixtures/ID/NAME/` for every ID and NAME."""
    return [
        load_case(folder)
        for rule in sorted(fixtures.iterdir())
        if re.fullmatch(r"[A-Z]{2,3}\d{3}", rule.name)
        for folder in sorted(rule.iterdir())
        if folder.is_dir()
    ]


def load_case(folder: Path) -> Case:
    """Reads one fixture folder."""
    from tomllib import loads

    toml = folder / CASE_FILE
    settings = loads(toml.read_text(encoding="utf-8")) if toml.is_file() else {}
    files: dict[str, str | bytes] = dict(settings.get("files", {}))
    expected = [Expected(**row) for row in settings.get("expect", [])]
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or name == CASE_FILE:
            continue
        content = path.read_bytes()
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            files[name] = content
            continue
        files[name] = take_out_expectations(name, text, expected)
    return Case(
        folder.parent.name,
        folder.name,
        _project(files, settings),
        tuple(expected),
        settings.get("options", {}),
        tuple(Change(**row) for row in settings.get("fires_if", [])),
    )


def take_out_expectations(path: str, text: str, expected: list[Expected]) -> str:
    """The text without its `# expect:` comments, which are added to the list."""
    lines: list[str] = []
    for line in text.split("\n"):
        match = _EXPECT.search(line)
        if match is None:
            lines.append(line)
            continue
        before = line[: match.start()].rstrip(" \t")
        number = len(lines) + 1
        expected.extend(_parse(path, number, match[1]))
        if before:
            lines.append(before)
    return "\n".join(lines)


def _parse(path: str, line: int, text: str) -> Iterator[Expected]:
    for item in text.rstrip("\r").split(","):
        rule, _, severity = item.strip().partition(" ")
        yield Expected(path, line, rule, severity or None)


def _project(files: Mapping[str, str | bytes], settings: Mapping[str, Any]) -> Project:
    today = settings.get("today", TODAY)
    if not isinstance(today, date):
        raise TypeError(f"{CASE_FILE}: today is a TOML date, without quotes")
    return project(
        files,
        today=today,
        role=settings.get("role"),
        executable=settings.get("executable", ()),
        tracked=settings.get("tracked"),
        ignored=settings.get("ignored", ()),
    )


def _meets(found: Expected, expected: Expected) -> bool:
    return found[:3] == expected[:3] and expected.severity in (None, found.severity)


def _shown(item: Expected) -> str:
    return f"{item.path}:{item.line} {item.rule} {item.severity or ''}".rstrip()
