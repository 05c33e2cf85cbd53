"""Which folder is sent to the builder."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dockerlint_py.context import Kind
from dockerlint_py.context.locating import REMOTE_CONTEXT
from dockerlint_py.dockerfile import Mount, mounts
from dockerlint_py.facts import Confidence, Fact, Known, Unknown
from dockerlint_py.model.image.copies import Origin
from dockerlint_py.text.regex import regex

_ABOUT_BUILDING = regex(r"(?i)\A(?:dockerfile.*|.*dockerfile|\.dockerignore|readme.*|.*\.md)\Z")

if TYPE_CHECKING:
    from dockerlint_py.model.dockerfile import Dockerfile
    from dockerlint_py.model.repository import Repository


def in_folder(folder: str, path: str) -> str:
    """A path below a folder, both relative to the root; `""` is the root or the folder itself."""
    return f"{folder}/{path}".strip("/")


def context_of(dockerfile: "Dockerfile") -> Fact[str]:
    """The folder that is sent: what build commands say, else what fits.

    Commands that name different folders are settled by what the file copies.
    """
    named: dict[str, Known[str]] = {}
    for command in dockerfile.build_commands:
        if isinstance(command.context, Known):
            shown = command.context.value or "the repository root"
            says = f"{command.place.path} builds it from {shown}"
            named.setdefault(command.context.value, command.context.saying(says))
    wanted = list(_wanted(dockerfile))
    fitting = [fact for folder, fact in named.items() if _fits(dockerfile, folder, wanted)]
    if len(named) == 1 or fitting:
        return (fitting or list(named.values()))[0]
    if not named and any(_is_remote(command.context) for command in dockerfile.build_commands):
        return Unknown(REMOTE_CONTEXT)
    return _fitting_context(dockerfile, wanted)


def _is_remote(context: Fact[str]) -> bool:
    return isinstance(context, Unknown) and context.why == REMOTE_CONTEXT


def _fitting_context(dockerfile: "Dockerfile", wanted: list[str]) -> Fact[str]:
    """The Dockerfile's own folder, or the one above it where all that the file copies is.

    `docker build .` in the folder of the Dockerfile, or of a link to it, is what people do; when
    its COPYs ask for paths of a folder above, they build there. A Dockerfile beside it that is
    built from elsewhere leaves it open, unless only one of the folders holds what is copied; so
    does a `COPY . .` that would copy nothing but the Dockerfile.
    """
    if any(step.hidden for stage in dockerfile.stages for step in stage.steps_of("COPY", "ADD")):
        return Unknown("what the Dockerfile copies is hidden")
    folder = dockerfile.path.rpartition("/")[0]
    other = next(_contexts_of_neighbours(dockerfile, folder), folder)
    if other != folder and _fits(dockerfile, other, wanted) and _fits(dockerfile, folder, wanted):
        return Unknown(f"a Dockerfile beside it is built from {other or 'the repository root'}")
    if folder and not wanted and _holds_nothing(dockerfile, folder):
        return Unknown(f"{folder} holds nothing to copy")
    links = dockerfile.repository.discovered.links.items()
    linked = [link.rpartition("/")[0] for link, path in links if path == dockerfile.path]
    for candidate in (*linked, *_ancestors(folder)):
        if _fits(dockerfile, candidate, wanted):
            sure = candidate == folder or candidate in linked
            confidence = Confidence.CERTAIN if sure else Confidence.LIKELY
            shown = candidate or "the repository root"
            return Known(candidate, (), confidence, f"the build context is {shown}")
    return Unknown("no folder holds all that the Dockerfile copies", folder)


def _holds_nothing(dockerfile: "Dockerfile", folder: str) -> bool:
    """Whether a folder that is copied as a whole has only what tells how to build it."""
    copies = [copy for stage in dockerfile.stages for copy in stage.copies]
    return any(copy.takes_whole_context for copy in copies) and all(
        kind is Kind.FILE and _ABOUT_BUILDING.search(name) is not None
        for name, kind in dockerfile.repository.snapshot.entries(folder).items()
    )


def _contexts_of_neighbours(dockerfile: "Dockerfile", folder: str) -> Iterator[str]:
    """The folders that commands send for other Dockerfiles of the same folder, its own first."""
    found = {
        command.context.value
        for command in dockerfile.repository.all_build_commands
        if isinstance(command.dockerfile, Known) and isinstance(command.context, Known)
        if command.dockerfile.value.rpartition("/")[0] == folder
    }
    yield from sorted(found, key=lambda context: (context != folder, context))


def _fits(dockerfile: "Dockerfile", folder: str, wanted: list[str]) -> bool:
    return all(_exists(dockerfile.repository, folder, path) for path in wanted)


def _wanted(dockerfile: "Dockerfile") -> Iterator[str]:
    """The paths of the context that the file copies, or mounts for a RUN."""
    for stage in dockerfile.stages:
        for step in stage.steps_of("RUN"):
            yield from _mounted(mounts(step.instruction))
        for copy in stage.copies:
            if copy.origin is not Origin.CONTEXT:
                continue
            for source in copy.sources:
                if isinstance(source.path, Known) and source.path.value:
                    yield source.path.value


def _mounted(given: Iterable[Mount]) -> Iterator[str]:
    for mount in given:
        word = mount.source if mount.kind == "bind" and mount.origin is None else None
        path = word.value.removeprefix("./").strip("/") if word is not None else ""
        if path not in ("", ".") and "$" not in path:
            yield path


def _ancestors(folder: str) -> Iterator[str]:
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
    yield ""


def _exists(repository: "Repository", folder: str, path: str) -> bool:
    if any(character in path for character in "*?["):
        return True
    return repository.snapshot.exists(in_folder(folder, path))
