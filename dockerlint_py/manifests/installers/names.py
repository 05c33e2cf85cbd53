"""Packages, paths and URLs as they are named on command lines."""

import re

from dockerlint_py.manifests.installers.command import LocalPath, NamedPackage, Operand
from dockerlint_py.manifests.naming import extras_in, normalise
from dockerlint_py.text.regex import regex

_NAME = regex(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_EXTRAS = regex(r"\s*\[([^\]]*)\]")
_TRAILING_EXTRAS = regex(r"\[([^\[\]]*)\]$")
_EXACT = regex(r"={2,3}\s*([A-Za-z0-9.!+_-]+)$")
_URL = regex(r"(?:(?:git|hg|svn|bzr)\+)?[a-z][a-z0-9+.-]*://|git@|(?:git|hg|svn|bzr)\+")
_ARCHIVES = (".whl", ".tar.gz", ".zip", ".tar.bz2", ".tgz", ".tar.xz", ".tar")
_EGG = regex(r"[#&]egg=([A-Za-z0-9._-]+)")
_WHEEL_NAME = regex(r"([A-Za-z0-9._]+)-([A-Za-z0-9.!+_]+)-.+\.whl$")

Named = NamedPackage | LocalPath


def static_part(text: str) -> str:
    """The text before the first expansion."""
    ends = [at for at in (text.find("$"), text.find("`")) if at >= 0]
    return text[: min(ends)] if ends else text


def is_path(text: str) -> bool:
    """Whether pip takes the text for a path, by its look."""
    return "/" in text or text.startswith(".") or text.endswith(_ARCHIVES)


def python_operand(
    operand: Operand, *, editable: bool = False, at_sign: bool = False
) -> Named | None:
    """A requirement, path or URL as pip and its likes take it; None when it cannot be read.

    With `at_sign`, `name@1.2` names a version, as uv and Poetry allow it.
    """
    text = operand.text.strip()
    if _URL.match(text):
        return _url(operand, text, editable=editable)
    named = _NAME.match(text)
    if named is not None and re.match(r"(?:\[[^\]]*\])?\s*@", text[named.end() :]):
        return _requirement(operand, text, at_sign=at_sign)
    if is_path(text) or editable:
        return _path(operand, text, editable=editable)
    return _requirement(operand, text, at_sign=at_sign)


def _url(operand: Operand, text: str, *, editable: bool) -> Named | None:
    if text.startswith("file:"):
        path = re.sub(r"^file:(?://)?(?=/)|^file:(?://)?", "", text)
        return _path(operand, path.partition("#")[0], editable=editable)
    egg = _EGG.search(text)
    wheel = _WHEEL_NAME.match(text.partition("#")[0].rpartition("/")[2])
    if egg:
        return NamedPackage(normalise(egg.group(1)), operand.at, url=text)
    if wheel and not operand.dynamic:
        name, version = normalise(wheel.group(1)), wheel.group(2)
        return NamedPackage(name, operand.at, version=version, url=text)
    return NamedPackage("", operand.at, url=text)


def _path(operand: Operand, text: str, *, editable: bool) -> LocalPath:
    extras: tuple[str, ...] = ()
    found = _TRAILING_EXTRAS.search(text)
    if found is not None and found.start() > 0:
        extras = extras_in(found.group(1))
        text = text[: found.start()]
    return LocalPath(text, operand.at, editable, extras, operand.dynamic)


def _requirement(operand: Operand, text: str, *, at_sign: bool) -> NamedPackage | None:
    known = static_part(text) if operand.dynamic else text
    named = _NAME.match(known)
    if named is None:
        return None
    end = named.end()
    bracket = _EXTRAS.match(known, end)
    if bracket is not None:
        end = bracket.end()
    rest = text[end:].partition(";")[0].strip()
    if operand.dynamic and _cut_inside_name(known, end):
        return None
    package = NamedPackage(
        normalise(named.group()),
        operand.at,
        extras=extras_in(bracket.group(1)) if bracket else (),
    )
    return _with_version(package, rest, dynamic=operand.dynamic, at_sign=at_sign)


def _cut_inside_name(known: str, end: int) -> bool:
    """`name$X` may be another name; `name==$X` is not."""
    return not known[end:].strip() or known[end:].lstrip()[:1] not in "=<>!~@;"


def _with_version(
    package: NamedPackage, rest: str, *, dynamic: bool, at_sign: bool
) -> NamedPackage | None:
    if rest.startswith("@"):
        return _at(package, rest[1:].strip(), dynamic=dynamic, at_sign=at_sign)
    if rest and rest[0] not in "=<>!~(":
        return None
    if dynamic:
        return package._replace(specifier=rest, version_dynamic=bool(rest))
    exact = _EXACT.match(rest)
    return package._replace(specifier=rest, version=exact.group(1) if exact else None)


def _at(package: NamedPackage, rest: str, *, dynamic: bool, at_sign: bool) -> NamedPackage:
    if not at_sign or _URL.match(rest) or "/" in rest:
        return package._replace(url=rest)
    if dynamic:
        return package._replace(specifier=f"@{rest}", version_dynamic=True)
    exact = rest.lstrip("=")
    pinned = re.fullmatch(r"[0-9][A-Za-z0-9.!+_-]*", exact) is not None
    return package._replace(specifier=f"@{rest}", version=exact if pinned else None)


def system_operand(operand: Operand, separators: str) -> Named | None:
    """A package of an operating system: `name`, `name=version`, `./file.deb`.

    `separators` are the characters that may follow a name before its version or its architecture.
    """
    text = operand.text
    if text.endswith((".deb", ".rpm", ".apk")) or text.startswith(("/", "./", "../")):
        return LocalPath(text, operand.at, dynamic=operand.dynamic)
    known = static_part(text) if operand.dynamic else text
    end = next((at for at, char in enumerate(known) if char in separators), len(known))
    name, rest = known[:end], text[end:]
    if not name or (operand.dynamic and end == len(known)):
        return None
    exact = rest[1:] if rest.startswith("=") and "*" not in rest and not operand.dynamic else ""
    return NamedPackage(
        name,
        operand.at,
        specifier=rest,
        version=exact or None,
        version_dynamic=operand.dynamic,
    )


def split_packages(
    named: list[tuple[Operand, Named | None]],
) -> tuple[tuple[NamedPackage, ...], tuple[LocalPath, ...], tuple[str, ...]]:
    """Packages, paths, and the texts that could not be read."""
    packages = tuple(item for _operand, item in named if isinstance(item, NamedPackage))
    paths = tuple(item for _operand, item in named if isinstance(item, LocalPath))
    unread = tuple(operand.text for operand, item in named if item is None)
    return packages, paths, unread
