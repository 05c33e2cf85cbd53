"""The official image `python`, and all that is built on its tags.

The default release behind a tag that names none was read from the history of the file
`library/python` of docker-library/official-images: what a tag pointed at when it was last built.
"""

from dockerlint_py.knowledge.distributions import Distribution, from_suffix
from dockerlint_py.knowledge.images import contents
from dockerlint_py.knowledge.images.facts import ImageFacts
from dockerlint_py.record import NamedTuple
from dockerlint_py.text.regex import regex

SOURCE = "github.com/docker-library/official-images/blob/master/library/python"
DATE = "2026-08-21"

BUILT_MINORS = ((3, 10), (3, 11), (3, 12), (3, 13), (3, 14), (3, 15))
"""Minors that are still rebuilt (3.15 as a release candidate)."""

BUILT_RELEASES = frozenset(
    (("debian", "trixie"), ("debian", "bookworm"), ("alpine", "3.24"), ("alpine", "3.23"))
)
"""Distribution releases that are still rebuilt, for every one of those minors."""

_DEBIAN_SINCE: dict[tuple[int, int], tuple[tuple[int, str], ...]] = {
    (2, 7): ((13, "jessie"), (15, "stretch"), (16, "buster")),
    (3, 3): ((6, "jessie"),),
    (3, 4): ((6, "jessie"), (8, "stretch")),
    (3, 5): ((3, "jessie"), (5, "stretch"), (7, "buster")),
    (3, 6): ((2, "jessie"), (5, "stretch"), (9, "buster"), (14, "bullseye")),
    (3, 7): ((0, "stretch"), (4, "buster"), (11, "bullseye"), (17, "bookworm")),
    (3, 8): ((0, "buster"), (11, "bullseye"), (17, "bookworm")),
    (3, 9): ((0, "buster"), (6, "bullseye"), (17, "bookworm"), (23, "trixie")),
    (3, 10): ((0, "bullseye"), (12, "bookworm"), (18, "trixie")),
    (3, 11): ((0, "bullseye"), (4, "bookworm"), (13, "trixie")),
    (3, 12): ((0, "bookworm"), (11, "trixie")),
    (3, 13): ((0, "bookworm"), (6, "trixie")),
    (3, 14): ((0, "trixie"),),
}
"""For each minor: from which patch release on, which Debian a tag without a suffix is built on."""

_ALPINE_SINCE: dict[tuple[int, int], tuple[tuple[int, str], ...]] = {
    (2, 7): ((13, "3.4"), (15, "3.9"), (16, "3.10"), (17, "3.11")),
    (3, 3): ((6, "3.4"),),
    (3, 4): ((6, "3.4"), (8, "3.8"), (9, "3.9")),
    (3, 5): ((3, "3.4"), (5, "3.8"), (6, "3.9"), (7, "3.10"), (9, "3.12")),
    (3, 6): (
        *((2, "3.4"), (5, "3.7"), (6, "3.8"), (8, "3.10")),
        *((10, "3.12"), (12, "3.13"), (13, "3.14"), (15, "3.15")),
    ),
    (3, 7): (
        *((0, "3.8"), (2, "3.9"), (3, "3.10"), (6, "3.11"), (7, "3.12"), (9, "3.13")),
        *((10, "3.14"), (12, "3.15"), (13, "3.16"), (15, "3.17"), (16, "3.18")),
    ),
    (3, 8): (
        *((0, "3.10"), (1, "3.11"), (3, "3.12"), (7, "3.13"), (10, "3.14"), (12, "3.15")),
        *((13, "3.16"), (15, "3.17"), (16, "3.18"), (18, "3.19"), (19, "3.20")),
    ),
    (3, 9): (
        *((0, "3.12"), (1, "3.13"), (5, "3.14"), (9, "3.15"), (13, "3.16"), (15, "3.17")),
        *((16, "3.18"), (18, "3.19"), (19, "3.20"), (21, "3.21"), (22, "3.22")),
    ),
    (3, 10): (
        *((0, "3.15"), (4, "3.16"), (8, "3.17"), (11, "3.18"), (13, "3.19")),
        *((14, "3.20"), (16, "3.21"), (17, "3.22"), (19, "3.23"), (20, "3.24")),
    ),
    (3, 11): (
        *((0, "3.17"), (3, "3.18"), (7, "3.19"), (9, "3.20")),
        *((11, "3.21"), (12, "3.22"), (14, "3.23"), (15, "3.24")),
    ),
    (3, 12): (
        (0, "3.18"),
        (1, "3.19"),
        (3, "3.20"),
        (8, "3.21"),
        (10, "3.22"),
        (12, "3.23"),
        (13, "3.24"),
    ),
    (3, 13): ((0, "3.20"), (1, "3.21"), (3, "3.22"), (10, "3.23"), (14, "3.24")),
    (3, 14): ((0, "3.22"), (1, "3.23"), (6, "3.24")),
}
"""The same for the tags that end in `-alpine`."""

_CURRENT = {"debian": "trixie", "alpine": "3.24"}
_LAST_PATCH_KNOWN = {(3, 10): 21, (3, 11): 16, (3, 12): 14, (3, 13): 15, (3, 14): 7}

