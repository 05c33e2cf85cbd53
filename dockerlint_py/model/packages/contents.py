"""Which distributions an installation brings, in which versions, as far as its files tell."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from dockerlint_py.facts import Known
from dockerlint_py.manifests import (
    Dependency,
    Lock,
    LockedPackage,
    Manifest,
    Requirement,
    Versions,
    group_key,
    group_roots,
    locked_closure,
    normalise,
)
from dockerlint_py.manifests.installers import NamedPackage
from dockerlint_py.manifests.markers import Markers
from dockerlint_py.model.packages.installation import Installation
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

MAIN = "main"

Roots = Mapping[str, tuple[Dependency | Requirement, ...]]


class Distribution(NamedTuple):
    """A distribution that is installed.

    `version` is None when it is left open, `place` where it is asked for: a word of the command, a
    line of a manifest or lock file. `group` is the dependency group that brings it. `locked` are
    its files, if a lock file lists them. `sure` is False when a marker may leave it out. `extras`
    are those that it is asked for with, where no lock file says what they bring; `versions` those
    that a manifest allows.
    """

    name: str
    version: str | None
    place: Place
    group: str = MAIN
    direct: bool = True
    locked: LockedPackage | None = None
    sure: bool = True
    extras: tuple[str, ...] = ()
    versions: Versions | None = None

    @property
    def is_main(self) -> bool:
        """Whether it belongs to what is always installed."""
        return self.group == MAIN

    def is_since(self, major: int) -> bool:
        """Whether its version is known to be of this major version or later."""
        if self.version is None:
            return self.versions is not None and self.versions.starts_at(major)
        first = self.version.partition(".")[0]
        return first.isdigit() and int(first) >= major

    def fact(self) -> Known[str]:
        """The distribution, to be cited."""
        version = f" {self.version}" if self.version else ""
        return Known(
            self.name, (self.place,), says=f"{self.place.path} brings {self.name}{version}"
        )


class Contents(NamedTuple):
    """The distributions of an installation; others may come along unless it is `complete`."""

    distributions: Mapping[str, Distribution]
    complete: bool = False

    def get(self, name: str) -> Distribution | None:
        """A distribution by its name."""
        return self.distributions.get(normalise(name))


def contents_of(installation: Installation) -> Contents:
    """The distributions that a command installs, or makes wheels of."""
    if not (installation.command.installs or installation.makes_wheels):
        return Contents({}, complete=True)
    markers = Markers(installation.stage.base.python)
    if installation.of_project:
        return _of_project(installation, markers)
    return _of_command(installation, markers)


def _of_project(installation: Installation, markers: Markers) -> Contents:
    manifest, groups = installation.project, installation.groups
    if manifest is None or groups is None:
        return Contents({})
    lock = installation.lock
    if isinstance(lock, Known):
        roots = _roots(installation, lock.value, manifest, groups)
        places = _places(manifest, groups)
        return Contents(_locked(lock.value, roots, places, markers), complete=True)
    wanted = {group: manifest.groups.get(group, ()) for group in sorted(groups)}
    wanted[MAIN] = (*wanted.get(MAIN, ()), *_extras(installation, manifest))
    return Contents(_direct(wanted, markers))


def _roots(
    installation: Installation, lock: Lock, manifest: Manifest, groups: frozenset[str]
) -> Roots:
    """The direct dependencies by group, of the members that are chosen."""
    members = [
        package
        for package in _local(lock)
        if package.name in map(normalise, installation.command.members)
        or installation.install.invocation.has("--all-packages")
    ]
    if not members:
        roots = dict(group_roots(lock, manifest, groups))
        roots[MAIN] = (*roots.get(MAIN, ()), *_extras(installation, manifest))
        return roots
    found: dict[str, tuple[Dependency | Requirement, ...]] = {}
    for group in sorted(groups):
        for member in members:
            own = member.dependencies if group == MAIN else member.group_dependencies.get(group, ())
            found[group] = (*found.get(group, ()), *own)
    return found


def _local(lock: Lock) -> Iterator[LockedPackage]:
    """The project and the members of its workspace."""
    for packages in lock.packages.values():
        yield from (p for p in packages if p.origin in ("editable", "virtual"))


def _extras(installation: Installation, manifest: Manifest) -> tuple[Requirement, ...]:
    groups = installation.command.groups
    names = manifest.extras if groups.all_extras else groups.extras
    return tuple(r for name in names for r in _extra(manifest, name))


def _places(manifest: Manifest, groups: frozenset[str]) -> dict[str, Place]:
    """Where the manifest asks for its direct dependencies, the main group first."""
    ordered = sorted(groups, key=lambda name: name != MAIN)
    items = [item for group in ordered for item in manifest.groups.get(group, ())]
    return {item.name: item.place for item in reversed(items)}


def _locked(
    lock: Lock, roots: Roots, places: Mapping[str, Place], markers: Markers
) -> dict[str, Distribution]:
    """What a lock file installs for groups, the main group first."""
    found: dict[str, Distribution] = {}
    for group in sorted(roots, key=lambda name: name != MAIN):
        direct = {edge.name for edge in roots[group]}
        sure = _brought(lock, roots[group], group, markers.surely_hold)
        for name in sorted(_brought(lock, roots[group], group, markers.may_hold)):
            package = _chosen(lock.packages[name], markers)
            if name not in found and package is not None:
                sure_here = name in sure and len(lock.packages[name]) == 1
                found[name] = Distribution(
                    name,
                    package.version,
                    places.get(name, package.place),
                    group,
                    name in direct,
                    package,
                    sure_here,
                )
    return found


def _brought(
    lock: Lock,
    roots: Iterable[Dependency | Requirement],
    group: str,
    holds: Callable[[str], bool],
) -> frozenset[str]:
    if lock.kind == "pipenv":
        return frozenset(
            name
            for name, packages in lock.packages.items()
            if any(group in package.groups and holds(package.marker) for package in packages)
        )
    return locked_closure(lock, roots, holds)


def _chosen(packages: tuple[LockedPackage, ...], markers: Markers) -> LockedPackage | None:
    """The one version for this Python, of those that are locked for several."""
    fitting = [package for package in packages if markers.may_hold(package.marker)]
    return fitting[0] if fitting else None


def _direct(
    wanted: Mapping[str, Iterable[Requirement]], markers: Markers
) -> dict[str, Distribution]:
    found: dict[str, Distribution] = {}
    for group in sorted(wanted, key=lambda name: name != MAIN):
        for item in wanted[group]:
            holds = markers.hold(item.marker)
            if item.name and holds is not False and item.name not in found:
                found[item.name] = Distribution(
                    item.name,
                    item.pin,
                    item.place,
                    group,
                    sure=holds is True,
                    extras=item.extras,
                    versions=item.versions,
                )
    return found


def _of_command(installation: Installation, markers: Markers) -> Contents:
    """What pip and its like are told: names, requirements files, folders."""
    found: dict[str, Distribution] = {}
    complete = installation.is_clear
    for package in installation.command.packages:
        found.setdefault(package.name, _named(installation, package))
    for given in installation.requirement_files:
        manifest = given.whole
        complete = complete and manifest is not None and _is_whole(manifest)
        if manifest is not None:
            found |= _direct({MAIN: manifest.main}, markers)
    for given in installation.projects:
        manifest = given.whole
        complete = False
        if manifest is not None:
            extras = tuple(r for name in given.extras for r in _extra(manifest, name))
            found |= _direct({MAIN: (*manifest.main, *extras)}, markers)
    for group in installation.named_groups:
        complete = False
        found |= _direct({group_key(group.name): group.items or ()}, markers)
    complete = complete and not installation.command.packages
    return Contents(found, complete)


def _extra(manifest: Manifest, name: str) -> tuple[Requirement, ...]:
    return manifest.extras.get(normalise(name), ())


def _named(installation: Installation, package: NamedPackage) -> Distribution:
    at = installation.install.place_of(package.at)
    return Distribution(package.name, package.version, at, extras=package.extras)


def _is_whole(manifest: Manifest) -> bool:
    """Whether a requirements file names all that is installed: generated, or by hashes."""
    hashed = manifest.require_hashes or all(item.hashed for item in manifest.main)
    return manifest.generated_by is not None or hashed
