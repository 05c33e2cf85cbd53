"""The files of a repository, what git and Docker leave out of them, and the entry points."""

from dockerlint_py.context.discovery import Discovered, Template, discover
from dockerlint_py.context.dockerignore import DockerIgnore, DockerPattern, IgnoreMatch
from dockerlint_py.context.gitfolder import find_root
from dockerlint_py.context.snapshot import File, Reading, Snapshot, State
from dockerlint_py.context.tree import FileSpec, Kind

__all__ = [
    "Discovered",
    "DockerIgnore",
    "DockerPattern",
    "File",
    "FileSpec",
    "IgnoreMatch",
    "Kind",
    "Reading",
    "Snapshot",
    "State",
    "Template",
    "discover",
    "find_root",
]
