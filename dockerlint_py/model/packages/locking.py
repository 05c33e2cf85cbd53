"""Lock files that an image is not installed from, although the repository has them."""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any

from dockerlint_py.facts import Known
from dockerlint_py.manifests import lock_kind
from dockerlint_py.manifests.installers import Flag
from dockerlint_py.model.image.context import in_folder
from dockerlint_py.model.packages.arrivals import Arrival
from dockerlint_py.model.packages.installation import LOCK_FILES, Installation
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place


class Lapse(Enum):
    """How a command passes by a lock file."""

    ABSENT = "absent"
    FAILS = "fails"
    REFRESHED = "refreshed"
    IGNORED = "ignored"


class UnusedLock(NamedTuple):
    """A command that does not install what the lock file `path` says; `advice` is what would."""

    path: str
    lapse: Lapse
    place: Place
    advice: str
    facts: tuple[Known[Any], ...]


_FIXED = {Flag.FROZEN, Flag.LOCKED, Flag.DEPLOY, Flag.IGNORE_PIPFILE}
_INSTALLING = ("sync", "install", "run")
_REFRESHING = ("update", "upgrade", "lock")
_ADVICE = {
    ("uv", "sync"): "`uv sync --locked`",
    ("pipenv", "install"): "`pipenv install --deploy`",
}


def unused_locks(
    arrivals: Iterable[Arrival], chain: Iterable[Installation]
) -> Iterator[UnusedLock]:
    """The lapses of what is installed in an image, and of the commands that lock in its stages."""
    installing = [arrival.installation for arrival in arrivals]
    locking = [each for each in chain if each.command.verb in _REFRESHING]
    for installation in dict.fromkeys((*installing, *locking)):
        if installation.is_clear and not installation.is_conditional:
            lapse = _of_manager if installation.of_project else _of_pip
            found = lapse(installation)
            if found is not None:
                yield found


def _of_manager(installation: Installation) -> UnusedLock | None:
    lock, command = installation.lock_in_repository, installation.command
    there = installation.has_lock
    if lock is None or not isinstance(there, Known):
        return None
    says = f"the repository has {lock.path}"
    facts = (Known(lock.path, (lock.place(0, 0),), says=says), there)

    def found(lapse: Lapse, advice: str) -> UnusedLock:
        return UnusedLock(lock.path, lapse, installation.place, advice, facts)

    if command.verb in _REFRESHING or Flag.UPGRADE in command.flags:
        advice = "lock on your machine, commit the file and install from it"
        return None if Flag.LOCKED in command.flags else found(Lapse.REFRESHED, advice)
    if command.verb not in _INSTALLING:
        return None
    if not there.value:
        fails = bool(_FIXED & command.flags) or (command.tool, command.verb) == ("pipenv", "sync")
        name = lock.path.rpartition("/")[2]
        return found(Lapse.FAILS if fails else Lapse.ABSENT, f"copy {name} before the command")
    advice = _ADVICE.get((command.tool, command.verb), "")
    if advice and not _FIXED & command.flags and not installation.lock_is_read_only:
        return found(Lapse.REFRESHED, f"use {advice}")
    return None


def _of_pip(installation: Installation) -> UnusedLock | None:
    """`pip install .` and `uv pip install -r pyproject.toml` know nothing of lock files."""
    command = installation.command
    if command.verb != "install" or command.tool not in ("pip", "uv pip"):
        return None
    if installation.skips_dependencies or command.constraint_files or _is_prepared(installation):
        return None
    for given in (*installation.projects, *installation.requirement_files):
        manifest = given.whole
        if manifest is None or manifest.kind not in ("pyproject", "setup.cfg", "setup.py"):
            continue
        lock = _beside(installation, manifest.path)
        if lock is not None and manifest.main:
            advice = f"install what {lock.rpartition('/')[2]} says first"
            facts = (Known(lock, says=f"the repository has {lock}"), installation.fact())
            return UnusedLock(lock, Lapse.IGNORED, given.at, advice, facts)
    return None


def _beside(installation: Installation, manifest: str) -> str | None:
    """A lock file in the folder of a manifest."""
    snapshot = installation.stage.repository.snapshot
    folder = manifest.rpartition("/")[0]
    for name in LOCK_FILES.values():
        path = in_folder(folder, name)
        if lock_kind(path) != "pipenv" and snapshot.is_file(path):
            return path
    return None


def _is_prepared(installation: Installation) -> bool:
    """Whether the dependencies may be there already, or come from a file made of the lock."""
    if installation.may_follow_unseen or installation.command.requirement_files[1:]:
        return True
    return any(
        other.of_project or other.command.requirement_files or not other.is_understood
        for other in installation.earlier
    )
