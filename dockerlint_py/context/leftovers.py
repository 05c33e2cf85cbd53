"""What stands in a developer's checkout beside the files of the repository.

A fresh checkout has no `.env` and no `.venv`, so a listing of it cannot show that `COPY . .` takes
them. But a `.gitignore` that names them says that developers have them; whether Docker leaves them
out is then asked of the `.dockerignore`.
"""

from collections.abc import Iterator, Sequence

from dockerlint_py.context import paths
from dockerlint_py.context.classes import FileClass
from dockerlint_py.context.dockerignore import DockerIgnore, IgnoreMatch
from dockerlint_py.context.gitignore import GitPattern
from dockerlint_py.context.snapshot import Snapshot
from dockerlint_py.record import NamedTuple


class Leftover(NamedTuple):
    """A path that git ignores and that is probably there on a developer's machine.

    `path` is relative to the repository root; a folder is named without a slash. `git` is the line
    that names it. `docker` is the verdict of the ignore file, asked for a file inside a folder.
    """

    path: str
    file_class: FileClass
    is_folder: bool
    exists: bool
    git: GitPattern
    docker: IgnoreMatch


class _Probe(NamedTuple):
    """A typical name; `inside` is a typical path in it when it is a folder."""

    name: str
    inside: str = ""


_PROBES = {
    FileClass.ENVIRONMENT: (
        *(_Probe(".env"), _Probe(".env.local"), _Probe(".env.prod"), _Probe(".env.production")),
        *(_Probe(".env.dev"), _Probe("prod.env"), _Probe("dev.env"), _Probe(".envrc")),
    ),
    FileClass.SECRET: (
        *(_Probe("server.key"), _Probe("key.pem"), _Probe("credentials.json")),
        *(_Probe("service-account.json"), _Probe("secrets.yml"), _Probe("secrets.json")),
    ),
    FileClass.VIRTUAL_ENVIRONMENT: (
        _Probe(".venv", "bin/python"),
        _Probe("venv", "bin/python"),
        _Probe("virtualenv", "bin/python"),
        _Probe("env", "bin/python"),
    ),
    FileClass.PYTHON_CACHE: (
        _Probe("__pycache__", "module.cpython-313.pyc"),
        _Probe(".pytest_cache", "v/cache/lastfailed"),
        _Probe(".mypy_cache", "3.13/module.data.json"),
        _Probe(".ruff_cache", "0.1/1"),
    ),
    FileClass.NODE_MODULES: (_Probe("node_modules", "module/package.json"),),
    FileClass.DATABASE: (_Probe("db.sqlite3"), _Probe("app.db"), _Probe("dump.sql")),
    FileClass.EDITOR: (_Probe(".idea", "workspace.xml"), _Probe(".vscode", "settings.json")),
    FileClass.COVERAGE: (_Probe(".coverage"), _Probe("htmlcov", "index.html")),
}
"""Names that tools and people give to such files, most usual first."""

_VENV_NAMES = frozenset({".venv", "venv", "virtualenv"})


def leftovers(
    snapshot: Snapshot,
    context: str,
    ignore: DockerIgnore,
    file_class: FileClass,
    folders: Sequence[str] = ("",),
) -> tuple[Leftover, ...]:
    """The leftovers of a class in some folders of a build context, in the order of the folders.

    `context` is relative to the repository root, `folders` to the context. What is tracked is no
    leftover. Classes that nobody leaves lying about (version control, tests...) give none.
    """
    found: list[Leftover] = []
    for folder in folders:
        found += _in_folder(snapshot, context, ignore, file_class, folder)
    return tuple(found)


def _in_folder(
    snapshot: Snapshot, context: str, ignore: DockerIgnore, file_class: FileClass, folder: str
) -> Iterator[Leftover]:
    venv_lines: set[str] = set()
    for probe in _PROBES.get(file_class, ()):
        below = paths.join(folder, probe.name)
        path = paths.join(context, below)
        pattern = snapshot.ignored_by(path, is_folder=bool(probe.inside))
        if pattern is None or (snapshot.index and snapshot.index.tracks_below(path)):
            continue
        if probe.name in _VENV_NAMES:
            venv_lines.add(pattern.place.path)
        elif probe.name == "env" and pattern.place.path not in venv_lines:
            continue  # `env/` alone may be anything; beside `venv/` it is another name for it
        asked = f"{below}/{probe.inside}" if probe.inside else below
        yield Leftover(
            path,
            file_class,
            bool(probe.inside),
            snapshot.exists(path),
            pattern,
            ignore.ignores(asked),
        )
