"""What `checklist` shows: the steps of a deployment, for every container."""

from collections.abc import Iterator

from dockerlint_py.engine.run import Outcome, Problem
from dockerlint_py.facts import Unknown
from dockerlint_py.model.container import Container
from dockerlint_py.model.finding import Role, Severity
from dockerlint_py.record import NamedTuple
from dockerlint_py.report.checklist_evidence import evidence
from dockerlint_py.report.checklist_items import FRAMEWORKS, ITEMS, Item
from dockerlint_py.report.checklist_subject import (
    DONE,
    MISSING,
    NOT_APPLICABLE,
    UNKNOWN,
    Subject,
    Verdict,
)


class Step(NamedTuple):
    """An item of the list of a container's framework, and how it stands."""

    item: Item
    verdict: Verdict


class Checklist(NamedTuple):
    """The list of a container. Without a framework there are no steps: `why` says why not."""

    container: Container
    framework: str | None
    why: str
    steps: tuple[Step, ...] = ()
    state: str = ""
    """Of a container without steps: not applicable, or unknown."""


def checklists_of(outcome: Outcome) -> tuple[Checklist, ...]:
    """The lists of all containers that were audited."""
    return tuple(_checklist(each, outcome) for each in outcome.repository.containers)


def _checklist(container: Container, outcome: Outcome) -> Checklist:
    if container.role in (Role.DEV, Role.TEST):
        return _without(container, NOT_APPLICABLE, f"{container.role}: {container.evidence}")
    servers = [each for each in container.servers if each.is_web]
    if not servers:
        return _unserved(container)
    for server in servers:
        found = server.served.application
        if not isinstance(found, Unknown) and found.value.framework in FRAMEWORKS:
            framework = found.value.framework
            subject = Subject(container, server, framework)
            items = (item for item in ITEMS if framework in item.frameworks)
            steps = tuple(Step(item, _verdict(item, subject, outcome)) for item in items)
            return Checklist(container, framework, server.fact().says, steps)
    served = servers[0].served.application
    if isinstance(served, Unknown):
        return _without(container, UNKNOWN, f"what it serves is not known: {served.why}")
    return _without(container, NOT_APPLICABLE, f"there is no list for {served.value.framework}")


def _unserved(container: Container) -> Checklist:
    """Of a container in which no web server of Python is seen."""
    base, why = container.base, container.process.unknown
    if why is None or container.datastore is not None:
        return _without(container, NOT_APPLICABLE, "it serves no web application of Python")
    if base.facts.kind == "service" and base.facts.product is not None:
        return _without(container, NOT_APPLICABLE, f"it runs {base.facts.product}")
    if container.pulls_image and not base.is_known:
        return _without(container, UNKNOWN, f"{base.name} is not built here: it may serve anything")
    return _without(container, UNKNOWN, f"what it runs is not known: {why}")


def _without(container: Container, state: str, why: str) -> Checklist:
    return Checklist(container, None, why, (), state)


def _verdict(item: Item, subject: Subject, outcome: Outcome) -> Verdict:
    """What rules found decides; then what shows that it is done, if all rules were run."""
    problems = list(_problems(item, subject, outcome))
    if problems:
        why = "; ".join(dict.fromkeys(_words(problem) for problem in problems))
        return Verdict(MISSING, why, tuple(problem.finding.at for problem in problems))
    verdict = evidence(item.key, subject)
    run = {info.id for info in outcome.rules}
    not_run = [rule for rule in item.rules if rule not in run]
    if verdict.state in (DONE, UNKNOWN) and not_run:
        return Verdict(UNKNOWN, f"{', '.join(not_run)} did not run; {verdict.why}", verdict.places)
    return verdict


def _problems(item: Item, subject: Subject, outcome: Outcome) -> Iterator[Problem]:
    """What rules found against an item, reported or not: neither makes it done."""
    judged = {subject.container.id}
    if item.is_shared:
        judged.update(each.id for each in subject.partners)
    for problem in (*outcome.problems, *outcome.unreported):
        if problem.rule.id not in item.rules or judged.isdisjoint(problem.concerned):
            continue
        if _is_against(item, problem) and not subject.is_of_another(problem.finding.at.path):
            yield problem


def _is_against(item: Item, problem: Problem) -> bool:
    """Whether a problem that a rule of an item found is one of the item."""
    key = problem.finding.key
    if problem.rule.id == "IMG001":  # It judges all software, and tells of an end before it comes.
        return key == "python" and problem.severity is not Severity.INFO
    if problem.rule.id == "CFG010" and item.key == "secret":  # Any secret may be exposed.
        return "SECRET" in key.upper() and "KEY" in key.upper()
    return True


def _words(problem: Problem) -> str:
    accepted = "" if problem.suppressed is None else " (accepted)"
    return f"{problem.rule.id} {problem.finding.message}{accepted}"
