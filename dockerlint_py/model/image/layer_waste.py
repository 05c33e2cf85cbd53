"""Files that stay in a layer although nothing needs them: removed too late, or not at all."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known
from dockerlint_py.manifests.installers import Cache, CleanupCommand, Flag, InstallCommand
from dockerlint_py.model.image.copies import Copy
from dockerlint_py.model.image.installs import Install
from dockerlint_py.model.image.paths import is_under
from dockerlint_py.model.image.runs import Run
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage

_FOLDERS: dict[Cache, tuple[str, ...]] = {
    "apt-lists": ("/var/lib/apt/lists",),
    "apk": ("/var/cache/apk", "/etc/apk/cache"),
    "dnf": ("/var/cache/dnf", "/var/cache/yum", "/var/cache/libdnf5"),
    "pip": ("/root/.cache/pip",),
    "uv": ("/root/.cache/uv",),
    "poetry": ("/root/.cache/pypoetry",),
}
_TITLES: dict[Cache, str] = {
    "apt-lists": "apt's package lists",
    "apk": "apk's package index",
    "dnf": "dnf's cache",
    "pip": "pip's cache",
    "uv": "uv's cache",
    "poetry": "Poetry's cache",
}
_PYTHON_TOOLS: dict[str, Cache] = {
    "pip": "pip",
    "uv": "uv",
    "uv pip": "uv",
    "poetry": "poetry",
}


class Waste(NamedTuple):
    """Where the waste is made or removed too late, what it is (`key` names it), and the proof."""

    place: Place
    why: str
    key: str
    because: tuple[Known[Any], ...]


def waste_of(stage: "Stage") -> Iterator[Waste]:
    """The waste in the layers of a stage's own RUNs."""
    installs: dict[int, list[Install]] = {}
    for install in stage.installs:
        installs.setdefault(install.run.step.number, []).append(install)
    below = _Below(stage)
    last = _last_cleanups(stage)
    for run in stage.runs:
        own = installs.get(run.step.number, [])
        for number, install in enumerate(own):
            cache = _system_cache(install)
            if cache is not None and _keeps(run, own[number + 1 :], cache):
                yield _kept(install, cache, last.get(cache))
                break
        for install in own:
            if isinstance(install.command, CleanupCommand):
                waste = below.removed_late(install, install.command)
                if waste is not None:
                    yield waste
        below.add(own)


def _last_cleanups(stage: "Stage") -> dict[Cache, Install]:
    """The last command of a stage that empties each cache."""
    return {
        cache: install
        for install in stage.installs
        if isinstance(install.command, CleanupCommand)
        for cache in install.command.caches
    }


class _Below:
    """What the layers below a RUN hold: packages and caches by name, and copied folders."""

    __slots__ = ("_caches", "_copies", "_packages")

    def __init__(self, stage: "Stage") -> None:
        self._packages: dict[str, Install] = {}
        self._caches: dict[Cache, Install] = {}
        self._copies = [(folder, copy) for copy in stage.copies for folder in _folders(copy)]
        for part in reversed(stage.chain[1:]):
            for _, run in groupby(part.installs, key=lambda install: install.run.step.number):
                self.add(list(run))

    def add(self, run: list[Install]) -> None:
        """What the commands of one RUN leave in its layer."""
        for number, install in enumerate(run):
            removals = [e.command for e in run[number:] if isinstance(e.command, CleanupCommand)]
            removed = {package.name for each in removals for package in each.packages}
            for name in _installed(install) - removed:
                self._packages.setdefault(name, install)
            cache = _PYTHON_TOOLS.get(install.command.tool)
            emptied = any(cache in each.caches for each in removals)
            if cache is not None and not emptied and _fills(install, cache):
                self._caches.setdefault(cache, install)

    def removed_late(self, removal: Install, command: CleanupCommand) -> Waste | None:
        """What a command removes in vain."""
        for package in command.packages:
            if package.name in self._packages:
                why = f"{package.name} stays in the layer of the RUN that installed it"
                made = self._packages[package.name].fact()
                return Waste(removal.place, why, package.name, (removal.fact(), made))
        for cache in sorted(command.caches & self._caches.keys()):
            why = f"{_TITLES[cache]} stays in the layer of the RUN that filled it"
            made = self._caches[cache].fact()
            return Waste(removal.place, why, cache, (removal.fact(), made))
        return self._copied(removal, command)

    def _copied(self, removal: Install, command: CleanupCommand) -> Waste | None:
        for operand in command.paths:
            path = operand.text.rstrip("/*")
            if operand.dynamic or not path.startswith("/"):
                continue
            for folder, copy in self._copies:
                if copy.step.number < removal.run.step.number and is_under(folder, path):
                    why = f"{operand.text} stays in the layer of the COPY that brought it"
                    fact = Known(operand.text, (copy.place,))
                    return Waste(removal.place, why, operand.text, (removal.fact(), fact))
        return None


