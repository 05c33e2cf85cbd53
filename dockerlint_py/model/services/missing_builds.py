"""What a service is to be built from, and is not there."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dockerlint_py.context import State
from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.compose import Build
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.repository import Repository

MAX_SHOWN = 6
"""Stages that are listed; a Dockerfile with more is cited without them."""


class MissingPart(NamedTuple):
    """The first part of a build that is missing: `what` it is in words, and the nearest `near`."""

    what: str
    name: str
    place: Place
    near: str | None = None
    because: tuple[Known[str], ...] = ()


def missing_part(container: "Container") -> MissingPart | None:
    """The missing part of a service's build; None when there is none, or it is not known."""
    build = container.service.build if container.service is not None else None
    if build is None or not isinstance(build.inline, Known) or build.inline.value is not None:
        return None
    context = _inside(container.blur.fact(container.id, "context", 0, build.context))
    if context is None:
        return None
    repository = container.repository
    if not repository.snapshot.is_dir(context):
        return _context(repository, build, context)
    return _dockerfile(container, build, context)


def _context(repository: "Repository", build: "Build", context: str) -> MissingPart | None:
    if repository.snapshot.exists(context) or not _is_ours(repository, context):
        return None
    near = _nearest(repository, context)
    return MissingPart("the build context", context, _place(build.context, build), near)


def _dockerfile(container: "Container", build: "Build", context: str) -> MissingPart | None:
    repository = container.repository
    named = container.blur.fact(container.id, "dockerfile", 0, build.dockerfile)
    if isinstance(named, Unknown):
        return None
    default = f"{context}/Dockerfile".lstrip("/")
    path = default if named.value is None else _inside(named)
    if path is None:
        return None
    if repository.snapshot.is_file(path):
        return _target(container, build, path)
    if named.value is None and repository.snapshot.is_file(path.lower()):
        return None
    if repository.snapshot.exists(path) or not _is_ours(repository, path):
        return None
    place = _place(build.context if named.value is None else named, build)
    return MissingPart("the Dockerfile", path, place, _nearest(repository, path))


def _target(container: "Container", build: "Build", path: str) -> MissingPart | None:
    repository = container.repository
    target = container.blur.fact(container.id, "target", 0, build.target)
    real = repository.snapshot.resolve(path)
    file = next((each for each in repository.dockerfiles if each.path == real), None)
    if isinstance(target, Unknown) or not target.value or file is None:
        return None
    if file.stage(target.value) is not None or not file.stages or file.file.problems:
        return None
    names = [stage.name for stage in file.stages if stage.name]
    listed = f" {', '.join(names)}" if 0 < len(names) <= MAX_SHOWN else ""
    says = f"{file.path} has the stages{listed}" if listed else f"{file.path} has no such stage"
    cited = Known(file.path, (file.stages[-1].place,), says=says)
    near = _near(target.value, names)
    return MissingPart("the stage", target.value, _place(target, build), near, (cited,))


def _inside(fact: Fact[str | None]) -> str | None:
    """A path of the repository as the snapshot writes it; None when it is outside or not known."""
    if isinstance(fact, Unknown):
        return None
    path = fact.value or "."
    if path.startswith(("/", "~", "..")):
        return None
    return "" if path == "." else path


def _is_ours(repository: "Repository", path: str) -> bool:
    """Whether a missing path would belong to this repository: git neither ignores it, nor is it in
    a submodule, which a checkout may be without.
    """
    if repository.snapshot.state(path) is State.IGNORED:
        return False
    modules = repository.snapshot.text(".gitmodules")
    listed = modules.text.split("\n") if modules is not None else []
    folders = [line.partition("=")[2].strip(" \t\r") for line in listed if "path" in line]
    return not any(path == folder or path.startswith(f"{folder}/") for folder in folders if folder)


def _nearest(repository: "Repository", path: str) -> str | None:
    """The name in the same folder that was probably meant."""
    folder, _, name = path.rpartition("/")
    near = _near(name, repository.snapshot.entries(folder))
    return f"{folder}/{near}".lstrip("/") if near is not None else None


def _near(word: str, known: Iterable[str]) -> str | None:
    from difflib import get_close_matches

    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def _place(fact: Fact[str | None], build: "Build") -> Place:
    return fact.places[0] if fact.places else build.place
