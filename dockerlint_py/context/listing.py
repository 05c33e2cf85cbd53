"""Which files of a build context Docker sends, and which of them a COPY takes."""

from collections.abc import Iterator, Mapping, Sequence

from dockerlint_py.context import paths
from dockerlint_py.context.classes import LARGE, FileClass, classify, classify_folder
from dockerlint_py.context.dockerignore import DockerIgnore
from dockerlint_py.context.gomatch import BadPatternError, docker_glob, go_glob, is_go_pattern
from dockerlint_py.context.scope import is_virtual_environment
from dockerlint_py.context.snapshot import Snapshot
from dockerlint_py.context.tree import Kind
from dockerlint_py.record import NamedTuple

EXAMPLES = 5
"""How many paths of each class a selection names."""

_OPAQUE = frozenset(
    {FileClass.VERSION_CONTROL, FileClass.VIRTUAL_ENVIRONMENT, FileClass.NODE_MODULES}
)
_KEY_BYTES = 64 * 1024


class ContextFile(NamedTuple):
    """A file that is sent, or a folder of very many files that is taken as one thing.

    `path` is relative to the repository root. `size` is in bytes; only files of a class are asked
    for it, for any other, and for such a folder, it is 0.
    """

    path: str
    size: int
    file_class: FileClass | None


class ClassTotal(NamedTuple):
    """The files of one class in a selection; `size` is in bytes."""

    files: int
    size: int
    examples: tuple[str, ...]


class Selection(NamedTuple):
    """What a COPY takes; `unmatched` are the sources that match nothing: the build fails."""

    files: tuple[ContextFile, ...]
    unmatched: tuple[str, ...]

    def by_class(self) -> Mapping[FileClass, ClassTotal]:
        """The totals of every class that occurs, in the order of `FileClass`."""
        totals: dict[FileClass, ClassTotal] = {}
        for file_class in FileClass:
            files = [file for file in self.files if file.file_class is file_class]
            if files:
                examples = tuple(file.path for file in files[:EXAMPLES])
                size = sum(file.size for file in files)
                totals[file_class] = ClassTotal(len(files), size, examples)
        return totals


def dockerignore_path(snapshot: Snapshot, context: str, dockerfile: str) -> str | None:
    """The ignore file of a build: the Dockerfile's own one, else that of the context root."""
    for path in (f"{dockerfile}.dockerignore", paths.join(context, ".dockerignore")):
        if snapshot.is_file(path):
            return path
    return None


def read_dockerignore(snapshot: Snapshot, path: str | None) -> DockerIgnore:
    """The patterns of an ignore file; those of `DockerIgnore.absent` when there is none."""
    source = snapshot.text(path) if path else None
    return DockerIgnore.absent() if source is None else DockerIgnore.parse(source)


