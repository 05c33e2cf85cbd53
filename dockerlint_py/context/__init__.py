"""The files of a repository, what git and Docker leave out of them, and the entry points."""

from dockerlint_py.context.classes import LARGE, FileClass, is_example
from dockerlint_py.context.commands import BuildCommand, Commands, ComposeCommand, find_commands
from dockerlint_py.context.discovery import Discovered, Template, discover
from dockerlint_py.context.dockerignore import DockerIgnore, DockerPattern, IgnoreMatch
from dockerlint_py.context.gitfolder import find_root
from dockerlint_py.context.gomatch import BadPatternError, go_glob
from dockerlint_py.context.leftovers import Leftover, leftovers
from dockerlint_py.context.listing import (
    ClassTotal,
    ContextFile,
    ContextListing,
    Selection,
    dockerignore_path,
    read_dockerignore,
)
from dockerlint_py.context.scope import Scope
from dockerlint_py.context.snapshot import File, Reading, Snapshot, State
from dockerlint_py.context.tree import FileSpec, Kind

__all__ = [
    "LARGE",
    "BadPatternError",
    "BuildCommand",
    "ClassTotal",
    "Commands",
    "ComposeCommand",
    "ContextFile",
    "ContextListing",
    "Discovered",
    "DockerIgnore",
    "DockerPattern",
    "File",
    "FileClass",
    "FileSpec",
    "IgnoreMatch",
    "Kind",
    "Leftover",
    "Reading",
    "Scope",
    "Selection",
    "Snapshot",
    "State",
    "Template",
    "discover",
    "dockerignore_path",
    "find_commands",
    "find_root",
    "go_glob",
    "is_example",
    "leftovers",
    "read_dockerignore",
]
