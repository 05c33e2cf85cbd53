"""What COPYs take from the build context, and which of it ends up in the image."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.context import (
    LARGE,
    ContextFile,
    FileClass,
    Leftover,
    Selection,
    is_example,
    leftovers,
)
from dockerlint_py.facts import Known
from dockerlint_py.model.image.copies import Copy
from dockerlint_py.model.image.history import reads_history
from dockerlint_py.model.packages.hostvenvs import HostVenv, host_venvs_of, leftover_fact
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.build import Build
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.image.stage import Stage

MANIFESTS = ("pyproject.toml", "requirements.txt", "Pipfile", "setup.py", "manage.py")
"""Files that make a folder the root of a Python project."""

MAX_HOPS = 20
"""COPY --from chains; a longer one is not followed."""


class Taking:
    """One COPY from the context in a stage that the build needs.

    `selection` is what it takes of the files that are there. It only concerns the image as far as
    `landings` says so: a builder stage keeps what nothing copies out of it.
    """

    def __init__(self, build: "Build", stage: "Stage", copy: Copy, selection: Selection) -> None:
        self.build = build
        self.stage = stage
        self.copy = copy
        self.selection = selection
        self._landings: dict[str, tuple[str, ...]] = {}

    @property
    def place(self) -> Place:
        """The COPY."""
        return self.copy.place

    @property
    def folder(self) -> str:
        """The build context, relative to the repository root."""
        context = self.build.context
        return context.value if isinstance(context, Known) else ""

    def place_of(self, path: str) -> Place:
        """The source word that brings a path of the repository."""
        below = self._below(path)
        for source in self.copy.sources:
            if source.selects(below) is not None:
                return source.place
        return self.copy.sources[0].place if self.copy.sources else self.place

    @cached_property
    def shipped(self) -> tuple[ContextFile, ...]:
        """The selected files of a class that end up in the image."""
        classified = (file for file in self.selection.files if file.file_class is not None)
        return tuple(file for file in classified if self._ships(file.path))

    def of_class(self, *classes: FileClass) -> tuple[ContextFile, ...]:
        """The shipped files of some classes."""
        return tuple(file for file in self.shipped if file.file_class in classes)

    def _ships(self, path: str) -> bool:
        """Whether a path of the repository ends up in the image."""
        return any(
            True
            for landing in self.copy.lands_at(self._below(path))
            for _ in _carried(self.build, self.stage, landing, MAX_HOPS)
        )

    def landings(self, path: str) -> tuple[str, ...]:
        """Where a path of the repository ends up in the image; nowhere, when nothing brings it."""
        if path not in self._landings:
            found: dict[str, None] = {}
            for landing in self.copy.lands_at(self._below(path)):
                found |= dict.fromkeys(_carried(self.build, self.stage, landing, MAX_HOPS))
            self._landings[path] = tuple(found)
        return self._landings[path]

    @property
    def unmatched(self) -> tuple[str, ...]:
        """The sources that match nothing in the context."""
        return self.selection.unmatched

    @property
    def takes_source_folders(self) -> bool:
        """Whether it copies the whole context, or a folder that holds Python source."""
        if self.copy.takes_whole_context:
            return True
        python = (file.path for file in self.selection.files if file.path.endswith(".py"))
        sources = {s.path.value for s in self.copy.sources if isinstance(s.path, Known)}
        return any(self._below(path) not in sources for path in python)

    @property
    def host_venvs(self) -> tuple[HostVenv, ...]:
        """The virtual environments of the host that it takes into the image."""
        return host_venvs_of(self)

    @property
    def reads_history(self) -> bool:
        """Whether a later step of its stage needs the history of the project."""
        return reads_history(self)

    def class_texts(self) -> dict[FileClass, str]:
        """The shipped files that the image hardly needs, class by class, in words."""
        texts: dict[FileClass, str] = {}
        for file_class, total in Selection(self.shipped, ()).by_class().items():
            size = f", {total.size / 1e6:.1f} MB" if total.size >= LARGE else ""
            example = total.examples[0]
            more = f" and {total.files - 1} more" if total.files > 1 else ""
            texts[file_class] = f"{file_class.value} ({example}{more}{size})"
        return texts

    def landing_fact(self, path: str) -> Known[str]:
        """Where a path ends up in the image, to be cited."""
        landing = self.landings(path)[0]
        says = f"{self.place.path}:{self.place.line} takes it to {landing}"
        return Known(landing, (self.place,), says=says)

    def expects(self, leftover: Leftover) -> bool:
        """Whether nothing keeps it out, and developers have such a file.

        An example beside it shows that, and so does a service that cannot start without it.
        """
        if leftover.docker.ignored:
            return False
        if any(_is_read_by(container, leftover.path) for container in self.build.containers):
            return True
        folder, _, name = leftover.path.rpartition("/")
        entries = self.build.repository.snapshot.entries(folder)
        return any(other.startswith(name) and is_example(other) for other in entries)

    def leftovers(self, file_class: FileClass) -> tuple[Leftover, ...]:
        """What git ignores, is not there, and a developer's build would take into the image.

        `docker` of each says whether the ignore file keeps it out.

        Only folders are asked where a developer works: those with a manifest of dependencies.
        """
        folders = [folder for folder in self._folders() if self.landings(self._above(folder))]
        snapshot = self.build.repository.snapshot
        found = leftovers(snapshot, self.folder, self.build.ignore, file_class, folders)
        return tuple(each for each in found if not each.exists)

    def leftover_fact(self, leftover: Leftover) -> Known[str]:
        """The line of a `.gitignore` that names a leftover, to be cited."""
        return leftover_fact(leftover)

    def _folders(self) -> Iterator[str]:
        snapshot = self.build.repository.snapshot
        for source in self.copy.sources:
            if not isinstance(source.path, Known):
                continue
            path = source.path.value
            entries = snapshot.entries(self._above(path))
            if any(name in entries for name in MANIFESTS):
                yield path

    def _below(self, path: str) -> str:
        return path[len(self.folder) :].lstrip("/") if self.folder else path

    def _above(self, path: str) -> str:
        return f"{self.folder}/{path}".strip("/")


def _is_read_by(container: "Container", path: str) -> bool:
    """Whether a container's service takes its variables from a file, and needs it."""
    files = container.service.env_files if container.service is not None else ()
    return any(file.required and file.path == path for file in files)


def takings_of(build: "Build") -> tuple[Taking, ...]:
    """The takings of a build, in the order of its stages; none when its context is not known."""
    if build.listing is None:
        return ()
    takings = []
    for stage in sorted(build.needed_stages, key=lambda stage: stage.number):
        for copy in stage.context_copies:
            sources = [s.path.value for s in copy.sources if isinstance(s.path, Known)]
            selection = build.listing.copied(sources, copy.exclude)
            takings.append(Taking(build, stage, copy, selection))
    return tuple(takings)


def _carried(build: "Build", stage: "Stage", path: str, hops: int) -> Iterator[str]:
    """Where a path of a stage ends up in the target image."""
    if stage in build.stage.chain:
        yield path
    if not hops:
        return
    for taker in build.needed_stages:
        for copy in taker.copies:
            if copy.stage is not None and _keeps(copy.stage, stage, path):
                for landing in copy.lands_at(path):
                    yield from _carried(build, taker, landing, hops - 1)


def _keeps(last: "Stage", first: "Stage", path: str) -> bool:
    """Whether what came to a path of a stage is still there at the end of one made from it."""
    if first not in last.chain:
        return False
    between = last.chain[: last.chain.index(first) + 1]
    return not any(stage.fs.loses(path) for stage in between)
