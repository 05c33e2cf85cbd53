"""The manifests and lock files of a repository, each read once, and what was odd about them."""

from typing import TYPE_CHECKING

from dockerlint_py.model.note import Note

if TYPE_CHECKING:
    from dockerlint_py.context import Snapshot
    from dockerlint_py.manifests import Lock, LockKind, Manifest, ManifestKind
    from dockerlint_py.text import Source

MOST_BYTES = 4 << 20
"""Of a requirements file that is not UTF-8."""

MOST_NOTES = 3
"""Notes on one file; a file of another kind altogether has a problem in every line."""


class ManifestFiles:
    """Reads manifests and lock files when an installation in an image asks for them."""

    __slots__ = ("_locks", "_manifests", "_snapshot")

    def __init__(self, snapshot: "Snapshot") -> None:
        self._snapshot = snapshot
        self._manifests: dict[tuple[str, ManifestKind | None], Manifest | None] = {}
        self._locks: dict[tuple[str, LockKind], Lock | None] = {}

    def manifest(self, source: "Source", kind: "ManifestKind | None" = None) -> "Manifest | None":
        """A manifest with the files that it includes; None when its name tells no kind."""
        key = source.path, kind
        if key not in self._manifests:
            from dockerlint_py.manifests import read_manifest

            decoded = self._decoded(source) if kind == "requirements" else source
            self._manifests[key] = read_manifest(decoded, self._requirements_text, kind)
        return self._manifests[key]

    def lock(self, source: "Source", kind: "LockKind") -> "Lock | None":
        """A lock file."""
        key = source.path, kind
        if key not in self._locks:
            from dockerlint_py.manifests import read_lock

            self._locks[key] = read_lock(source, kind)
        return self._locks[key]

    def _requirements_text(self, path: str) -> "Source | None":
        source = self._snapshot.text(path)
        return None if source is None else self._decoded(source)

    def _decoded(self, source: "Source") -> "Source":
        """The text as pip reads it: some requirements files are UTF-16."""
        from dockerlint_py.manifests.requirements import decode
        from dockerlint_py.text import Source

        data = self._snapshot.data(source.path, MOST_BYTES)
        text = None if data is None else decode(data)
        return source if text is None or text == source.text else Source(source.path, text)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What could not be understood in the files read so far."""
        read = (*self._manifests.values(), *self._locks.values())
        found = {file.path: file.problems[:MOST_NOTES] for file in read if file is not None}
        return tuple(
            Note.at("broken-file", problem.place, problem.message)
            for problems in found.values()
            for problem in problems
        )
