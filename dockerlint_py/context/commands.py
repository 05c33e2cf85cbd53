"""Builds and Compose invocations that a repository's own scripts, tasks and pipelines start.

They tell which Dockerfile is built from which folder, for which target, and which Compose files
belong together. Whatever a variable decides is unknown.
"""

from collections.abc import Mapping

from dockerlint_py.context import paths
from dockerlint_py.context.scope import Scope
from dockerlint_py.context.tree import Kind
from dockerlint_py.facts import Fact
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

ENDINGS = (
    *("akefile", "ustfile", ".mk", ".just", ".sh", ".bash", "tox.ini", "package.json", ".md"),
    *(".yml", ".yaml", ".hcl"),
)
"""How the names of all files end that may hold commands; their reader looks closer."""

MAX_COMMANDS = 1000
"""Further commands of a repository are not listed."""


class BuildCommand(NamedTuple):
    """One build; paths are relative to the repository root.

    `pushes` is true when the build, or another command of the same file, pushes to a registry,
    `has_cache` when it takes the layers of earlier builds from elsewhere (`--cache-from`).
    """

    dockerfile: Fact[str]
    context: Fact[str]
    target: Fact[str | None]
    build_args: Mapping[str, Fact[str | None]]
    pushes: bool
    place: Place
    has_cache: bool = False


class ComposeCommand(NamedTuple):
    """One Compose invocation; paths are relative to the repository root.

    `files` is `Known(())` when Compose looks for its default files in `folder`.
    """

    command: str
    folder: Fact[str]
    files: Fact[tuple[str, ...]]
    profiles: tuple[Fact[str], ...]
    env_files: tuple[Fact[str], ...]
    place: Place


class Commands(NamedTuple):
    """All that was found, file by file in the order of the walk."""

    builds: tuple[BuildCommand, ...]
    composes: tuple[ComposeCommand, ...]


def find_commands(scope: Scope) -> Commands:
    """Reads every script, Makefile, task file, pipeline and README in scope."""
    candidates = [
        paths.join(folder, name)
        for folder, entries in scope.folders
        for name, kind in entries.items()
        if name.endswith(ENDINGS) and kind is Kind.FILE
    ]
    if not candidates:
        return Commands((), ())
    from dockerlint_py.context.command_reader import commands_in, may_be_read

    builds: list[BuildCommand] = []
    composes: list[ComposeCommand] = []
    for path in sorted(candidates, key=paths.walk_order):
        if len(builds) + len(composes) >= MAX_COMMANDS:
            break
        if may_be_read(path) and scope.holds(path):
            found = commands_in(scope.snapshot, path)
            builds += found.builds
            composes += found.composes
    return Commands(tuple(builds[:MAX_COMMANDS]), tuple(composes[:MAX_COMMANDS]))