_VERSION = regex(
    r"(?P<major>[0-9]{1,2})(?:\.(?P<minor>[0-9]{1,3})(?:\.(?P<patch>[0-9]{1,4}))?)?"
    r"(?P<pre>(?:a|b|rc)[0-9]{1,2})?t?"
)


class PythonTag(NamedTuple):
    """A tag of the image `python` in its parts; `odd` is a suffix that nobody here knows."""

    minor: tuple[int, int] | None
    patch: int | None
    prerelease: bool
    slim: bool
    distribution: Distribution | None
    odd: bool


def parse_python_tag(tag: str) -> PythonTag:
    """Reads `3.12.4-slim-bookworm` and the like; the order of the suffixes does not matter."""
    words = tag.split("-")
    match = _VERSION.fullmatch(words[0])
    minor = patch = None
    prerelease = False
    if match:
        words = words[1:]
        if match["minor"]:
            minor = (int(match["major"]), int(match["minor"]))
        elif int(match["major"]) == 2:
            minor = (2, 7)
        patch = int(match["patch"]) if match["patch"] else None
        prerelease = match["pre"] is not None
    known = {"slim", "rc", "latest", ""}
    distributions = [found for word in words if (found := from_suffix(word))]
    odd = len(distributions) > 1 or any(w not in known and not from_suffix(w) for w in words)
    return PythonTag(
        minor,
        patch,
        prerelease or "rc" in words,
        "slim" in words,
        distributions[0] if distributions else None,
        odd,
    )


def python_facts(tag: str | None) -> ImageFacts:
    """Facts about `python:<tag>`; without a tag (a bare digest) only that it is Python."""
    if tag is None:
        return ImageFacts(kind="language", product="python", source=SOURCE, as_of=DATE)
    parsed = parse_python_tag(tag)
    facts = ImageFacts(
        kind="language",
        product="python",
        version=None if parsed.minor is None else f"{parsed.minor[0]}.{parsed.minor[1]}",
        python=parsed.minor,
        patch_floats=parsed.patch is None and (not parsed.minor or parsed.minor in BUILT_MINORS),
        source=SOURCE,
        as_of=DATE,
    )
    return facts if parsed.odd else _with_contents(facts, parsed)


def _with_contents(facts: ImageFacts, tag: PythonTag) -> ImageFacts:
    family = tag.distribution.family if tag.distribution else "debian"
    named = tag.distribution.release if tag.distribution else None
    release, floats = (named, False) if named else _default_release(tag, family)
    distribution = Distribution(family, release)
    variant = "alpine" if family == "alpine" else "slim" if tag.slim else "full"
    python = "python2" if tag.minor and tag.minor[0] == 2 else "python3"
    return facts._replace(
        distro=family,
        release=release,
        release_floats=floats,
        libc=distribution.libc,
        variant=variant,
        interpreter=f"/usr/local/bin/{python}",
        externally_managed=False,
        user="root",
        shell=distribution.shell,
        tools=_tools(tag, variant),
        packages=_packages(variant, release),
        environment=_environment(tag.minor),
        entrypoint=(),
        command=(python,),
        ports=(),
        volumes=(),
        has_healthcheck=False,
    )


def _default_release(tag: PythonTag, family: str) -> tuple[str | None, bool]:
    """The release behind a tag that names none, and whether it may have moved since."""
    if tag.minor is None:
        return (None if tag.prerelease else _CURRENT.get(family)), True
    table = _ALPINE_SINCE if family == "alpine" else _DEBIAN_SINCE
    since = table.get(tag.minor)
    if since is None:
        return (_CURRENT.get(family) if tag.minor in BUILT_MINORS else None), True
    if tag.patch is None:
        return since[-1][1], tag.minor in BUILT_MINORS
    releases = [release for first, release in since if first <= tag.patch]
    still_moves = tag.patch >= _LAST_PATCH_KNOWN.get(tag.minor, 10_000)
    return (releases[-1] if releases else None), still_moves


def _tools(tag: PythonTag, variant: str) -> dict[str, bool]:
    table = {"full": contents.FULL, "slim": contents.SLIM, "alpine": contents.ALPINE}[variant]
    tools = {**table, "python": True, "pip": True}
    if tag.minor is None:
        return tools | {"python3": True, "pip3": True}
    if tag.minor[0] == 3:
        tools |= {"python3": True, "pip3": True}
    tools["setuptools"] = tag.minor < (3, 12)
    return tools


def _packages(variant: str, release: str | None) -> dict[str, bool]:
    if variant == "full":
        return contents.full_packages(release)
    return contents.slim_packages() if variant == "slim" else contents.alpine_packages()


def _environment(minor: tuple[int, int] | None) -> dict[str, str | None]:
    """The image sets LANG up to 3.12 only; checksums and keys of the build are left out."""
    path = "/usr/local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    common: dict[str, str | None] = {"PATH": path, "PYTHON_VERSION": None}
    if minor is None:
        return common | {"LANG": None}
    return common | {"LANG": "C.UTF-8"} if minor < (3, 13) else common


def is_built(minor: tuple[int, int], distro: str, release: str) -> bool:
    """Whether that combination was still rebuilt with security fixes at the table's date."""
    return minor in BUILT_MINORS and (distro, release) in BUILT_RELEASES
