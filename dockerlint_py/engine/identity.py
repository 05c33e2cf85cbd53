"""What makes a finding the same finding in the next run: never a line number, never prose."""

from collections.abc import Iterable
from hashlib import sha256

from dockerlint_py.engine.run import Problem


def fingerprints(problems: Iterable[Problem]) -> list[str]:
    """For each problem 40 hex digits over its rule, path, key, first line, and a count of twins."""
    seen: dict[tuple[str, ...], int] = {}
    prints = []
    for problem in problems:
        at = problem.finding.at
        first_line = at.text.partition("\n")[0]
        parts = (problem.rule.id, at.path, problem.finding.key, " ".join(first_line.split()))
        ordinal = seen.get(parts, 0)
        seen[parts] = ordinal + 1
        identity = "\0".join((*parts, str(ordinal)))
        prints.append(sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:40])
    return prints
