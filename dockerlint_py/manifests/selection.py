"""From a command and a manifest to groups, and from groups and a lock to distributions."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from dockerlint_py.manifests.installers import Flag, InstallCommand
from dockerlint_py.manifests.model import Dependency, Lock, Manifest, Requirement
from dockerlint_py.manifests.naming import group_key, normalise

_MOST_STEPS = 200_000


def selected_groups(command: InstallCommand, manifest: Manifest) -> frozenset[str] | None:
    """The groups of the manifest that a project command installs; `main` is one of them.

    None when the command says something that cannot be read, or is no command of a project manager
    (`uv`, `poetry`, `pdm`, `pipenv`).
    """
    if command.unknown:
        return None
    if command.tool == "pipenv":
        return _pipenv(command)
    if command.tool not in ("uv", "poetry", "pdm"):
        return None
    names = {normalise(name): name for name in manifest.groups}
    groups = command.groups
    if groups.only or Flag.ONLY_DEV in command.flags:
        chosen = _keys(command, groups.only)
    else:
        chosen = _defaults(command, manifest) | _keys(command, groups.included)
        if groups.all_groups:
            chosen |= set(names)
    chosen -= _keys(command, groups.excluded)
    if Flag.NO_DEV in command.flags and not groups.only:
        chosen -= _without_dev(command, manifest)
    return frozenset(names.get(name, name) for name in chosen)


def _keys(command: InstallCommand, names: Iterable[str]) -> set[str]:
    """The keys of named groups; for Poetry `main` is what the project itself needs."""
    keys = names if command.tool == "poetry" else map(group_key, names)
    return {normalise(key) for key in keys}


def _defaults(command: InstallCommand, manifest: Manifest) -> set[str]:
    if command.verb == "export" and command.tool == "poetry":
        return {"main"} | ({"dev"} if Flag.DEV in command.flags else set())
    if command.tool == "pdm" and command.groups.no_defaults:
        return set()
    defaults = {"main"}
    if not command.groups.no_defaults and Flag.ONLY_PROJECT not in command.flags:
        defaults |= {normalise(name) for name in manifest.default_groups}
    return defaults


def _without_dev(command: InstallCommand, manifest: Manifest) -> set[str]:
    """`--no-dev` of uv and Poetry leaves out `dev`, `--prod` of pdm all development groups."""
    if command.tool == "pdm":
        return {normalise(name) for name in manifest.default_groups}
    if command.tool == "poetry":
        return {normalise(name) for name in manifest.groups if name != "main"}
    return {"dev"}


def _pipenv(command: InstallCommand) -> frozenset[str]:
    names = {"packages": "main", "dev-packages": "dev", "default": "main", "develop": "dev"}
    if command.groups.included:
        return frozenset(names.get(name, name) for name in command.groups.included)
    if Flag.ONLY_DEV in command.flags:
        return frozenset({"dev"})
    return frozenset({"main", "dev"} if Flag.DEV in command.flags else {"main"})


def builds_project(command: InstallCommand, manifest: Manifest) -> bool | None:
    """Whether the command builds the project that the manifest describes.

    uv needs a `[build-system]` or `package = true`, Poetry and pdm build unless they are told not
    to, pip and the build tools always do.
    """
    if not command.project:
        return command.project
    if command.tool == "uv" and command.verb != "build":
        return manifest.packaged.get("uv", manifest.build_system)
    if command.tool == "poetry" and command.verb != "build":
        return manifest.packaged.get("poetry", True)
    if command.tool == "pdm" and command.verb != "build":
        return manifest.packaged.get("pdm", manifest.name is not None)
    return True


def locked_closure(
    lock: Lock,
    roots: Iterable[Dependency | Requirement],
    holds: Callable[[str], bool] = lambda _marker: True,
) -> frozenset[str]:
    """The names of all locked distributions that the roots bring.

    `holds` tells which markers are true; without it, all that any of them may bring.
    """
    found: set[tuple[str, str]] = set()
    waiting = list(_steps(roots, holds))
    while waiting and len(found) < _MOST_STEPS:
        step = waiting.pop()
        if step in found:
            continue
        found.add(step)
        waiting.extend(_next(lock, *step, holds))
    return frozenset(name for name, _extra in found if name in lock.packages)


def _steps(
    edges: Iterable[Dependency | Requirement], holds: Callable[[str], bool]
) -> Iterator[tuple[str, str]]:
    for edge in edges:
        if holds(edge.marker):
            yield from ((edge.name, extra) for extra in ("", *edge.extras))


def _next(
    lock: Lock, name: str, extra: str, holds: Callable[[str], bool]
) -> Iterator[tuple[str, str]]:
    if extra:
        yield name, ""
    for package in lock.packages.get(name, ()):
        edges = package.extra_dependencies.get(extra, ()) if extra else package.dependencies
        yield from _steps(edges, holds)


def group_roots(
    lock: Lock, manifest: Manifest, groups: frozenset[str]
) -> Mapping[str, tuple[Dependency | Requirement, ...]]:
    """The direct dependencies of groups: the lock's own where it has them, else the manifest's."""
    return {name: lock.roots.get(name) or manifest.groups.get(name, ()) for name in sorted(groups)}
