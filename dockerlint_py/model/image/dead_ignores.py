"""`.dockerignore` files that no build reads."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.context import dockerignore_path
from dockerlint_py.facts import Confidence, Fact, Known, Unknown
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.dockerfile import Dockerfile
    from dockerlint_py.model.repository import Repository

NAME = ".dockerignore"


class DeadIgnore(NamedTuple):
    """An ignore file, the Dockerfile that it was made for, and why it is not read.

    `instead` is the ignore file that the build reads, None when it reads none.
    """

    place: Place
    dockerfile: str
    because: Known[str]
    instead: str | None


class _Use(NamedTuple):
    """A Dockerfile and a folder that is sent for it; `is_named`: a command says so."""

    dockerfile: "Dockerfile"
    context: Known[str]
    is_named: bool

    def reads(self, repository: "Repository") -> str | None:
        """The ignore file that holds."""
        folder, path = self.context.value, self.dockerfile.path
        return dockerignore_path(repository.snapshot, folder, path)


def dead_ignores_of(repository: "Repository") -> Iterator[DeadIgnore]:
    """The ignore files beside Dockerfiles and in contexts that no build can be meant to read."""
    uses = list(_uses(repository))
    alive = {use.reads(repository) for use in uses}
    alive |= {_in(folder) for folder in _possible_contexts(repository)}
    for use in uses:
        for folder in (use.dockerfile.path.rpartition("/")[0], use.context.value):
            path = _in(folder)
            if path not in alive and use.is_named:
                alive.add(path)
                yield from _dead(repository, use, path)


def _dead(repository: "Repository", use: _Use, path: str) -> Iterator[DeadIgnore]:
    source = repository.snapshot.text(path) if repository.snapshot.is_file(path) else None
    if source is None or not source.text.strip(" \t\r\n"):
        return
    context = use.context._replace(confidence=min(use.context.confidence, Confidence.LIKELY))
    place = source.place(*source.line_span(1))
    yield DeadIgnore(place, use.dockerfile.path, context, use.reads(repository))


def _uses(repository: "Repository") -> Iterator[_Use]:
    for dockerfile in repository.dockerfiles:
        facts: list[Fact[str]] = [command.context for command in dockerfile.build_commands]
        for context in facts or [dockerfile.context]:
            if isinstance(context, Known):
                says = f"{dockerfile.path} is built from {context.value or 'the repository root'}"
                yield _Use(dockerfile, context.saying(says), is_named=bool(facts))


def _possible_contexts(repository: "Repository") -> Iterator[str]:
    """The folders that may be sent for a Dockerfile that is not known, and the other way round."""
    for command in repository.all_build_commands:
        if isinstance(command.context, Unknown):
            known = command.dockerfile.value if isinstance(command.dockerfile, Known) else ""
            yield known.rpartition("/")[0]
        elif isinstance(command.dockerfile, Unknown):
            yield command.context.value
    for dockerfile in repository.dockerfiles:
        if isinstance(dockerfile.context, Unknown):
            yield dockerfile.path.rpartition("/")[0]


def _in(folder: str) -> str:
    return f"{folder}/{NAME}".lstrip("/")
