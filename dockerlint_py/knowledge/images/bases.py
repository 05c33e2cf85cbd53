"""Images that hold a distribution and little else: debian, ubuntu, alpine, scratch..."""

from dockerlint_py.knowledge.distributions import (
    DEBIAN_CODENAMES,
    UBUNTU_CODENAMES,
    Distribution,
)
from dockerlint_py.knowledge.images import contents
from dockerlint_py.knowledge.images.facts import ImageFacts
from dockerlint_py.knowledge.words import words

SOURCE = "github.com/docker-library/official-images/tree/master/library"
DATE = "2026-08-21"

_LATEST = {
    "debian": "trixie",
    "ubuntu": "26.04",
    "alpine": "3.24",
    "amazonlinux": "2023",
    "fedora": "44",
    "almalinux": "10",
}
"""What `latest` (and no tag) stood for."""

_ALIASES = {"debian": {"stable": "trixie", "oldstable": "bookworm", "testing": None, "sid": None}}
_RPM_FAMILIES = frozenset(
    ("amazonlinux", "centos", "fedora", "almalinux", "rockylinux", "oraclelinux", "rhel")
)
FAMILIES = frozenset(("debian", "ubuntu", "alpine")) | _RPM_FAMILIES

_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_UBUNTU_TOOLS = "bash sh perl useradd groupadd find sed grep awk tar gzip"
_MINIMAL_LACKS = (
    "curl wget git gcc g++ make nc netcat msgfmt psql pg_isready pg_config mysql_config redis-cli "
    "mysql mysqladmin uv poetry pipenv tini dumb-init gosu sudo jq python python3 pip pip3 cmake"
)


def distribution_facts(family: str, tag: str | None) -> ImageFacts:
    """Facts about the plain image of a distribution."""
    release, slim = _release(family, tag)
    floats = tag is None or tag in ("latest", "rolling", "lts") or tag in _ALIASES.get(family, {})
    distribution = Distribution(family, release)
    return ImageFacts(
        kind="distribution",
        product=family,
        version=None if floats else distribution.version,
        distro=family,
        release=release,
        release_floats=floats,
        libc=distribution.libc,
        variant="alpine" if family == "alpine" else "slim" if slim else None,
        externally_managed=distribution.externally_managed,
        user="root",
        shell=distribution.shell,
        tools=_tools(family),
        packages=_packages(family),
        environment={"PATH": _PATH} if family in ("debian", "ubuntu", "alpine") else None,
        entrypoint=(),
        command=_COMMANDS.get(family),
        ports=(),
        volumes=(),
        has_healthcheck=False,
        source=SOURCE,
        as_of=DATE,
    )


_COMMANDS = {
    "debian": ("bash",),
    "ubuntu": ("/bin/bash",),
    "alpine": ("/bin/sh",),
    "amazonlinux": ("/bin/bash",),
}


def _release(family: str, tag: str | None) -> tuple[str | None, bool]:
    """The release that a tag names, and whether it is the slim one."""
    if tag is None or tag == "latest":
        return _LATEST.get(family), False
    word, *rest = tag.split("-")
    if family == "debian":
        aliases = _ALIASES["debian"]
        by_version = {version: name for name, version in DEBIAN_CODENAMES.items()}
        name = aliases.get(word) or by_version.get(word.partition(".")[0], word)
        return (name if name in DEBIAN_CODENAMES else None), "slim" in rest
    if family == "ubuntu":
        if word == "rolling":
            return _LATEST["ubuntu"], False
        version = UBUNTU_CODENAMES.get(word, word)
        return (version if version in UBUNTU_CODENAMES.values() else None), False
    return _plain_version(family, word), False


def _plain_version(family: str, word: str) -> str | None:
    parts = word.removeprefix("v").split(".")
    if not all(part.isascii() and part.isdigit() and len(part) < 9 for part in parts):
        return None
    if family == "alpine":
        return ".".join(parts[:2]) if len(parts) > 1 else None
    return word if family == "amazonlinux" and parts[0] == "2018" else parts[0]


def _tools(family: str) -> dict[str, bool]:
    if family == "alpine":
        return {**contents.ALPINE, "python": False, "python3": False, "pip": False}
    if family in ("debian", "ubuntu"):
        absent = dict.fromkeys(words(_MINIMAL_LACKS), False)
        return absent | dict.fromkeys(words(_UBUNTU_TOOLS), True)
    return {"bash": True, "sh": True} if family in _RPM_FAMILIES else {}


def _packages(family: str) -> dict[str, bool]:
    if family == "alpine":
        return contents.alpine_packages()
    if family not in ("debian", "ubuntu"):
        return {}
    return contents.slim_packages() | {"ca-certificates": False, "openssl": False, "netbase": False}


def buildpack_facts(tag: str | None) -> ImageFacts:
    """Facts about `buildpack-deps` (the full ones; `-scm` and `-curl` hold less)."""
    word, *rest = (tag or "latest").split("-")
    family = "ubuntu" if word in UBUNTU_CODENAMES or word in UBUNTU_CODENAMES.values() else "debian"
    facts = distribution_facts(family, word)
    if rest:
        return facts._replace(tools={}, packages={})
    return facts._replace(
        variant="full",
        tools=contents.FULL | {"python3": True, "pip": False, "pip3": False},
        packages=contents.full_packages(facts.release),
        interpreter="/usr/bin/python3",
    )


def scratch_facts() -> ImageFacts:
    """The empty image."""
    return ImageFacts(
        kind="distribution",
        variant="distroless",
        user="root",
        shell="none",
        tools=contents.NOTHING,
        environment={},
        entrypoint=(),
        command=(),
        ports=(),
        volumes=(),
        has_healthcheck=False,
        source="https://docs.docker.com/build/building/base-images/",
        as_of=DATE,
    )


def busybox_facts() -> ImageFacts:
    """The image `busybox`: a shell and small versions of the usual tools, no package manager."""
    return ImageFacts(
        kind="distribution",
        product="busybox",
        user="root",
        shell="ash",
        tools={**contents.ALPINE, "python": False, "python3": False, "pip": False},
        environment={"PATH": _PATH},
        entrypoint=(),
        command=("sh",),
        ports=(),
        volumes=(),
        has_healthcheck=False,
        source=SOURCE,
        as_of=DATE,
    )
