"""Rules as SARIF describes them: level, help, weakness, GitHub's security severity."""

from collections.abc import Mapping
from typing import Any

from dockerlint_py.engine.packs import page_of
from dockerlint_py.engine.rule import RuleInfo
from dockerlint_py.model.finding import Severity
from dockerlint_py.project import rule_url

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
PROBLEM_SEVERITIES = {**LEVELS, Severity.INFO: "recommendation"}
SECURITY_SCORES = {Severity.ERROR: 8.0, Severity.WARNING: 5.5, Severity.INFO: 2.0}
"""For rules whose severity is configured: in the middle of GitHub's high, medium and low."""
MAX_DESCRIPTION = 1024
MAX_TAGS = 20


def rule_descriptor(info: RuleInfo, configured: Mapping[str, Severity]) -> dict[str, Any]:
    """A `reportingDescriptor`; `configured` are severities that the user gave, by rule id."""
    severity = configured.get(info.id, info.severity)
    page = page_of(info) or f"{info.summary}\n"
    url = rule_url(info.id)
    return {
        "id": info.id,
        "name": "".join(word.capitalize() for word in info.name.split("-")),
        "shortDescription": {"text": info.summary},
        "fullDescription": {"text": _why(page) or info.summary},
        "helpUri": url,
        "help": {
            "text": f"{info.summary} See {url} for what to write instead.",
            "markdown": f"{page}\n{url}\n",
        },
        "defaultConfiguration": {"level": LEVELS[severity]},
        "properties": _properties(info, severity),
    }


def _why(page: str) -> str:
    """The section of a page that tells why, as one paragraph."""
    section = page.partition("## Why\n")[2].partition("\n## ")[0]
    text = " ".join(section.split())
    return text if len(text) <= MAX_DESCRIPTION else f"{text[: MAX_DESCRIPTION - 3]}..."


def _properties(info: RuleInfo, severity: Severity) -> dict[str, Any]:
    """What only GitHub reads: tags, and for security rules a number written as a string."""
    tags = dict.fromkeys(info.tags)
    if info.security is None:
        tags.pop("security", None)  # GitHub: a security alert, which has a score
        kind = {"problem.severity": PROBLEM_SEVERITIES[severity]}
    else:
        tags.update(dict.fromkeys(("security", f"external/cwe/cwe-{info.security.cwe:03}")))
        is_own = severity == info.severity
        score = info.security.score if is_own else SECURITY_SCORES[severity]
        kind = {"security-severity": f"{score:.1f}"}
    return {"tags": list(tags)[:MAX_TAGS], "precision": "high", **kind}
