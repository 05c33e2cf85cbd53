"""One audit: rules over units, merged, judged by role, suppressed, sorted."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from dockerlint_py.engine.config import Config
from dockerlint_py.engine.packs import Catalogue, load_rule
from dockerlint_py.engine.rule import Rule, RuleInfo
from dockerlint_py.engine.suppression import Suppressed, Suppressions
from dockerlint_py.engine.suppression.cover import dockerfile_directives, line_directives
from dockerlint_py.engine.suppression.directive import Directive, Malformed
from dockerlint_py.model.finding import Finding, Role, Severity
from dockerlint_py.model.note import Note
from dockerlint_py.model.repository import Repository
from dockerlint_py.model.unit import Unit
from dockerlint_py.record import NamedTuple

Units = Callable[[Repository], Iterable[Unit]]

UNITS: Mapping[str, Units] = {
    "Repository": lambda repository: (repository,),
    "Dockerfile": lambda repository: repository.dockerfiles,
    "Stage": lambda repository: repository.stages,
    "Build": lambda repository: repository.builds,
    "FileSet": lambda repository: repository.file_sets,
    "Container": lambda repository: repository.containers,
    "Application": lambda repository: repository.applications,
}


class Problem(NamedTuple):
    """A finding as it is reported: whose rule, how bad, for which containers, silenced or not.

    `containers` are those of the role that decided how bad it is, `concerned` those of other roles
    too.
    """

    rule: RuleInfo
    severity: Severity
    finding: Finding
    role: Role | None = None
    containers: tuple[str, ...] = ()
    suppressed: Suppressed | None = None
    concerned: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """All that a run found. `trusted` is False when a rule crashed.

    `configured` are the severities that the configuration sets, by rule id; `prefix` stands before
    every path in a report. `unreported` are problems that no report lists: they gave way to another
    rule's finding, the configuration ignores their path, or they are outside of what was asked for.
    """

    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]
    rules: tuple[RuleInfo, ...]
    repository: Repository
    trusted: bool = True
    configured: Mapping[str, Severity] = {}
    prefix: str = ""
    unreported: tuple[Problem, ...] = ()

    def shown(self, path: str) -> str:
        """A path as reports give it: from the folder that they are relative to."""
        return self.prefix + path

    @property
    def open_problems(self) -> tuple[Problem, ...]:
        """The problems that count: not suppressed."""
        return tuple(problem for problem in self.problems if problem.suppressed is None)


ROLES = (Role.PROD, Role.UNKNOWN, Role.DEV, Role.TEST)
"""That of a unit is the first of these that one of its containers has."""


class Judgement(NamedTuple):
    """The role, its containers and all containers of a unit, worked out once for all findings."""

    role: Role | None
    containers: tuple[str, ...]
    concerned: tuple[str, ...]


def audit(
    repository: Repository,
    infos: Iterable[RuleInfo],
    catalogue: Catalogue,
    config: Config | None = None,
    *,
    inline_suppressions: bool = True,
) -> Outcome:
    """Runs the rules over a repository."""
    config = config or Config()
    infos = tuple(infos)
    crashes: list[Note] = []
    found = _merge(_run_all(repository, infos, config, crashes))
    problems = _yield_to_others(found)
    problems = [p for p in problems if not _ignored_by_path(p, config.per_path_ignores)]
    reported = set(map(id, problems))
    unreported = tuple(problem for problem in found if id(problem) not in reported)
    notes = [*repository.notes, *crashes]
    if inline_suppressions:
        suppressions = Suppressions(_directives(repository), catalogue)
        problems = [
            p._replace(suppressed=suppressions.of(p.rule, p.finding) or p.suppressed)
            for p in problems
        ]
        notes.extend(suppressions.notes(infos))
    return Outcome(
        tuple(sorted(problems, key=_order)),
        tuple(sorted(set(notes), key=lambda n: (n.path, n.line or 0, n.code, n.message))),
        infos,
        repository,
        trusted=not crashes,
        configured={
            i.id: severity for i in infos if (severity := _configured(i, config)) is not None
        },
        unreported=unreported,
    )


def _configured(info: RuleInfo, config: Config) -> Severity | None:
    """The severity that the configuration sets for a rule, by its id or its name."""
    return config.severity.get(info.id, config.severity.get(info.name))


def _run_all(
    repository: Repository, infos: Iterable[RuleInfo], config: Config, crashes: list[Note]
) -> Iterator[Problem]:
    units: dict[tuple[str, str], tuple[Unit, ...]] = {}
    judgements: dict[Unit, Judgement] = {}
    for info in infos:
        concerned = (info.unit, info.given)
        if concerned not in units:
            units[concerned] = tuple(
                u for u in UNITS[info.unit](repository) if _holds(u, info.given)
            )
        if not units[concerned]:
            continue
        loaded = load_rule(info)
        options = _options(loaded, config)
        for unit in units[concerned]:
            if unit not in judgements:
                judgements[unit] = _judge(unit)
            try:
                for finding in loaded.run(unit, options):
                    problem = _problem(info, finding, judgements[unit], config)
                    if problem is not None:
                        yield problem
            except Exception as error:
                message = f"{info.id} crashed: {type(error).__name__}: {error}"
                crashes.append(Note("crash", unit.path, None, message))


def _holds(unit: Unit, given: str) -> bool:
    """Whether a rule with this premise looks at the unit; if that crashes, the rule shows it."""
    try:
        return not given or bool(getattr(unit, given))
    except Exception:
        return True


def _options(rule: Rule[Any], config: Config) -> Any:
    given = config.rules.get(rule.info.id) or config.rules.get(rule.info.name)
    if rule.options is None or not given:
        return None
    values = {
        name.replace("-", "_"): tuple(value) if isinstance(value, list) else value
        for name, value in given.items()
    }
    return rule.options(**values)


def _judge(unit: Unit) -> Judgement:
    containers = unit.containers
    roles = {container.role for container in containers}
    all_of_them = tuple(container.id for container in containers)
    for role in ROLES:
        if role in roles:
            decisive = tuple(c.id for c in containers if c.role is role)
            return Judgement(role, decisive, all_of_them)
    return Judgement(None, (), all_of_them)


def _problem(
    info: RuleInfo, finding: Finding, judgement: Judgement, config: Config
) -> Problem | None:
    """The finding with its severity for this role; None when the role silences the rule."""
    severity = info.severity if finding.severity is None else finding.severity
    if severity not in info.severities:
        raise ValueError(f"{info.id} does not declare the severity {severity.word}")
    role, containers, concerned = judgement
    if info.role == "prod":
        if role in (Role.DEV, Role.TEST, None):
            return None
        if role is Role.UNKNOWN:
            severity = severity.lowered
            finding = finding._replace(message=f"if this is production: {finding.message}")
    configured = _configured(info, config)
    return Problem(
        info,
        severity if configured is None else configured,
        finding,
        role,
        containers,
        concerned=concerned,
    )


def _merge(problems: Iterable[Problem]) -> list[Problem]:
    """One problem for a rule, a place and a key: the worst one, for all their containers."""
    merged: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        at = problem.finding.at
        identity = (problem.rule.id, at.path, at.span, problem.finding.key)
        other = merged.get(identity)
        if other is None:
            merged[identity] = problem
            continue
        worst = max(other, problem, key=_weight)
        names = tuple(dict.fromkeys((*other.containers, *problem.containers)))
        all_names = tuple(dict.fromkeys((*other.concerned, *problem.concerned)))
        merged[identity] = worst._replace(containers=names, concerned=all_names)
    return list(merged.values())


def _weight(problem: Problem) -> tuple[Severity, int]:
    """By severity, then by role: what production shares with tests is a matter of production."""
    role = problem.role
    return problem.severity, -ROLES.index(role) if role is not None else -len(ROLES)


def _yield_to_others(problems: list[Problem]) -> list[Problem]:
    """Without the problems that a rule gave way to: same place or same key, in the same file."""
    taken: set[tuple[object, ...]] = set()
    for problem in problems:
        at = problem.finding.at
        taken.add((problem.rule.id, at.path, at.span))
        if problem.finding.key:
            taken.add((problem.rule.id, at.path, problem.finding.key))

    def gives_way(problem: Problem) -> bool:
        at, key = problem.finding.at, problem.finding.key
        return any(
            (other, at.path, at.span) in taken or (bool(key) and (other, at.path, key) in taken)
            for other in problem.rule.yields_to
        )

    return [problem for problem in problems if not gives_way(problem)]


def _ignored_by_path(problem: Problem, ignores: Mapping[str, tuple[str, ...]]) -> bool:
    return any(
        fnmatchcase(problem.finding.at.path, pattern)
        and any(problem.rule.answers_to(code) for code in codes)
        for pattern, codes in ignores.items()
    )


def _directives(repository: Repository) -> Iterator[Directive | Malformed]:
    for dockerfile in repository.dockerfiles:
        yield from dockerfile_directives(dockerfile.file)
    for source in repository.other_sources:
        yield from line_directives(source)


def _order(problem: Problem) -> tuple[object, ...]:
    at = problem.finding.at
    finding = problem.finding
    return (at.path, at.span.start, at.span.end, problem.rule.id, finding.key, finding.message)