class ContextListing:
    """The files of one build context that its ignore file lets through."""

    __slots__ = ("_files", "_opaque", "folder", "ignore", "snapshot")

    def __init__(self, snapshot: Snapshot, folder: str, ignore: DockerIgnore) -> None:
        """`folder` is the context root, relative to the repository root."""
        self.snapshot = snapshot
        self.folder = folder
        self.ignore = ignore
        self._files: tuple[ContextFile, ...] | None = None
        self._opaque: dict[str, FileClass | None] = {}

    @property
    def files(self) -> tuple[ContextFile, ...]:
        """Everything that is sent, sorted by folder; listed once."""
        if self._files is None:
            found = sorted(self._sent(), key=lambda file: paths.walk_order(file.path))
            self._files = tuple(found)
        return self._files

    def sends(self, path: str) -> bool:
        """Whether a path (relative to the context root) exists and is not ignored."""
        there = paths.join(self.folder, path) if path else self.folder
        return self.snapshot.exists(there) and not self.ignore.ignores(path).ignored

    def may_send(self, path: str) -> bool:
        """Whether a path is sent or, not being there, git alone ignores it: a build may have it."""
        there = paths.join(self.folder, path) if path else self.folder
        if self.snapshot.exists(there):
            return self.sends(path)
        ignored = any(
            self.snapshot.ignored_by(there, is_folder=is_folder) for is_folder in (True, False)
        )
        return ignored and not self.ignore.ignores(path).ignored

    def copied(self, sources: Sequence[str], exclude: Sequence[str] = ()) -> Selection:
        """What `COPY` with these sources takes; not for URLs, `--from` and here-documents.

        `exclude` are the values of `--exclude`; a path that matches one, seen from the context root
        or from the copied folder, is left out.
        """
        taken: dict[str, ContextFile] = {}
        unmatched = []
        for source in sources:
            found = self._matching(source, exclude)
            taken |= {file.path: file for file in found}
            if not found and not self._is_empty_folder(source):
                unmatched.append(source)
        return Selection(tuple(taken.values()), tuple(unmatched))

    def _is_empty_folder(self, source: str) -> bool:
        path = _source_path(source)
        return self.snapshot.is_dir(paths.join(self.folder, path)) and (
            not path or not self.ignore.ignores(path).ignored
        )

    def _matching(self, source: str, exclude: Sequence[str]) -> Sequence[ContextFile]:
        base = self._base(_source_path(source))
        if base is None:
            return ()
        if not (base.pattern or exclude):
            return self.files
        return [file for file in self.files if self._matches(file, base, exclude)]

    def _matches(self, file: ContextFile, base: "_Base", exclude: Sequence[str]) -> bool:
        below = paths.relative(file.path, self.folder) or ""
        root = _matched_root(base, below)
        return root is not None and not _is_excluded(below, root, exclude)

    def _base(self, pattern: str) -> "_Base | None":
        if is_go_pattern(pattern):
            return _Base(pattern, wild=True)
        real = self.snapshot.resolve(paths.join(self.folder, pattern) if pattern else self.folder)
        below = None if real is None else paths.relative(real, self.folder)
        return None if below is None else _Base("" if below == "." else below, wild=False)

    def _sent(self) -> Iterator[ContextFile]:
        for folder, entries in self.snapshot.folders(self.folder, self._enters):
            names = (name for name, kind in entries.items() if kind is not Kind.FOLDER)
            for name in self.ignore.sent(self._below(folder), names):
                yield self._file(paths.join(folder, name))
            for name, kind in entries.items():
                if kind is Kind.FOLDER:
                    path = paths.join(folder, name)
                    file_class = self._opaque_class(path)
                    if file_class and self._sends_some_of(path):
                        yield ContextFile(path, 0, file_class)

    def _enters(self, folder: str) -> bool:
        return self._opaque_class(folder) is None and not self.ignore.prunes(self._below(folder))

    def _below(self, path: str) -> str:
        """The path as seen from the context root, which is `""` itself."""
        return path[len(self.folder) + 1 :] if self.folder else path

    def _opaque_class(self, folder: str) -> FileClass | None:
        """The class of a folder that is taken as one thing."""
        if folder not in self._opaque:
            self._opaque[folder] = self._find_opaque_class(folder)
        return self._opaque[folder]

    def _find_opaque_class(self, folder: str) -> FileClass | None:
        named = classify_folder(paths.split(folder)[1])
        if named in _OPAQUE and named is not FileClass.VIRTUAL_ENVIRONMENT:
            return named
        if is_virtual_environment(self.snapshot, folder):
            return FileClass.VIRTUAL_ENVIRONMENT
        return None

    def _sends_some_of(self, folder: str) -> bool:
        below = self._below(folder)
        return any(
            not self.ignore.ignores(f"{below}/{name}").ignored
            for name in self.snapshot.entries(folder)
        )

    def _file(self, path: str) -> ContextFile:
        below = self._below(path)
        file_class = classify(below, LARGE)
        if file_class is None:
            return ContextFile(path, 0, None)
        size = self.snapshot.size(path)
        if file_class is FileClass.MEDIA:
            file_class = classify(below, size)
        elif file_class is FileClass.SECRET and path.endswith((".pem", ".key")):
            file_class = file_class if self._may_be_private(path) else None
        return ContextFile(path, size, file_class)

    def _may_be_private(self, path: str) -> bool:
        """Whether a key file is no certificate or public key: those are meant to be seen."""
        data = self.snapshot.data(path, _KEY_BYTES) or b""
        return b"PRIVATE KEY" in data or (b"-----BEGIN" not in data and len(data) < _KEY_BYTES)


class _Base(NamedTuple):
    """What a source selects: a path, or a pattern for paths of its own depth."""

    pattern: str
    wild: bool


def _source_path(source: str) -> str:
    """A source as a path in the context; Docker lets none lead out of it."""
    return paths.clean(f"/{source}").removeprefix("/")


def _matched_root(base: _Base, path: str) -> str | None:
    """The part of a path that a source selects, itself or a folder above; None when it does not."""
    if not base.wild:
        if not base.pattern or path == base.pattern or path.startswith(f"{base.pattern}/"):
            return base.pattern
        return None
    depth = base.pattern.count("/") + 1
    root = "/".join(path.split("/", depth)[:depth])
    try:
        return root if go_glob(base.pattern).matches(root) else None
    except BadPatternError:
        return None


def _is_excluded(path: str, root: str, exclude: Sequence[str]) -> bool:
    if not exclude:
        return False
    inside = path[len(root) + 1 :] if root and path != root else path
    for pattern in exclude:
        try:
            glob = docker_glob(paths.clean(pattern).removeprefix("/"))
        except BadPatternError:
            continue
        if any(glob.matches(each) for seen in (path, inside) for each in _with_folders(seen)):
            return True
    return False


def _with_folders(path: str) -> Iterator[str]:
    parts = path.split("/")
    return ("/".join(parts[:end]) for end in range(1, len(parts) + 1))
