"""`rm` of caches and files."""

import posixpath
from collections.abc import Sequence

from dockerlint_py.manifests.installers.build import CommandParts
from dockerlint_py.manifests.installers.command import Arg, Cache, CleanupCommand
from dockerlint_py.manifests.installers.options import grammar, parse
from dockerlint_py.text.regex import regex

# GNU coreutils 9 and busybox, `rm --help`.
_RM = grammar(
    "",
    """-f --force -i -I --one-file-system --no-preserve-root -r -R --recursive -d --dir -v --verbose
    --help --version""",
    "--interactive --preserve-root",
    abbreviates=True,
)
# Where the tools keep their caches when nothing else is configured; `~` is the home folder.
_CACHES: tuple[tuple[str, Cache], ...] = (
    ("/var/lib/apt/lists", "apt-lists"),
    ("/var/cache/apt/archives", "apt-archives"),
    ("/var/cache/apk", "apk"),
    ("/etc/apk/cache", "apk"),
    ("/var/cache/dnf", "dnf"),
    ("/var/cache/yum", "dnf"),
    ("/var/cache/libdnf5", "dnf"),
    ("~/.cache/pip", "pip"),
    ("~/.cache/uv", "uv"),
    ("~/.cache/pypoetry", "poetry"),
    ("~/.cache/pipenv", "pipenv"),
    ("~/.cache/pdm", "pdm"),
    ("/opt/conda/pkgs", "conda"),
)
_HOME = regex(r"(?:\$HOME|\$\{HOME\}|/root)(?=/|$)")
_EVERYTHING = regex(r"/(?:\*|\.\[!\.\]\*|\{?\*,?\.?\*?\}?)$")


def read_rm(argv: Sequence[Arg], start: int, program: str) -> CleanupCommand:
    """`rm [-rf] PATH...`: the paths, and the caches that go with them."""
    parts = CommandParts(parse(argv, start, _RM))
    recursive = parts.parsed.has("-r", "-R", "--recursive")
    caches: set[Cache] = set()
    paths = parts.operands_are_places()
    for operand in paths if recursive else ():
        caches |= caches_under(operand.text)
    return CleanupCommand(
        program,
        "rm",
        "rm -r" if recursive else "rm",
        paths=paths,
        caches=frozenset(caches),
        unknown=tuple(parts.unknown),
    )


def caches_under(path: str) -> frozenset[Cache]:
    """The default caches that go when everything at a path (`DIR` or `DIR/*`) is deleted."""
    folder = _EVERYTHING.sub("", _HOME.sub("~", path)) or "/"
    folder = posixpath.normpath(folder)
    if "$" in folder or "*" in folder:
        return frozenset()
    return frozenset(
        cache
        for place, cache in _CACHES
        if place == folder or place.startswith(folder.rstrip("/") + "/")
    )
