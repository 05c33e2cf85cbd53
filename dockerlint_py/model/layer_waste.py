"""Files that stay in a layer although nothing needs them: removed too late, or not at all."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from dockerlint_py.facts import Known
from dockerlint_py.manifests.installers import Cache, CleanupCommand, Flag, InstallCommand
from dockerlint_py.model.copies import Copy
from dockerlint_py.model.installs import Install
from dockerlint_py.model.invocation import Invocation
from dockerlint_py.model.paths import is_under
from dockerlint_py.model.runs import Run
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.stage import Stage

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
    for run in stage.runs:
        installs = [install for install in stage.installs if install.run is run]
        for number, install in enumerate(installs):
            cache = _system_cache(install)
            if cache is not None and _keeps(run, installs[number + 1 :], cache):
                yield _kept(stage, install, cache)
                break
        for install in installs:
            if isinstance(install.command, CleanupCommand):
                yield from _removed_late(stage, install, install.command)


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


def _kept(stage: "Stage", install: Install, cache: Cache) -> Waste:
    why = f"{_TITLES[cache]} stay in this layer" if cache == "apt-lists" else ""
    why = why or f"{_TITLES[cache]} stays in this layer"
    late = next((each for each in stage.installs if _cleans_later(each, install, cache)), None)
    if late is None:
        return Waste(install.place, why, cache, (install.fact(),))
    why += f": a later `{late.invocation.text}` makes the image no smaller"
    return Waste(install.place, why, cache, (install.fact(), late.fact()))


def _cleans_later(install: Install, made: Install, cache: Cache) -> bool:
    command = install.command
    later = install.run.step.number > made.run.step.number
    return later and isinstance(command, CleanupCommand) and cache in command.caches


def _removed_late(stage: "Stage", removal: Install, command: CleanupCommand) -> Iterator[Waste]:
    """What a command removes that a layer below holds: packages, copied folders, caches."""
    names = {package.name for package in command.packages}
    for made in _before(stage, removal.run):
        for name in sorted(names & _installed(made)):
            why = f"{name} stays in the layer of the RUN that installed it"
            yield Waste(removal.place, why, name, (removal.fact(), made.fact()))
            return
        cache = _PYTHON_TOOLS.get(made.command.tool)
        if cache in command.caches and cache is not None and _fills(made, cache):
            why = f"{_TITLES[cache]} stays in the layer of the RUN that filled it"
            yield Waste(removal.place, why, cache, (removal.fact(), made.fact()))
            return
    for operand in command.paths:
        for copy in stage.copies:
            before = copy.step.number < removal.run.step.number
            if before and not operand.dynamic and _fills_folder(copy, operand.text):
                why = f"{operand.text} stays in the layer of the COPY that brought it"
                fact = Known(operand.text, (copy.place,))
                yield Waste(removal.place, why, operand.text, (removal.fact(), fact))
                return


def _before(stage: "Stage", run: Run) -> Iterator[Install]:
    """The installs of the layers below a RUN."""
    for part in stage.chain:
        for install in part.installs:
            if part is not stage or install.run.step.number < run.step.number:
                yield install


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


def _fills_folder(copy: Copy, folder: str) -> bool:
    """Whether a COPY brings a folder that is removed as a whole; single files are too small."""
    if not isinstance(copy.destination, Known) or not folder.startswith("/"):
        return False
    names = [s.path.value.rpartition("/")[2] for s in copy.sources if isinstance(s.path, Known)]
    folders = all("." not in name[1:] or name.endswith(".whl") for name in names)
    return bool(names) and folders and is_under(copy.destination.value, folder.rstrip("/*") or "/")
