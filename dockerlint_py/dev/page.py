"""A rule's page: its docstring, its metadata, its fixtures, and what it says about them."""

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any

from dockerlint_py.engine.rule import Rule, RuleInfo
from dockerlint_py.report import text
from dockerlint_py.report.options import ReportOptions
from dockerlint_py.testing.case import Case

ROLES = {
    "any": "whatever the container is for",
    "prod": "full in production, one level lower where the role is unknown, silent in dev and test",
}
LANGUAGES = {".py": "python", ".yml": "yaml", ".yaml": "yaml", ".toml": "toml", ".sh": "sh"}


def rule_page(rule: Rule[Any], cases: Sequence[Case]) -> str:
    """The page as Markdown; needs the rule's `bad` and `good` cases."""
    info = rule.info
    document = str(rule.check.__globals__["__doc__"]).strip()
    summary, _, body = document.partition("\n")
    why, _, references = body.strip().partition("## References")
    parts = [
        f"# {info.id} · {info.name}\n",
        f"{summary}\n",
        _metadata(info),
        f"{why.strip()}\n",
        *_example("Bad", "bad", cases),
        *_example("Good", "good", cases),
        _options(info),
        _silence(info),
        f"## References\n{references.rstrip()}\n" if references else "",
    ]
    return "\n".join(part for part in parts if part)


def _metadata(info: RuleInfo) -> str:
    others = ", ".join(severity.word for severity in info.severities[1:])
    rows = [
        ("severity", info.severity.word + (f" (in some cases {others})" if others else "")),
        ("profile", info.profile),
        ("role", ROLES[info.role]),
        ("looks at", info.unit),
        ("tags", ", ".join(info.tags)),
    ]
    if info.security:
        rows.append(("weakness", f"CWE-{info.security.cwe}"))
    if info.equivalents:
        rows.append(("see also", ", ".join(info.equivalents)))
    lines = "".join(f"| {name} | {value} |\n" for name, value in rows)
    return f"| | |\n|---|---|\n{lines}"


def _example(title: str, name: str, cases: Iterable[Case]) -> list[str]:
    case = next((case for case in cases if case.name == name), None)
    if case is None:
        return []
    blocks = [f"## {title}\n"]
    for path, content in case.project.files.items():
        if isinstance(content, str):
            language = _language(path)
            fence = "~~~~" if "```" in content else "```"
            blocks.append(f"`{path}`\n\n{fence}{language}\n{content.rstrip()}\n{fence}\n")
    checked = case.check()
    if checked.problems:
        report = text.render(checked.outcome, ReportOptions(quiet=True))
        blocks.append(f"What it says:\n\n```text\n{report.rstrip()}\n```\n")
    return blocks


def _language(path: str) -> str:
    name = PurePosixPath(path)
    if "dockerfile" in name.name.lower() and name.suffix != ".dockerignore":
        return "dockerfile"
    return LANGUAGES.get(name.suffix, "text")


def _options(info: RuleInfo) -> str:
    if not info.options:
        return ""
    rows = "".join(
        f"| `{o.name}` | {o.type} | `{_toml(o.default)}` | {o.help} |\n" for o in info.options
    )
    return (
        f"## Options\n\nIn `[tool.dockerlint-py.rules.{info.id}]`:\n\n"
        f"| option | type | default | |\n|---|---|---|---|\n{rows}"
    )


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{item}"' for item in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _silence(info: RuleInfo) -> str:
    return (
        "## Silence\n\nWith a comment on the line above the place, and a reason:\n\n"
        f"```text\n# dockerlint: ignore[{info.id}] why this is right here\n```\n\n"
        f'For a whole run with `--ignore {info.id}`, for a project with `ignore = ["{info.id}"]` '
        "in the configuration.\n"
    )
