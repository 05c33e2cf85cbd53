"""One requirement string: PEP 508, and the paths and URLs that pip takes besides."""

import re

from dockerlint_py.manifests.model import Requirement
from dockerlint_py.manifests.naming import extras_in, normalise
from dockerlint_py.manifests.versions import ANY, Versions
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

_LONGEST = 4000
_VCS = regex(r"(?:git|hg|svn|bzr)\+")
_URL = regex(r"[a-z][a-z0-9+.-]*:(?://|[./])")
_EGG = regex(r"[#&]egg=([A-Za-z0-9._-]+)(?:\[([A-Za-z0-9._, -]*)\])?")
_ARCHIVE = regex(r"\.(?:whl|zip|tar\.gz|tgz|tar\.bz2|tar\.xz|tar)(?:\[|$)")
_WHEEL = regex(r"([A-Za-z0-9._]+)-([A-Za-z0-9.!+_]+)(?:-[0-9][^-]*)?-[^-]+-[^-]+-[^-]+\.whl$")
_NAMED = regex(r"[A-Za-z0-9][A-Za-z0-9._-]*\s*(?:\[[^\]]*\])?\s*@")


def parse_requirement(text: str, place: Place, *, editable: bool = False) -> Requirement | None:
    """A requirement as it stands in a requirements file or a list of dependencies.

    None when it is no requirement that pip would accept.
    """
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    if _VCS.match(text) or (_URL.match(text) and not _NAMED.match(text)):
        return _from_url(text, place, editable=editable)
    if not _NAMED.match(text) and (_looks_like_path(text) or editable):
        return _from_path(text, place, editable=editable)
    return _from_pep508(text, place)


def _looks_like_path(text: str) -> bool:
    bare = text.partition(";")[0].strip()
    return "/" in bare or bare.startswith(".") or _ARCHIVE.search(bare) is not None


def _split_marker(text: str) -> tuple[str, str]:
    """pip parts the marker of a URL by `; `, that of a path by `;`."""
    body, _separator, marker = text.partition("; ")
    return body.strip(), marker.strip()


def _from_url(text: str, place: Place, *, editable: bool) -> Requirement:
    url, marker = _split_marker(text)
    if url.startswith("file:"):
        path = re.sub(r"^file:(?://)?", "", url).partition("#")[0]
        found = _from_path(path, place, editable=editable)
        egg = _EGG.search(url)
        return found._replace(
            marker=marker, name=normalise(egg.group(1)) if egg else found.name, url=url
        )
    egg = _EGG.search(url)
    wheel = _WHEEL.match(url.partition("#")[0].rpartition("/")[2])
    name, versions = "", ANY
    if egg:
        name = normalise(egg.group(1))
    elif wheel:
        name, versions = normalise(wheel.group(1)), _exactly(wheel.group(2))
    extras = extras_in(egg.group(2)) if egg and egg.group(2) else ()
    return Requirement(name, versions, place, extras, marker, url=url, editable=editable)


def _from_path(text: str, place: Place, *, editable: bool) -> Requirement:
    body, _separator, marker = text.partition(";")
    path = body.strip()
    extras: tuple[str, ...] = ()
    if path.endswith("]") and "[" in path:
        path, _bracket, rest = path[:-1].rpartition("[")
        extras = extras_in(rest)
    wheel = _WHEEL.match(path.rpartition("/")[2])
    name = normalise(wheel.group(1)) if wheel else ""
    versions = _exactly(wheel.group(2)) if wheel else ANY
    return Requirement(name, versions, place, extras, marker.strip(), path=path, editable=editable)


def _exactly(version: str) -> Versions:
    return Versions(f"=={version}", (f"=={version}",))


def _from_pep508(text: str, place: Place) -> Requirement | None:
    from packaging.requirements import InvalidRequirement
    from packaging.requirements import Requirement as Parsed

    try:
        parsed = Parsed(text)
    except (InvalidRequirement, RecursionError):
        return None
    specifier = str(parsed.specifier)
    url = parsed.url
    path = url.removeprefix("file:").removeprefix("//") if url and url.startswith("file:") else None
    return Requirement(
        normalise(parsed.name),
        Versions(specifier, (specifier,)),
        place,
        tuple(sorted(normalise(extra) for extra in parsed.extras)),
        str(parsed.marker) if parsed.marker else "",
        url=url,
        path=path,
    )