def _folders(copy: Copy) -> Iterator[str]:
    """The folder that a COPY fills; one that brings single files is too small to matter."""
    names = [s.path.value.rpartition("/")[2] for s in copy.sources if isinstance(s.path, Known)]
    folders = all("." not in name[1:] or name.endswith(".whl") for name in names)
    if isinstance(copy.destination, Known) and names and folders:
        yield copy.destination.value


def _system_cache(install: Install) -> Cache | None:
    """What a package manager leaves behind; Debian's images remove the archives themselves."""
    command = install.command
    if not isinstance(command, InstallCommand) or command.ecosystem != "system":
        return None
    if command.tool == "apt":
        return "apt-lists" if command.verb == "update" else None
    if command.tool == "apk":
        return None if Flag.NO_CACHE in command.flags else "apk"
    return "dnf" if command.tool == "dnf" and command.installs else None


def _keeps(run: Run, later: list[Install], cache: Cache) -> bool:
    """Whether what was made is still there when a RUN ends."""
    if any(run.mounts_over(folder) for folder in _FOLDERS[cache]):
        return False
    for install in later:
        command = install.command
        if isinstance(command, CleanupCommand) and (
            cache in command.caches or any(path.dynamic for path in command.paths)
        ):
            return False
    return not any(_may_clean(invocation, cache) for invocation in run.invocations)


def _may_clean(invocation: Invocation, cache: Cache) -> bool:
    """Whether a program other than `rm` may remove a cache: `find -delete`, a script."""
    shell = invocation.program.interpreter not in ("", "python")
    if shell or invocation.argv[0].value.endswith(".sh"):
        return True
    named = [value.rstrip("/*") for value in invocation.values if value.startswith("/")]
    return invocation.name != "rm" and any(
        is_under(folder, value or "/") or is_under(value, folder)
        for value in named
        for folder in _FOLDERS[cache]
    )


def _kept(install: Install, cache: Cache, cleanup: Install | None) -> Waste:
    verb = "stay" if cache == "apt-lists" else "stays"
    why = f"{_TITLES[cache]} {verb} in this layer"
    if cleanup is None or cleanup.run.step.number <= install.run.step.number:
        return Waste(install.place, why, cache, (install.fact(),))
    why += f": a later `{cleanup.invocation.text}` makes the image no smaller"
    return Waste(install.place, why, cache, (install.fact(), cleanup.fact()))


def _installed(install: Install) -> set[str]:
    command = install.command
    if not isinstance(command, InstallCommand) or not command.installs:
        return set()
    names = {package.name for package in command.packages}
    return names | {command.virtual} if command.virtual else names


def _fills(install: Install, cache: Cache) -> bool:
    command = install.command
    return (
        isinstance(command, InstallCommand)
        and command.installs
        and not command.unknown
        and Flag.NO_CACHE not in command.flags
        and not any(install.run.mounts_over(folder) for folder in _FOLDERS[cache])
    )
