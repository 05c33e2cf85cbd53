"""Files of several managers for one project that do not agree with one another."""

from collections.abc import Iterable, Iterator
from typing import Any

from dockerlint_py.facts import Known
from dockerlint_py.manifests import Lock, Versions
from dockerlint_py.model.image.context import in_folder
from dockerlint_py.model.packages.contents import Distribution
from dockerlint_py.model.packages.installation import LOCK_FILES, MANAGERS, Installation
from dockerlint_py.record import NamedTuple


class Rivalry(NamedTuple):
    """A distribution that an image gets in another version than another lock file says."""

    installed: Distribution
    lock: str
    locked: str
    facts: tuple[Known[Any], ...]


def rivalries(installations: Iterable[Installation]) -> Iterator[Rivalry]:
    """The first disagreement of every file that an image is installed from, with every lock."""
    for installation in installations:
        known = isinstance(installation.stage.base.python, Known)
        if not (known and installation.is_clear) or installation.is_conditional:
            continue
        for lock in _other_locks(installation):
            found = next(_disagreements(installation, lock), None)
            if found is not None:
                yield found


def _other_locks(installation: Installation) -> Iterator[Lock]:
    """The locks of other managers beside the files that it installs from.

    Its own lock, which may be huge, is only read when there is another one.
    """
    if installation.project is not None:
        folder = installation.project.path.rpartition("/")[0]
        for lock in _locks_in(installation, folder, installation.lock_name or ""):
            if isinstance(installation.lock, Known):
                yield lock
    for given in installation.requirement_files:
        manifest = given.whole
        if manifest is not None and manifest.kind == "requirements":
            yield from _locks_in(installation, manifest.path.rpartition("/")[0], "")


def _locks_in(installation: Installation, folder: str, own: str) -> Iterator[Lock]:
    repository = installation.stage.repository
    for tool, name in LOCK_FILES.items():
        path = in_folder(folder, name)
        source = repository.snapshot.text(path) if repository.snapshot.is_file(path) else None
        if name == own or source is None:
            continue
        lock = repository.manifest_files.lock(source, MANAGERS[tool])
        if lock is not None and not lock.problems:
            yield lock


def _disagreements(installation: Installation, lock: Lock) -> Iterator[Rivalry]:
    for installed in installation.contents.distributions.values():
        versions = lock.versions(installed.name)
        if not (installed.direct and installed.version and installed.sure and versions):
            continue
        wanted = f"=={installed.version}"
        if any(Versions(wanted, (wanted,)).allows(each) is not False for each in versions):
            continue
        place = lock.packages[installed.name][0].place
        says = f"{lock.path} locks {installed.name} {versions[0]}"
        facts = (installed.fact(), Known(versions[0], (place,), says=says))
        yield Rivalry(installed, lock.path, versions[0], facts)
