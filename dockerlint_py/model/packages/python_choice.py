"""The Python of an image against the one that its project asks for."""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.manifests import Manifest, Versions, minor, read_python_version
from dockerlint_py.manifests.installers import Flag
from dockerlint_py.model.image.context import in_folder
from dockerlint_py.model.packages.installation import Installation
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage

PIN_FILES = (".python-version", "runtime.txt", ".tool-versions")
_NEVER = ("never", "manual", "0", "false", "off", "no")
_OWN_PYTHON = ("python install", "venv")


class Outcome(Enum):
    """What comes of another Python than the project asks for."""

    FAILS = "fails"
    DOWNLOADS = "downloads"
    WARNS = "warns"
    DIFFERS = "differs"


class PythonMismatch(NamedTuple):
    """An image whose Python does not fit; `wanted` is what the project asks for, as written."""

    stage: "Stage"
    python: str
    wanted: str
    outcome: Outcome
    facts: tuple[Known[Any], ...]


def python_mismatches(installations: Iterable[Installation]) -> Iterator[PythonMismatch]:
    """The mismatches of the projects that are installed in an image."""
    for installation in installations:
        python = installation.stage.base.python
        if not installation.is_clear or installation.is_conditional:
            continue
        if not isinstance(python, Known) or not takes_base_python(installation):
            continue
        version = f"{python.value[0]}.{python.value[1]}"
        for manifest in _manifests(installation):
            found = _of_manifest(installation, manifest, version, python)
            yield from found or _of_pins(installation, manifest, version, python)


def _manifests(installation: Installation) -> Iterator[Manifest]:
    if installation.project is not None and installation.command.installs:
        yield installation.project
    for given in installation.projects:
        if given.whole is not None:
            yield given.whole


def takes_base_python(installation: Installation) -> bool:
    """Whether the Python is the one of the base image, and not one that is chosen or loaded."""
    command = installation.command
    named = any(digit in command.program.rpartition("/")[2] for digit in "0123456789")
    if named or command.python is not None or command.tool == "conda":
        return False
    if installation.may_follow_unseen:
        return False
    made = (i.command for stage in installation.stage.chain for i in stage.installs)
    chosen = any(
        c.verb == "python install" or getattr(c, "python", None) is not None
        for c in made
        if c.verb in (*_OWN_PYTHON, "create")
    )
    return not chosen and _may_use_system(installation)


def _may_use_system(installation: Installation) -> bool:
    preference = installation.install.invocation.env.get("UV_PYTHON_PREFERENCE")
    return isinstance(preference, Known) and preference.value != "only-managed"


def _of_manifest(
    installation: Installation, manifest: Manifest, version: str, python: Fact[Any]
) -> list[PythonMismatch]:
    wanted: Fact[Versions] = manifest.requires_python
    if isinstance(wanted, Unknown) or not isinstance(python, Known):
        return []
    if wanted.value.allows_python(version) is not False:
        return []
    outcome = _outcome(installation)
    if outcome is None:
        return []
    facts = (python.saying(f"the image has Python {version}"), wanted, installation.fact())
    stage = installation.stage.chain[-1]
    return [PythonMismatch(stage, version, wanted.value.written, outcome, facts)]


def _outcome(installation: Installation) -> Outcome | None:
    """What the installer makes of it; None when that is not known."""
    command = installation.command
    if command.tool == "pipenv":
        return Outcome.FAILS if Flag.DEPLOY in command.flags else Outcome.WARNS
    if command.tool != "uv":
        return Outcome.FAILS
    downloads = installation.install.invocation.env.get("UV_PYTHON_DOWNLOADS")
    if isinstance(downloads, Unknown):
        return None
    return Outcome.FAILS if (downloads.value or "").lower() in _NEVER else Outcome.DOWNLOADS


def _of_pins(
    installation: Installation, manifest: Manifest, version: str, python: Fact[Any]
) -> list[PythonMismatch]:
    """`.python-version` and its like beside the manifest: what developers run."""
    snapshot = installation.stage.repository.snapshot
    for name in PIN_FILES:
        path = in_folder(manifest.path.rpartition("/")[0], name)
        source = snapshot.text(path) if snapshot.is_file(path) else None
        pinned = read_python_version(source) if source else None
        if not isinstance(pinned, Known) or minor(pinned.value) == version:
            continue
        if not isinstance(python, Known):
            continue
        facts = (python.saying(f"the image has Python {version}"), pinned)
        stage = installation.stage.chain[-1]
        return [PythonMismatch(stage, version, pinned.value, Outcome.DIFFERS, facts)]
    return []
