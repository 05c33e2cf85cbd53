"""Which versions an installation leaves to the day on which it is run."""

from collections.abc import Iterable, Iterator

from dockerlint_py.facts import Known
from dockerlint_py.knowledge.installers import INSTALLERS
from dockerlint_py.manifests import Requirement
from dockerlint_py.manifests.installers import Flag, NamedPackage
from dockerlint_py.manifests.markers import Markers
from dockerlint_py.model.packages.arrivals import Arrival
from dockerlint_py.model.packages.installation import Installation
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

BUILD_TOOLS = frozenset({"setuptools", "wheel", *INSTALLERS})
"""What is installed to install: no dependency of the application."""


class Unpinned(NamedTuple):
    """Requirements of one manifest, or words of one command, that leave the version open.

    `place` is the first of them.
    """

    installation: Installation
    names: tuple[str, ...]
    place: Place

    @property
    def text(self) -> str:
        """Them for people."""
        more = len(self.names) - 1
        return self.names[0] if not more else f"{self.names[0]} and {more} more"


def unpinned_of(arrivals: Iterable[Arrival]) -> Iterator[Unpinned]:
    """What the installations of an image leave open."""
    for arrival in arrivals:
        installation = arrival.installation
        if installation.is_clear and not installation.is_conditional and _resolves(installation):
            yield from _unpinned(installation)


def _resolves(installation: Installation) -> bool:
    """Whether it asks an index for versions; not for wheels that were made before."""
    command = installation.command
    is_own = installation.is_isolated or command.verb in ("run", "add") or command.tool == "conda"
    return command.installs and not is_own and Flag.NO_INDEX not in command.flags


def _unpinned(installation: Installation) -> Iterator[Unpinned]:
    markers = Markers(installation.stage.base.python)
    if installation.of_project:
        manifest, groups = installation.project, installation.groups
        if manifest and groups and _has_no_lock(installation):
            wanted = [item for group in sorted(groups) for item in manifest.groups.get(group, ())]
            yield from _open(installation, wanted, {}, markers)
        return
    constraints = _constraints(installation)
    if constraints is None:
        return
    yield from _open_words(installation, constraints)
    for given in installation.requirement_files:
        manifest = given.whole
        if manifest is not None and not manifest.require_hashes:
            own = constraints | _pins(manifest.constraints)
            yield from _open(installation, manifest.main, own, markers)
    if not _installed_before(installation):
        for given in installation.projects:
            if given.whole is not None and not installation.skips_dependencies:
                yield from _open(installation, given.whole.main, constraints, markers)


def _has_no_lock(installation: Installation) -> bool:
    """Whether there is no lock file at all: one that is only left out is another matter."""
    if Flag.SKIP_LOCK in installation.command.flags:
        return True
    there = installation.has_lock
    missing = isinstance(there, Known) and not there.value
    return missing and installation.lock_in_repository is None


def _constraints(installation: Installation) -> dict[str, str] | None:
    """What constraints files pin; None when one of them is not known."""
    found: dict[str, str] = {}
    for given in installation.constraint_files:
        if given.whole is None:
            return None
        found |= _pins((*given.whole.main, *given.whole.constraints))
    return found


def _pins(requirements: Iterable[Requirement]) -> dict[str, str]:
    return {item.name: item.name for item in requirements if item.fixed}


def _open(
    installation: Installation,
    wanted: Iterable[Requirement],
    pinned: dict[str, str],
    markers: Markers,
) -> Iterator[Unpinned]:
    left = [
        item
        for item in wanted
        if not item.fixed
        and item.versions.known
        and item.name not in pinned
        and markers.surely_hold(item.marker)
    ]
    # Which markers hold depends on the Python; the first requirement names the finding.
    if not isinstance(installation.stage.base.python, Known):
        left = [item for item in left if not item.marker]
    left.sort(key=lambda item: bool(item.marker))
    if left:
        names = tuple(dict.fromkeys(item.name for item in left))
        yield Unpinned(installation, names, left[0].place)


def _open_words(installation: Installation, pinned: dict[str, str]) -> Iterator[Unpinned]:
    words = [
        package
        for package in installation.command.packages
        if _is_open(package)
        and package.name not in pinned
        and package.name not in BUILD_TOOLS
        and not _brought_before(installation, package.name)
    ]
    if words:
        place = installation.install.place_of(words[0].at)
        yield Unpinned(installation, tuple(package.name for package in words), place)


def _is_open(package: NamedPackage) -> bool:
    return not (package.version or package.url or package.version_dynamic)


def _brought_before(installation: Installation, name: str) -> bool:
    """Whether it may be there already, in a version that something else pins."""
    return installation.may_follow_unseen or any(
        name in other.contents.distributions or not other.is_understood
        for other in installation.earlier
    )


def _installed_before(installation: Installation) -> bool:
    """Whether the dependencies of a project may be there already, from another file."""
    return installation.may_follow_unseen or any(
        other.of_project or other.command.requirement_files for other in installation.earlier
    )
