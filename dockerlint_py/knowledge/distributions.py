"""Releases of Linux distributions: names, shells, and the Python that they package."""

from dockerlint_py.record import NamedTuple
from dockerlint_py.text.regex import regex

SOURCE = "packages.debian.org, packages.ubuntu.com, pkgs.alpinelinux.org, release notes"
DATE = "2026-08-22"

DEBIAN_CODENAMES = {
    "wheezy": "7",
    "jessie": "8",
    "stretch": "9",
    "buster": "10",
    "bullseye": "11",
    "bookworm": "12",
    "trixie": "13",
}
"""Codename to version, oldest first."""

UBUNTU_CODENAMES = {
    "trusty": "14.04",
    "xenial": "16.04",
    "bionic": "18.04",
    "focal": "20.04",
    "jammy": "22.04",
    "kinetic": "22.10",
    "lunar": "23.04",
    "mantic": "23.10",
    "noble": "24.04",
    "oracular": "24.10",
    "plucky": "25.04",
    "questing": "25.10",
    "resolute": "26.04",
}
"""Codename to version, oldest first."""

_EXTERNALLY_MANAGED_SINCE = {"debian": (12,), "ubuntu": (23, 4), "alpine": (3, 19)}
"""PEP 668: release notes of Debian 12 (section 5.2.1), Ubuntu 23.04 and Alpine 3.19."""

_SYSTEM_PYTHON = {
    "debian": {"9": (3, 5), "10": (3, 7), "11": (3, 9), "12": (3, 11), "13": (3, 13)},
    "ubuntu": {
        "16.04": (3, 5),
        "18.04": (3, 6),
        "20.04": (3, 8),
        "22.04": (3, 10),
        "24.04": (3, 12),
    },
}
"""What the package `python3` is; Debian 12 and 13 read with apt, the others from release notes."""

_SHELLS = {
    "debian": "dash",
    "ubuntu": "dash",
    "alpine": "ash",
    "wolfi": "ash",
    "amazonlinux": "bash",
    "centos": "bash",
    "fedora": "bash",
    "almalinux": "bash",
    "rockylinux": "bash",
    "oraclelinux": "bash",
    "rhel": "bash",
}

_NUMBER = regex(r"[0-9]{1,9}")


class Distribution(NamedTuple):
    """A distribution and its release: a codename for Debian, a version for all others."""

    family: str
    release: str | None

    @property
    def version(self) -> str | None:
        """The release as a version number, as the end-of-life tables write it."""
        if self.release is None or self.family != "debian":
            return self.release
        return DEBIAN_CODENAMES.get(self.release)

    @property
    def shell(self) -> str | None:
        """What `/bin/sh` is."""
        return _SHELLS.get(self.family)

    @property
    def libc(self) -> str | None:
        """`musl` on Alpine, `glibc` elsewhere (Wolfi too)."""
        if self.family == "alpine":
            return "musl"
        return "glibc" if self.family in _SHELLS else None

    @property
    def system_python(self) -> tuple[int, int] | None:
        """Minor version of the packaged `python3`."""
        return _SYSTEM_PYTHON.get(self.family, {}).get(self.version or "")

    @property
    def externally_managed(self) -> bool | None:
        """Whether pip refuses to install into the packaged Python (PEP 668)."""
        since = _EXTERNALLY_MANAGED_SINCE.get(self.family)
        if since is None or self.version is None:
            return None
        parts = self.version.split(".")
        if len(parts) < len(since) or not all(_NUMBER.fullmatch(part) for part in parts):
            return None
        return tuple(int(part) for part in parts) >= since


def from_suffix(word: str) -> Distribution | None:
    """The distribution that one word of an image tag names: `bookworm`, `alpine3.20`, `noble`."""
    if word in DEBIAN_CODENAMES:
        return Distribution("debian", word)
    if word in UBUNTU_CODENAMES:
        return Distribution("ubuntu", UBUNTU_CODENAMES[word])
    if word.startswith("alpine"):
        version = word.removeprefix("alpine")
        return Distribution("alpine", version or None)
    return None
