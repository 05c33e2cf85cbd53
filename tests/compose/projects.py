"""Projects in memory for the tests of the loader."""

from collections.abc import Mapping

from dockerlint_py.compose import FileSet, Loaded, Options, Plan, ReadFile, load, load_file_set
from dockerlint_py.text import Source

NO_OPTIONS = Options()


def reader(files: Mapping[str, str]) -> ReadFile:
    """Reads from a dictionary."""
    sources = {path: Source(path, text) for path, text in files.items()}
    return sources.get


def loaded(files: Mapping[str, str], *names: str, options: Options = NO_OPTIONS) -> Loaded:
    """Some files of a project as one tree; the first of the dictionary when none are named."""
    read = reader(files)
    sources = [read(name) for name in names or [next(iter(files))]]
    return load([source for source in sources if source is not None], read, options)


def file_set(files: Mapping[str, str], *names: str) -> FileSet:
    """Some files of a project as a model."""
    made = load_file_set(Plan(names or (next(iter(files)),), "alone"), reader(files))
    assert made is not None
    return made
