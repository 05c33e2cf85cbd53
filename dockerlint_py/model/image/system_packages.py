"""Packages of the operating system at a point of a build: there, not there, or not known."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.manifests.installers import CleanupCommand, Flag, InstallCommand
from dockerlint_py.model.image.copies import Copy
from dockerlint_py.model.image.installs import Install
from dockerlint_py.model.image.program_effects import HARMLESS
from dockerlint_py.model.image.runs import Run
from dockerlint_py.model.programs.invocation import Invocation

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage

_NEUTRAL = HARMLESS | frozenset(
    "ar cp curl django-admin find gunzip gzip install ln mkdir manage.py mktemp mv node npm npx "
    "pnpm pre-commit python rm sed su sudo tar touch unzip wget xz yarn".split()
)
"""Programs that install no packages of the operating system."""

_LIBRARIES = ("/usr/lib", "/lib", "/usr/bin", "/usr/include")
_DISTROS = {"debian": "debian", "ubuntu": "debian", "alpine": "alpine"}


class SystemPackages:
    """What is installed after some commands. `family` is `debian`, `alpine` or not known.

    Packages that nothing names may be there as well when `unseen` is set.
    """

    __slots__ = ("_base", "_maybe", "_names", "family", "unseen")

    def __init__(self, stage: "Stage") -> None:
        self._base = stage.base.facts
        self.family = _DISTROS.get(stage.base.facts.distro or "")
        self._names: dict[str, str | None] = {}
        self._maybe: set[str] = set()
        self.unseen = False

    @property
    def names(self) -> frozenset[str]:
        """The packages that commands asked for and did not remove again."""
        return frozenset(self._names)

    def has(self, need: str) -> bool | None:
        """Whether a package is there; `a|b` asks for any of several. None when not known."""
        answers = [self._has(package) for package in need.split("|")]
        if True in answers:
            return True
        return None if None in answers else False

    def has_all(self, needs: tuple[str, ...]) -> bool | None:
        """Whether all of the packages are there."""
        answers = [self.has(need) for need in needs]
        if False in answers:
            return False
        return None if None in answers else True

    def missing(self, needs: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the packages that are known not to be there."""
        return tuple(need for need in needs if self.has(need) is False)

    def _has(self, package: str) -> bool | None:
        if package in self._names or any(package in _brought(n, self.family) for n in self._names):
            return True
        there = self._base.has_package(package)
        if there or there is None or self.unseen or self.family is None:
            return there if there else None
        if package in self._maybe or any(self._may_bring(n, package) for n in self._names):
            return None
        return None if any(self._may_bring(n, package) for n in self._maybe) else False

    def _may_bring(self, name: str, package: str) -> bool:
        found = _possibly_brought(name, self.family)
        return found is None or package in found

    def apply(self, install: Install) -> None:
        """What one command of a package manager does."""
        command = install.command
        if isinstance(command, CleanupCommand):
            self._remove(command, sure=not install.invocation.is_conditional)
        elif command.ecosystem == "system":
            self._install(command, sure=not install.invocation.is_conditional)

    def _install(self, command: InstallCommand, *, sure: bool) -> None:
        if command.unknown or command.local_paths or not command.verb:
            self.unseen = True
        for package in command.packages if command.installs else ():
            name = package.name.partition(":")[0]
            if sure and Flag.DRY_RUN not in command.flags:
                self._names[name] = command.virtual
            else:
                self._maybe.add(name)

    def _remove(self, command: CleanupCommand, *, sure: bool) -> None:
        gone = {package.name.partition(":")[0] for package in command.packages}
        gone |= {name for name, virtual in self._names.items() if virtual in gone}
        for name in gone & set(self._names):
            brought = _brought(name, self.family)
            del self._names[name]
            if not sure:
                self._maybe.add(name)
            elif not command.orphans:
                # Without autoremove, what the package brought stays.
                self._names.update(dict.fromkeys(brought - gone))


def _brought(name: str, family: str | None) -> frozenset[str]:
    """What a package surely brings."""
    from dockerlint_py.knowledge.packages import BRINGS

    found = BRINGS.get(name, frozenset[str]())
    possible = _possibly_brought(name, family)
    if family == "alpine" or possible is None:
        return found
    from dockerlint_py.knowledge.debian_packages import DEBIAN_BRINGS

    return found | DEBIAN_BRINGS[name].depends


def _possibly_brought(name: str, family: str | None) -> frozenset[str] | None:
    """What a package may bring, recommendations included; None when that is not known."""
    from dockerlint_py.knowledge.alpine_packages import ALPINE_BRINGS
    from dockerlint_py.knowledge.debian_packages import DEBIAN_BRINGS

    if family == "alpine":
        return ALPINE_BRINGS.get(name)
    row = DEBIAN_BRINGS.get(name)
    return None if row is None else row.depends | row.recommends


def system_packages(stage: "Stage", before: tuple[Run, Invocation] | None = None) -> SystemPackages:
    """The packages at the end of a stage, or where one program of its own RUNs starts."""
    packages = SystemPackages(stage)
    for part in reversed(stage.chain):
        stop = before if part is stage else None
        for run in _runs_before(part, stop):
            packages.unseen = packages.unseen or run.opaque is not None
            _apply(part, run, packages, stop)
        if any(step.hidden for step in part.steps):
            packages.unseen = True
        if any(_brings_libraries(copy) for copy in part.copies):
            packages.unseen = True
    return packages


def _brings_libraries(copy: Copy) -> bool:
    """Whether a COPY may bring programs or libraries that packages bring elsewhere."""
    paths = [source.path.value for source in copy.sources if isinstance(source.path, Known)]
    if len(paths) < len(copy.sources):
        return True
    return any(
        ".so" in path or path in ("/", "/usr") or path.startswith(_LIBRARIES) for path in paths
    )


def _runs_before(stage: "Stage", before: tuple[Run, Invocation] | None) -> Iterator[Run]:
    for run in stage.runs:
        if before is None or run.step.number <= before[0].step.number:
            yield run


def _apply(
    stage: "Stage", run: Run, packages: SystemPackages, before: tuple[Run, Invocation] | None
) -> None:
    installs = {id(i.invocation): i for i in stage.installs if i.run is run}
    for invocation in run.invocations:
        if before is not None and invocation is before[1]:
            return
        install = installs.get(id(invocation))
        if install is not None:
            packages.apply(install)
        elif invocation.name not in _NEUTRAL:
            packages.unseen = True
