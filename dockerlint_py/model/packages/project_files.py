"""Files that installing needs and that are not in the stage when it happens."""

from collections.abc import Iterable, Iterator
from typing import Any

from dockerlint_py.facts import Fact, Known
from dockerlint_py.knowledge.build_backends import SETUP_SCRIPT, build_backend
from dockerlint_py.manifests import Manifest, Reference, builds_project
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.packages.installation import Input, Installation
from dockerlint_py.model.packages.tool_versions import is_at_least, tool_version
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

MOST_INCLUDES = 50
"""Requirements files that one command reads through `-r`."""


class MissingFile(NamedTuple):
    """A file that a command needs. `name` is how the file that asks for it writes it."""

    name: str
    place: Place
    facts: tuple[Known[Any], ...]


def missing_for_build(installations: Iterable[Installation]) -> Iterator[MissingFile]:
    """What the build backends of projects ask for in vain."""
    for installation in installations:
        if installation.is_clear and not installation.is_conditional:
            for folder, at, manifest in _built(installation):
                yield from _needs(installation, folder, at, manifest)


def _built(installation: Installation) -> Iterator[tuple[str, Place, Manifest]]:
    """The projects that a command builds: their folder in the image, the word that names it."""
    manifest, folder = installation.project, installation.folder
    if manifest is not None and isinstance(folder, Known):
        builds = installation.command.installs and builds_project(installation.command, manifest)
        if builds and _fails_without_project(installation):
            yield folder.value, installation.place, manifest
    for given in installation.projects:
        if given.whole is not None and isinstance(given.path, Known):
            yield given.path.value, given.at, given.whole


def _fails_without_project(installation: Installation) -> bool:
    """Poetry 1 only warns when it cannot install the project itself."""
    if installation.command.tool != "poetry":
        return True
    version = tool_version(installation, "poetry")
    return isinstance(version, Known) and is_at_least(version.value, 2)


def _needs(
    installation: Installation, folder: str, at: Place, manifest: Manifest
) -> Iterator[MissingFile]:
    backend = build_backend(manifest.build_backend) if manifest.build_system else None
    if manifest.kind == "setup.py":
        backend = SETUP_SCRIPT
    elif manifest.kind != "pyproject" or backend is None:
        return
    named = [r for r in manifest.references if r.kind in backend.needs and not r.pattern]
    for reference in named:
        there = installation.view.has(joined(folder, reference.path))
        if _is_absent(there):
            says = f"{manifest.path} names {reference.path}"
            asks = Known(reference.path, (reference.place,), says=says)
            yield MissingFile(reference.path, at, (asks, _cited(there)))
    if backend.modules and _finds_package_itself(manifest):
        yield from _own_package(installation, folder, at, manifest, backend.modules)


def _finds_package_itself(manifest: Manifest) -> bool:
    """Whether nothing tells the backend where the package is."""
    told = manifest.tools & {"hatch"} or (
        "uv" in manifest.tools and (manifest.build_backend or "").startswith("uv_build")
    )
    return not told and not any(r.kind in ("package", "include") for r in manifest.references)


def _own_package(
    installation: Installation,
    folder: str,
    at: Place,
    manifest: Manifest,
    modules: tuple[str, ...],
) -> Iterator[MissingFile]:
    module = (manifest.name or "").replace("-", "_")
    answers = [installation.view.has(joined(folder, path.format(module))) for path in modules]
    if module and all(_is_absent(answer) for answer in answers):
        says = f"{manifest.path} describes the package {module}"
        asks = Known(module, (manifest.source.place(0, 0),), says=says)
        yield MissingFile(f"the package {module}", at, (asks, *map(_cited, answers[:1])))


def missing_requirements(installations: Iterable[Installation]) -> Iterator[MissingFile]:
    """The files that requirements files include with `-r` and `-c`, or install by their path."""
    for installation in installations:
        if installation.is_clear and not installation.is_conditional:
            for given in (*installation.requirement_files, *installation.constraint_files):
                yield from _included(installation, given)


def _included(installation: Installation, given: Input) -> Iterator[MissingFile]:
    if not isinstance(given.path, Known) or not isinstance(given.manifest, Known):
        return
    manifest = given.manifest.value
    if manifest is None or manifest.kind != "requirements":
        return
    # Where each file of the repository stands in the image, found from the files that name it.
    standing = {manifest.path: given.path.value}
    conditional = {item.place for item in manifest.main if item.marker}
    for reference in manifest.references[:MOST_INCLUDES]:
        folder = standing.get(reference.place.path, "").rpartition("/")[0]
        if reference.place.path not in standing or reference.place in conditional:
            continue
        path = _resolved(installation, reference, folder)
        if not isinstance(path, Known):
            continue
        there = installation.view.has(path.value)
        found = installation.view.file(path.value)
        if isinstance(found, Known) and found.value is not None:
            standing.setdefault(found.value.path, path.value)
        if _is_absent(there):
            says = f"{reference.place.path} names {reference.path}"
            asks = Known(reference.path, (reference.place,), says=says)
            yield MissingFile(reference.path, given.at, (asks, _cited(there)))


def _resolved(installation: Installation, reference: Reference, folder: str) -> Fact[str]:
    """pip takes `-r` and `-c` from the folder of the file, and paths from where it is run."""
    if "${" in reference.path or reference.path.startswith("~"):
        return installation.view.path_of("/")
    if reference.kind == "path":
        return installation.view.path_of(reference.path)
    return Known(joined(folder or "/", reference.path))


def _is_absent(there: Fact[bool]) -> bool:
    return isinstance(there, Known) and not there.value


def _cited(there: Fact[bool]) -> Known[bool]:
    assert isinstance(there, Known)
    return there
