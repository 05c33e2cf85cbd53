"""Findings as SARIF describes them: exact regions, and a message that links what it rests on."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from dockerlint_py.engine.run import Outcome, Problem
from dockerlint_py.model.finding import Finding
from dockerlint_py.report.line_hash import line_hashes
from dockerlint_py.report.sarif_rules import LEVELS
from dockerlint_py.text import Place, clean

ROOT = "%SRCROOT%"
MAX_RELATED = 99
"""GitHub keeps 100 locations of a result."""
MAX_SNIPPET = 2000
MAX_HASHED = 1 << 20
"""In bytes; lines of a larger file have no fingerprint, and GitHub works it out itself."""


class Results:
    """Makes a `result` of each problem; hashes every file once."""

    __slots__ = ("_hashes", "_marks_suppressions", "_outcome", "_rule_index")

    def __init__(self, outcome: Outcome, *, marks_suppressions: bool) -> None:
        self._outcome = outcome
        self._marks_suppressions = marks_suppressions
        self._rule_index = {info.id: number for number, info in enumerate(outcome.rules)}
        self._hashes: dict[str, list[str]] = {}

    def of(self, problem: Problem) -> dict[str, Any]:
        """The `result` of a problem."""
        finding = problem.finding
        related = finding.related[:MAX_RELATED]
        result: dict[str, Any] = {
            "ruleId": problem.rule.id,
            "ruleIndex": self._rule_index[problem.rule.id],
            "level": LEVELS[problem.severity],
            "message": {"text": _message(finding, related)},
            "locations": [self._location(finding.at)],
            "partialFingerprints": self._fingerprints(finding.at),
            "properties": {
                "confidence": finding.confidence.word,
                "role": problem.role,
                "containers": list(problem.containers),
            },
        }
        if related:
            result["relatedLocations"] = [
                {
                    "id": number,
                    "message": {"text": clean(place.note) or "related"},
                    **self._location(place),
                }
                for number, place in enumerate(related, 1)
            ]
        if self._marks_suppressions:
            # SARIF wants them for all results of a run or for none.
            result["suppressions"] = list(_suppressions(problem))
        return result

    def _location(self, place: Place) -> dict[str, Any]:
        start, end = place.start, place.end
        region = {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
            "snippet": {"text": place.text[:MAX_SNIPPET]},
        }
        return physical_location(self._outcome.shown(place.path), {"region": region})

    def _fingerprints(self, place: Place) -> dict[str, str]:
        hashes = self._line_hashes(place)
        if place.line > len(hashes):  # a large file, or one that has changed meanwhile
            return {}
        return {"primaryLocationLineHash": hashes[place.line - 1]}

    def _line_hashes(self, place: Place) -> list[str]:
        path = place.path
        if path not in self._hashes:
            data = self._outcome.repository.snapshot.data(path, MAX_HASHED + 1)
            if data is None:
                data = place.source.text.encode("utf-8", "replace")
            self._hashes[path] = line_hashes(data) if len(data) <= MAX_HASHED else []
        return self._hashes[path]


def physical_location(path: str, rest: dict[str, Any]) -> dict[str, Any]:
    """A `location` in a file, by the path that reports show."""
    uri = quote(path, safe="/", errors="replace")  # readers refuse what is not UTF-8
    return {"physicalLocation": {"artifactLocation": {"uri": uri, "uriBaseId": ROOT}, **rest}}


def _message(finding: Finding, related: tuple[Place, ...]) -> str:
    """The message and the chain, with a link to every related place.

    GitHub shows no related place that the message does not link.
    """
    numbers = {place[:2]: number for number, place in enumerate(related, 1)}
    links: dict[str, list[int]] = {}
    for fact in finding.because:
        here = links.setdefault(fact.says, [])
        here += [n for p in fact.places if (n := numbers.pop(p[:2], None)) is not None]
    loose = links.pop("", [])
    sentences = [f"{_plain(finding.message)}."]
    if links:
        sentences.append(f"Because {'; '.join(_clause(*item) for item in links.items())}.")
    if loose:
        sentences.append(f"See {', '.join(f'[{number}]({number})' for number in loose)}.")
    return " ".join(sentences)


def _clause(says: str, links: list[int]) -> str:
    first = f"[{_link_text(says)}]({links[0]})" if links else _plain(says)
    return "".join((first, *(f" [{number}]({number})" for number in links[1:])))


def _plain(text: str) -> str:
    """Text that makes no link of its own."""
    return clean(text).replace("](", "] (")


def _link_text(text: str) -> str:
    return _plain(text).replace("\\", r"\\").replace("[", r"\[").replace("]", r"\]")


def _suppressions(problem: Problem) -> Iterator[dict[str, str]]:
    suppressed = problem.suppressed
    if suppressed is not None:
        kind = "inSource" if suppressed.kind == "inline" else "external"
        yield {"kind": kind, **({"justification": suppressed.reason} if suppressed.reason else {})}
