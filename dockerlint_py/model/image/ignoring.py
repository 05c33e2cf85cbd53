"""What the patterns of a .dockerignore miss."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.context import DockerPattern
from dockerlint_py.facts import Known
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.build import Build
    from dockerlint_py.model.image.takings import Taking

BYTECODE = "__pycache__/module.cpython-313.pyc"
EVERYWHERE = {
    **dict.fromkeys(("__pycache__", "*.pyc", "*.py[cod]", "*.py[co]"), BYTECODE),
    ".env*": ".env",
}
"""Names that come up in every folder of a Python project, with a typical path."""

SOMEWHERE = {
    ".env": ".env",
    ".venv": ".venv/pyvenv.cfg",
    "venv": "venv/pyvenv.cfg",
    "node_modules": "node_modules/module/index.js",
    ".pytest_cache": ".pytest_cache/README.md",
    ".mypy_cache": ".mypy_cache/x.json",
    ".ruff_cache": ".ruff_cache/x",
    ".DS_Store": ".DS_Store",
    "*.log": "debug.log",
    "*.sqlite3": "db.sqlite3",
    "*.egg-info": "project.egg-info/PKG-INFO",
    ".ipynb_checkpoints": ".ipynb_checkpoints/x.ipynb",
}
"""Names that may be anywhere: a path below the root has to show that they are."""

PERHAPS = (".env", ".venv", "venv")
"""Those of them that would do harm anywhere, and are worth a word even if there is none yet."""

MANY = 2000
"""Files looked at for a nested match; larger contexts are judged by the first ones."""


class RootOnlyPattern(NamedTuple):
    """A pattern that matches at the root only; `example` is a path that it lets through.

    `is_likely` tells that the example is there, or that Python will make it.
    """

    text: str
    place: Place
    example: str
    is_likely: bool
    copied: Known[str]


def root_only_patterns(build: "Build") -> tuple[RootOnlyPattern, ...]:
    """The patterns of a build's ignore file that were meant for every folder."""
    found: dict[str, RootOnlyPattern] = {}
    for pattern in build.ignore.patterns:
        if not pattern.exception and "/" not in pattern.text and not _is_anchored(pattern):
            for missed in _missed(build, pattern):
                # `__pycache__` and `*.pyc` are after the same files: one mend is enough.
                found.setdefault(missed.example, missed)
    return tuple(found.values())


def _is_anchored(pattern: DockerPattern) -> bool:
    return pattern.place.text.startswith("/")


def _missed(build: "Build", pattern: DockerPattern) -> Iterator[RootOnlyPattern]:
    """What the pattern lets through below the root: an example of where most of the code is."""
    found = list(_let_through(build, pattern))
    likely = [each for each in found if each.is_likely] or found
    if likely:
        main = f"{_main_folder(build)}/"
        yield next((each for each in likely if each.example.startswith(main)), likely[0])


def _main_folder(build: "Build") -> str:
    """The folder at the context's root that holds most of the Python that is copied."""
    counts: Counter[str] = Counter()
    for taking in build.takings:
        start = len(taking.folder) + 1 if taking.folder else 0
        for file in taking.selection.files[:MANY]:
            if file.path.endswith(".py"):
                counts[file.path[start:].partition("/")[0]] += 1
    return max(counts, key=lambda name: counts[name], default="")


def _let_through(build: "Build", pattern: DockerPattern) -> Iterator[RootOnlyPattern]:
    name = pattern.text
    probe = EVERYWHERE.get(name) or SOMEWHERE.get(name)
    if probe is None:
        return
    for taking in build.takings:
        for folder, path in _nested(taking, (".py",) if name in EVERYWHERE else (".py", ".json")):
            example = f"{folder}/{probe}"
            if build.ignore.ignores(example).ignored:
                continue
            is_likely = name in EVERYWHERE or _holds(build, taking, folder, name, probe)
            if is_likely or name in PERHAPS:
                shown = f"{folder}/{probe.partition('/')[0]}"
                says = f"{path} is copied by {taking.place.path}:{taking.place.line}"
                copied = Known(path, (taking.place,), says=says)
                yield RootOnlyPattern(name, pattern.place, shown, is_likely, copied)


def _nested(taking: "Taking", endings: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Folders below the context's root that end up in the image with a file of some endings."""
    seen = set()
    start = len(taking.folder) + 1 if taking.folder else 0
    for file in taking.selection.files[:MANY]:
        folder = file.path[start:].rpartition("/")[0]
        source = folder and folder not in seen and file.path.endswith(endings)
        if source and taking.landings(file.path):
            seen.add(folder)
            yield folder, file.path


def _holds(build: "Build", taking: "Taking", folder: str, name: str, probe: str) -> bool:
    there = f"{taking.folder}/{folder}".strip("/")
    entries = build.repository.snapshot.entries(there)
    return name in entries or probe.partition("/")[0] in entries
