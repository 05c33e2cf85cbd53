"""Releases whose packages are gone from the mirrors that their images ask.

A release that has ended stays on the mirrors for a while, some for many years (Ubuntu's long-term
releases, all of Alpine). Only what was seen to be gone is listed here.
"""

SOURCE = "deb.debian.org and archive.ubuntu.com asked for dists/RELEASE/Release; CentOS: EOL notice"
DATE = "2026-11-24"

ARCHIVED: dict[str, frozenset[str]] = {
    "debian": frozenset(("7", "8", "9", "10")),
    "ubuntu": frozenset(
        "14.04 18.10 19.04 19.10 20.10 21.04 21.10 22.10 23.04 23.10 24.10".split()
    ),
    "centos": frozenset(("5", "6", "7", "8")),
}
"""By distribution: versions as the end-of-life tables write them."""

ARCHIVE_HOSTS = (
    "archive.debian.org",
    "snapshot.debian.org",
    "snapshot-cloudflare.debian.org",
    "old-releases.ubuntu.com",
    "snapshot.ubuntu.com",
    "vault.centos.org",
    "freexian.com",
)
"""Where the packages of such releases still are; the last one is Debian's extended support."""

SOURCE_FILES = ("/etc/apt", "/etc/yum.repos.d", "/etc/apk/repositories")
"""What tells a package manager where packages come from."""


def is_archived(family: str, version: str | None) -> bool:
    """Whether the usual mirrors no longer have the packages of a release."""
    return version in ARCHIVED.get(family, frozenset())
