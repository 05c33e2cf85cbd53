"""Download caches of package installers that a RUN leaves in its layer.

Default folders: pip `cache dir`, uv `cache dir`, Poetry and pdm configuration pages, pipenv
`PIPENV_CACHE_DIR`, conda `pkgs_dirs` (read 2026-11-24).
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from dockerlint_py.facts import Environment, Known
from dockerlint_py.manifests.installers import Cache, CleanupCommand, Flag, InstallCommand
from dockerlint_py.model.image.installs import Install
from dockerlint_py.model.image.paths import ancestors, is_under, joined
from dockerlint_py.model.image.runs import Run
from dockerlint_py.model.image.steps import Step
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage


class CacheSpec(NamedTuple):
    """Where a tool keeps what it downloads, and what keeps it from doing so.

    `folder` lies below the cache folder of the user, or is absolute. `switch` is the option that
    turns the cache off; `switches` are the variables that do so.
    """

    cache: Cache
    folder: str
    variable: str
    switch: str = ""
    switches: tuple[str, ...] = ()


_PIP = CacheSpec("pip", "pip", "PIP_CACHE_DIR", "--no-cache-dir", ("PIP_NO_CACHE_DIR",))
_UV = CacheSpec("uv", "uv", "UV_CACHE_DIR", "--no-cache", ("UV_NO_CACHE",))
_CONDA = CacheSpec("conda", "/opt/conda/pkgs", "CONDA_PKGS_DIRS")
SPECS: Mapping[str, CacheSpec] = {
    "pip": _PIP,
    "pip-tools": _PIP._replace(switch=""),
    "pipx": _PIP._replace(switch=""),
    "uv": _UV,
    "uv pip": _UV,
    "poetry": CacheSpec("poetry", "pypoetry", "POETRY_CACHE_DIR", "--no-cache"),
    "pipenv": CacheSpec("pipenv", "pipenv", "PIPENV_CACHE_DIR", "", ("PIP_NO_CACHE_DIR",)),
    "pdm": CacheSpec("pdm", "pdm", "PDM_CACHE_DIR", "--no-cache", ("PDM_NO_CACHE",)),
    "conda": _CONDA,
}

CONFIGURATION = ("pip.conf", "PIP_CONFIG_FILE", ".no-cache-dir", "config cache-dir", "uv.toml")
"""Words by which a Dockerfile may have configured a cache in ways that are not followed."""


class LeftCache(NamedTuple):
    """An install whose downloads stay in the layer; `folder` is where, None when not known."""

    install: Install
    spec: CacheSpec
    folder: str | None


class _Cleaned:
    """What the rest of a RUN deletes."""

    __slots__ = ("caches", "everything", "paths")

    def __init__(self) -> None:
        self.caches: set[str] = set()
        self.paths: set[str] = set()
        self.everything = False

    def add(self, command: CleanupCommand) -> None:
        """Notes a command; one that cannot be read may delete the cache, if it is of its tool."""
        self.caches |= command.caches
        if command.unknown:
            self.caches.add(command.tool)
        if command.tool == "rm":
            self.everything = self.everything or bool(command.unknown)
            for operand in command.paths:
                self.everything = self.everything or operand.dynamic
                self.paths.add(joined("/", operand.text.removesuffix("/*")))

    def covers(self, spec: CacheSpec, folder: str | None) -> bool:
        """Whether a cache is gone, or may be."""
        if self.everything or spec.cache in self.caches:
            return True
        if folder is None:
            return bool(self.paths)
        return any(path in self.paths for path in ancestors(folder))


def caches_left(stage: "Stage") -> Iterator[LeftCache]:
    """The caches that a stage's own RUNs leave behind: the first install of each tool in a RUN."""
    if _is_configured(stage):
        return
    for _, installs in groupby(stage.installs, key=lambda install: install.run.step.number):
        cleaned = _Cleaned()
        left: dict[Cache, LeftCache] = {}
        for install in reversed(list(installs)):
            if isinstance(install.command, CleanupCommand):
                cleaned.add(install.command)
            elif (found := _left(install, install.command, cleaned)) is not None:
                left[found.spec.cache] = found
        yield from sorted(left.values(), key=lambda one: one.install.place.span)


def _left(install: Install, command: InstallCommand, cleaned: _Cleaned) -> LeftCache | None:
    spec = SPECS.get(command.tool)
    if spec is None or not _downloads(command):
        return None
    if Flag.NO_CACHE in command.flags or install.invocation.has("--cache-dir"):
        return None
    if any(word in spec.switches or not word.isupper() for word in command.unknown):
        return None
    folder = _folder(spec, install.run.step, install.invocation.env)
    if _is_mounted(install.run, folder) or cleaned.covers(spec, folder):
        return None
    return LeftCache(install, spec, folder)


def _downloads(command: InstallCommand) -> bool:
    """Whether something may be downloaded: not for wheels at hand without their dependencies."""
    if not command.installs or Flag.NO_INDEX in command.flags:
        return False
    only_paths = bool(command.local_paths) and not (command.packages or command.requirement_files)
    return not (only_paths and Flag.NO_DEPENDENCIES in command.flags)


def _folder(spec: CacheSpec, step: Step, env: Environment) -> str | None:
    own = env.get(spec.variable)
    if not isinstance(own, Known):
        return None
    if own.value:
        return joined("/", own.value)
    if spec.folder.startswith("/"):
        return spec.folder
    shared = env.get("XDG_CACHE_HOME")
    if not isinstance(shared, Known):
        return None
    if shared.value:
        return joined(shared.value, spec.folder)
    home = step.before._replace(env=env).home
    return joined(home.value, f".cache/{spec.folder}") if isinstance(home, Known) else None


def _is_mounted(run: Run, folder: str | None) -> bool:
    """Whether a mount covers the folder; any may do so when the folder or its target is unknown."""
    for mount in run.mounts:
        if mount.kind not in ("cache", "tmpfs") or mount.target is None:
            continue
        word = mount.target
        target = run.step.before.expanded(word.value, word.place, "\\")
        if folder is None or not isinstance(target, Known):
            return True
        if is_under(folder, joined("/", target.value)):
            return True
    return False


def _is_configured(stage: "Stage") -> bool:
    """Whether an earlier step may have configured a cache: a file, a setting, something unseen."""
    for step in stage.all_steps:
        text = step.instruction.original.text
        if step.hidden or any(word in text for word in CONFIGURATION):
            return True
    return any(run.opaque for part in stage.chain for run in part.runs)
