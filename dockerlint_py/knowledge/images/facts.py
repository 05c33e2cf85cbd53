"""The facts about an image that its name alone tells."""

from collections.abc import Mapping

from dockerlint_py.knowledge.distributions import Distribution
from dockerlint_py.record import NamedTuple


class ImageFacts(NamedTuple):
    """What is known of an image; `None` always means unknown, never "no".

    kind
        `language`, `distribution`, `service`, `tool` (a lone program to copy) or `appliance`.
    product, version
        For the end-of-life tables: `python` and `3.12`, `postgresql` and `16`. The version is
        None where the tag leaves it open.
    python
        Minor version of the interpreter; None also when the tag lets it float (`python:3`).
    patch_floats
        Whether the same tag moves on to the next patch release of Python.
    distro, release
        `debian` and a codename, `alpine` or `ubuntu` and a version, `amazonlinux`, `wolfi`...
    release_floats
        The tag does not name the release: it is the default of the table's date, so only likely.
    libc
        `glibc` or `musl`.
    variant
        `full` (with compilers), `slim`, `alpine` or `distroless`.
    interpreter
        Path of the Python that a bare `python3` runs.
    externally_managed
        Whether pip refuses to install into that interpreter (PEP 668).
    user
        The user that containers start as: a name or a number.
    shell
        What `/bin/sh` is: `dash`, `ash`, `bash`, or `none` when there is none.
    tools
        Programs (and `setuptools`) known to be there or not there; ask with `has`.
    packages
        The same for packages of the operating system; ask with `has_package`.
    environment
        The variables that the image sets; a value of None is not known. Others are not set.
    entrypoint, command
        As in the image's configuration; `()` when it has none.
    ports, volumes
        Container ports it exposes, and the directories that it declares as volumes.
    has_healthcheck
        Whether the image itself declares a health check.
    source, as_of
        Where this was read, and when (ISO date).
    """

    kind: str | None = None
    product: str | None = None
    version: str | None = None
    python: tuple[int, int] | None = None
    patch_floats: bool | None = None
    distro: str | None = None
    release: str | None = None
    release_floats: bool = False
    libc: str | None = None
    variant: str | None = None
    interpreter: str | None = None
    externally_managed: bool | None = None
    user: str | None = None
    shell: str | None = None
    tools: Mapping[str, bool] = {}
    packages: Mapping[str, bool] = {}
    environment: Mapping[str, str | None] | None = None
    entrypoint: tuple[str, ...] | None = None
    command: tuple[str, ...] | None = None
    ports: tuple[int, ...] | None = None
    volumes: tuple[str, ...] | None = None
    has_healthcheck: bool | None = None
    source: str | None = None
    as_of: str | None = None

    @property
    def distro_version(self) -> str | None:
        """The release as a number (`12` for bookworm), as the end-of-life tables write it."""
        if self.distro is None or self.release is None:
            return None
        return Distribution(self.distro, self.release).version

    def has(self, tool: str) -> bool | None:
        """Whether a program is in the image; None when that is not known."""
        return self.tools.get(tool)

    def has_package(self, package: str) -> bool | None:
        """Whether a package of the operating system is in the image; None when not known."""
        return self.packages.get(package)
