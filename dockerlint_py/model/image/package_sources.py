"""Where the stages on an image get packages of the operating system from."""

from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.knowledge.package_archives import ARCHIVE_HOSTS, SOURCE_FILES
from dockerlint_py.manifests.installers import InstallCommand
from dockerlint_py.model.image.base import Base
from dockerlint_py.model.image.installs import Install
from dockerlint_py.model.image.paths import is_under
from dockerlint_py.record import NamedTuple
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage


_LISTS = regex(
    r"/etc/apt/sources\.list(?!\.d)|/(?:debian|ubuntu)\.sources|/etc/yum\.repos\.d"
    r"|/etc/apk/repositories"
)
"""The files that an image comes with; others in `sources.list.d` only add to them."""


class Packages(Enum):
    """The kind of place that packages come from."""

    DISTRIBUTION = "the mirrors that the image asks"
    ARCHIVE = "an archive of old releases"
    OTHER = "another place"


class PackageSources(NamedTuple):
    """Where packages of what is built on an image come from, and the first command that asks.

    `first` is None when nothing asks for packages.
    """

    base: Base
    origin: Fact[Packages]
    first: Install | None

    @property
    def failing(self) -> Install | None:
        """The first command, when the mirrors that it asks have lost the packages."""
        unchanged = self.origin == Known(Packages.DISTRIBUTION)
        return self.first if unchanged and self.base.has_archived_packages else None


def package_sources_of(root: "Stage") -> PackageSources:
    """The package sources of a stage that names an image, and of all stages made from it."""
    stages = [stage for stage in root.dockerfile.stages if root in stage.chain]
    first = next((i for s in stages if s.feeds for i in s.installs if _asks(i)), None)
    return PackageSources(root.base, _origin(stages), first)


def unchanged(base: Base) -> PackageSources:
    """The package sources of an image that nothing is built on."""
    return PackageSources(base, Known(Packages.DISTRIBUTION), None)


def _asks(install: Install) -> bool:
    command = install.command
    return isinstance(command, InstallCommand) and command.ecosystem == "system"


def _origin(stages: "list[Stage]") -> Fact[Packages]:
    found = Packages.DISTRIBUTION
    for stage in stages:
        for step in stage.steps_of("RUN", "COPY", "ADD"):
            if step.hidden:
                return Unknown("a hidden step may change where packages come from")
        for text in _texts(stage):
            if any(host in text for host in ARCHIVE_HOSTS):
                return Known(Packages.ARCHIVE)
            if _LISTS.search(text):
                found = Packages.OTHER
        if _is_copied_over(stage):
            found = Packages.OTHER
    return Known(found)


def _texts(stage: "Stage") -> Iterator[str]:
    """The text of every RUN, here-documents included; of a COPY the here-documents."""
    for step in stage.steps_of("RUN", "COPY"):
        yield step.instruction.original.text
        for heredoc in step.instruction.heredocs:
            yield heredoc.body.text


def _is_copied_over(stage: "Stage") -> bool:
    """Whether a COPY may replace the files that tell where packages come from."""
    return any(
        not isinstance(copy.destination, Known)
        or any(is_under(copy.destination.value, file) for file in SOURCE_FILES)
        or copy.destination.value in ("/", "/etc")
        for copy in stage.copies
    )
