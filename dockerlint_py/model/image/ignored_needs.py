"""What the patterns of a .dockerignore keep out by mistake."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.context import Kind
from dockerlint_py.facts import Known
from dockerlint_py.model.image.copies import Copy
from dockerlint_py.model.image.needed_files import Needed, files_needed
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.build import Build
    from dockerlint_py.model.image.takings import Taking

MIGRATIONS = ("/migrations/", "/versions/")


class IgnoredNeed(NamedTuple):
    """A file that something needs and a pattern keeps out; `reason` says what needs it."""

    path: str
    pattern: Place
    reason: str
    facts: tuple[Known[Any], ...]


def ignored_needs(build: "Build") -> tuple[IgnoredNeed, ...]:
    """What the build and its containers need, and the ignore file keeps out."""
    found: dict[str, IgnoredNeed] = {}
    if build.listing is None or not build.ignore.patterns:
        return ()
    for taking in build.takings:
        for need in (*_unmatched(taking), *_migrations(taking)):
            found.setdefault(need.path, need)
    for need in (*_mounted(build), *_read(build)):
        found.setdefault(need.path, need)
    return tuple(found.values())


def _unmatched(taking: "Taking") -> Iterator[IgnoredNeed]:
    """Sources of a COPY that are there and ignored: the build fails."""
    snapshot = taking.build.repository.snapshot
    for source in taking.copy.sources:
        if not isinstance(source.path, Known) or source.path.value not in taking.unmatched:
            continue
        path = f"{taking.folder}/{source.path.value}".strip("/")
        match = taking.build.ignore.ignores(source.path.value)
        if snapshot.exists(path) and match.ignored and match.pattern is not None:
            fact = Known(path, (source.place,), says=f"{_line(taking.copy)} copies it")
            yield IgnoredNeed(path, match.pattern.place, f"{_line(taking.copy)} copies it", (fact,))


def _migrations(taking: "Taking") -> Iterator[IgnoredNeed]:
    """Migration modules in a copied folder: without them the database is never changed."""
    build = taking.build
    for path in _migration_files(taking):
        below = path[len(taking.folder) :].lstrip("/")
        match = build.ignore.ignores(below)
        if not (match.ignored and match.pattern):
            continue
        if taking.landings(path) and not _is_test(path):
            fact = Known(path, (taking.place,), says=f"{_line(taking.copy)} copies the folder")
            reason = "it is a migration that the image needs"
            yield IgnoredNeed(path, match.pattern.place, reason, (fact,))
            return


def _migration_files(taking: "Taking") -> Iterator[str]:
    for folder, entries in taking.build.repository.snapshot.folders(taking.folder):
        if any(part in f"/{folder}/" for part in MIGRATIONS):
            for name, kind in entries.items():
                if name.endswith(".py") and name[:1].isalnum() and kind is Kind.FILE:
                    yield f"{folder}/{name}"


def _is_test(path: str) -> bool:
    return "test" in path or "site-packages" in path or "node_modules" in path


def _line(copy: Copy) -> str:
    return f"{copy.place.path}:{copy.place.line}"


def _mounted(build: "Build") -> Iterator[IgnoredNeed]:
    """Files that a RUN mounts from the build context: the build fails."""
    folder = build.context_fact.value
    for run in (run for stage in build.needed_stages for run in stage.runs):
        for mount in run.mounts:
            source = mount.source
            if mount.kind != "bind" or mount.origin is not None or source is None:
                continue
            fact = run.step.before.expanded(source.value, source.place, "\\")
            below = fact.value.strip("/") if isinstance(fact, Known) else ""
            path, match = f"{folder}/{below}".strip("/"), build.ignore.ignores(below)
            exists = bool(below) and build.repository.snapshot.exists(path)
            if exists and match.ignored and match.pattern is not None:
                reason = f"{run.place.path}:{run.place.line} mounts it"
                needed = Known(path, (source.place,), says=reason)
                yield IgnoredNeed(path, match.pattern.place, reason, (needed,))


def _read(build: "Build") -> Iterator[IgnoredNeed]:
    """Files that programs of the build and of its containers read, where none other may be."""
    by_name: dict[str, list[Needed]] = {}
    for needed in files_needed(build):
        by_name.setdefault(needed.path.rpartition("/")[2], []).append(needed)
    if not by_name:
        return
    for taking in build.takings:
        for folder, entries in build.repository.snapshot.folders(taking.folder):
            for name in by_name.keys() & entries.keys():
                path = f"{folder}/{name}".lstrip("/")
                match = build.ignore.ignores(path[len(taking.folder) :].lstrip("/"))
                if not match.ignored or match.pattern is None:
                    continue
                for needed in by_name[name]:
                    if needed.path in needed.landings(taking, path):
                        because = (needed.fact, *needed.because)
                        place = match.pattern.place
                        yield IgnoredNeed(path, place, needed.fact.says, because)
