"""The files of settings that dynaconf finds, in the order in which it loads them."""

from collections.abc import Iterator
from posixpath import dirname, join
from typing import TYPE_CHECKING, TypeVar

from dockerlint_py.facts import Fact, Unknown
from dockerlint_py.python.evaluate.dynaconf_values import FileData, read
from dockerlint_py.python.evaluate.values import Items, Located, Plain, PurePath, Rest, Value
from dockerlint_py.text import Source

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate.disk import Disk
    from dockerlint_py.python.evaluate.evaluator import Evaluator

DEFAULT_NAMES = tuple(
    f"{stem}.{extension}"
    for stem in ("settings", ".secrets")
    for extension in ("py", "toml", "tml", "yaml", "yml", "ini", "conf", "properties", "json")
)
_READ = (".toml", ".tml", ".yaml", ".yml", ".json")
_FOUND = (*_READ, ".ini", ".conf", ".properties")
Thing = TypeVar("Thing")
_MAX_FOLDERS = 40
_MAX_FILES = 40


class UnknownFilesError(Exception):
    """Raised inside this package only: it is not known which files are loaded, or what they say."""


class Search:
    """Looks for files from a folder, the folder of the program, and the one it is started in.

    Each is searched up to the root, with a folder `config` in every folder on the way. `module` is
    the file of the repository that asks; with `skips` it is not taken for one of the files.
    """

    def __init__(
        self, run: "Evaluator", module: str, root: Value | None = None, *, skips: bool = False
    ) -> None:
        self._disk: Disk = run.disk
        self._module = module
        self._root = root
        self._skips = skips
        self._program = run.argv[0] if run.argv else ""

    def load(self, names: Value) -> tuple[FileData, ...]:
        """The files, `.local.` ones last; `UnknownFilesError` where some cannot be told."""
        paths: list[str] = []
        for name in _names(names):
            found = self._find(name, dirname(paths[0]) if paths else None)
            if found is not None:
                paths.append(found)
        for path in list(paths):
            stem, dot, extension = path.rpartition(".")
            if ".local." not in path:
                paths.append(f"{stem}.local{dot}{extension}")
        hooks = (join(dirname(path), "dynaconf_hooks.py") for path in paths)
        if any(self._source(path) is not None for path in dict.fromkeys(hooks)):
            raise UnknownFilesError("dynaconf_hooks.py may change it")
        sources = [self._source(path) for path in paths]
        files = tuple(read(source) for source in sources if source is not None)
        for file in files:
            if file.data is None or not file.source.path.endswith(_READ):
                raise UnknownFilesError(f"{file.source.path} is not understood")
        return files

    def _find(self, name: Value, first: str | None) -> str | None:
        if isinstance(name, Located):
            path = _known(self._disk.beside(self._module, name.path))
            return path if self._source(path) is not None else None
        text = name.path if isinstance(name, PurePath) else getattr(name, "value", None)
        if not isinstance(text, str) or any(mark in text for mark in "*?[") or ".." in text:
            raise UnknownFilesError("it is not known which files are loaded")
        if not text.endswith((*_FOUND, ".py")):
            raise UnknownFilesError(f"{text} is a module")
        if text.startswith("/"):
            return text if self._source(text) is not None else None
        places = dict.fromkeys(join(folder, text) for folder in self._folders(first))
        if self._skips:
            places.pop(_known(self._disk.beside(self._module, self._module)), None)
        found = [path for path in places if self._source(path) is not None]
        if len(found) > 1:
            raise UnknownFilesError(f"there are several {text}")
        return found[0] if found else None

    def _folders(self, first: str | None) -> Iterator[str]:
        cwd = _known(self._disk.cwd)
        starts = [cwd]
        if self._program.endswith(".py"):
            starts.append(dirname(join(cwd, self._program)))
        if first is not None:
            starts.append(first)
        if isinstance(self._root, Located):
            starts.append(_known(self._disk.beside(self._module, self._root.path)))
        elif self._root is not None:
            raise UnknownFilesError("it is not known where files are looked for")
        for folder in starts:
            for _ in range(_MAX_FOLDERS):
                yield folder
                yield join(folder, "config")
                if folder in ("/", ""):
                    break
                folder = dirname(folder)

    def _source(self, path: str) -> Source | None:
        return _known(self._disk.file(path))


def _known(fact: Fact[Thing]) -> Thing:
    if isinstance(fact, Unknown):
        raise UnknownFilesError(fact.why)
    return fact.value


def _names(value: Value) -> tuple[Value, ...]:
    """The names of a `settings_files`: a list, or one text with commas."""
    if isinstance(value, Items):
        names = [item for item in value.items if not isinstance(item, Rest)]
        if len(names) < len(value.items) or len(names) > _MAX_FILES:
            raise UnknownFilesError("it is not known which files are loaded")
        return tuple(names)
    if isinstance(value, Plain) and isinstance(value.value, str):
        parts = value.value.split(",", _MAX_FILES)
        return tuple(Plain(part.strip(), value.origin) for part in parts if part.strip())
    return (value,)
