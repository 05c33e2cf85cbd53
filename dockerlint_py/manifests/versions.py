"""Version constraints of pip, Poetry and Pipfile as sets of PEP 440 specifiers."""

import re

from dockerlint_py.record import NamedTuple
from dockerlint_py.text.regex import regex

_EXACT = regex(r"={2,3}\s*([^\s,*;]+)$")
_RELEASE = regex(r"v?(\d+(?:\.\d+)*)((?:[-_.]?(?:a|b|c|rc|alpha|beta|pre|post|dev)[-_.]?\d*)*)$")
_CLAUSE = regex(r"(\^|~=|~|===|==|!=|>=|<=|>|<|=)?\s*([^\s,<>=!~^|]+)")
_LONGEST = 500


_LOWER_BOUNDS = (">=", ">", "~=", "==", "===")


class Versions(NamedTuple):
    """The versions that a constraint allows.

    `written` is the text of the file. A version is allowed when one of the `alternatives`, each a
    PEP 440 specifier set, contains it; without alternatives the constraint could not be read.
    """

    written: str
    alternatives: tuple[str, ...] = ("",)

    @property
    def known(self) -> bool:
        """Whether the constraint could be read."""
        return bool(self.alternatives)

    @property
    def anything(self) -> bool:
        """Whether every version is allowed."""
        return self.alternatives == ("",)

    @property
    def pin(self) -> str | None:
        """The one version that is allowed."""
        if len(self.alternatives) != 1:
            return None
        exact = _EXACT.fullmatch(self.alternatives[0].strip())
        return exact.group(1) if exact else None

    def allows(self, version: str) -> bool | None:
        """Whether a version satisfies the constraint; None when either cannot be read."""
        from packaging.specifiers import InvalidSpecifier, SpecifierSet
        from packaging.version import InvalidVersion, Version

        if not self.alternatives:
            return None
        try:
            parsed = Version(version)
            return any(
                SpecifierSet(text).contains(parsed, prereleases=True) for text in self.alternatives
            )
        except (InvalidSpecifier, InvalidVersion):
            return None

    def starts_at(self, major: int) -> bool:
        """Whether every version that is allowed is known to be of this major version or later."""
        from packaging.specifiers import InvalidSpecifier, SpecifierSet
        from packaging.version import Version

        def is_bound(operator: str, version: str) -> bool:
            return operator in _LOWER_BOUNDS and Version(version.rstrip(".*")).major >= major

        try:
            return self.known and all(
                any(is_bound(each.operator, each.version) for each in SpecifierSet(text))
                for text in self.alternatives
            )
        except (InvalidSpecifier, ValueError):
            return False

    def allows_python(self, minor: str) -> bool | None:
        """Whether some release of a Python minor (`3.12`) satisfies the constraint.

        `>=3.12.4` allows 3.12: which patch release an image has is another question.
        """
        named = re.findall(rf"\b{re.escape(minor)}\.(\d{{1,3}})\b", ",".join(self.alternatives))
        patches = {0, 40} | {int(text) + step for text in named for step in (-1, 0, 1)}
        answers = [self.allows(f"{minor}.{patch}") for patch in sorted(patches) if patch >= 0]
        if None in answers:
            return None
        return any(answers)


ANY = Versions("", ("",))


def unreadable(written: str) -> Versions:
    """A constraint of which only the text is known."""
    return Versions(written, ())


def pep440(text: str) -> Versions:
    """A PEP 440 specifier set, as pip reads it."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    text = text.strip()
    if len(text) > _LONGEST:
        return unreadable(text[:_LONGEST])
    try:
        SpecifierSet(text)
    except InvalidSpecifier:
        return unreadable(text)
    return Versions(text, (text,))


def poetry(text: str) -> Versions:
    """A constraint of Poetry: PEP 440 with `^1.2`, `~1.2`, `1.2`, `1.*`, and `||` between sets."""
    text = text.strip()
    if len(text) > _LONGEST:
        return unreadable(text[:_LONGEST])
    alternatives = []
    for part in re.split(r"\s*\|\|?\s*", text):
        converted = _poetry_set(part.strip())
        if converted is None:
            return unreadable(text)
        alternatives.append(converted)
    return Versions(text, tuple(alternatives))


def pipfile(text: str) -> Versions:
    """A constraint of a Pipfile: PEP 440, or `*`."""
    return Versions(text, ("",)) if text.strip() in ("", "*") else pep440(text)


def _poetry_set(text: str) -> str | None:
    if text in ("", "*"):
        return ""
    clauses = []
    at = 0
    while at < len(text):
        found = _CLAUSE.match(text, at)
        if found is None:
            return None
        clause = _poetry_clause(found.group(1) or "", found.group(2))
        if clause is None:
            return None
        clauses.append(clause)
        gap = re.compile(r"[\s,]*").match(text, found.end())
        at = gap.end() if gap else len(text)
    joined = ",".join(clause for clause in clauses if clause)
    return joined if pep440(joined).known else None


def _poetry_clause(operator: str, version: str) -> str | None:
    if version == "*":
        return ""
    if operator in ("^", "~", "~="):
        return _range(operator, version)
    if operator in ("", "=", "=="):
        return f"=={version}"
    if version.endswith(".*") and operator in (">=", "<=", ">", "<"):
        version = version[:-2]
    return f"{operator}{version}"


def _range(operator: str, version: str) -> str | None:
    """`^` keeps the first number that is not zero, `~` the second; `~=1.2` is Poetry's `^1.2`.

    Poetry reads `~=` with four numbers as with three, and `~=1` as `~1.0`; PEP 440 has neither.
    """
    wildcard = version.endswith(".*")
    found = _RELEASE.match(version[:-2] if wildcard else version)
    if found is None:
        return None
    release = [int(number) for number in found.group(1).split(".")]
    if operator == "^":
        index = next((i for i, number in enumerate(release) if number), len(release) - 1)
    elif operator == "~=":
        index = 0 if len(release) == 2 else 1
        release = release if len(release) > 1 else [*release, 0]
    else:
        index = min(1, len(release) - 1)
    upper = [*release[:index], release[index] + 1, *[0] * (len(release) - index - 1)]
    lower = found.group(1) + found.group(2)
    return f">={lower},<{'.'.join(str(number) for number in upper)}"
