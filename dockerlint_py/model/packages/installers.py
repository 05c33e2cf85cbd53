"""Installers of Python packages that a build brings in, and whether it says which version."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.dockerfile import mounts
from dockerlint_py.facts import Known
from dockerlint_py.knowledge.images import ImageRef, parse_image
from dockerlint_py.manifests.installers import Flag, InstallCommand, NamedPackage, installer_script
from dockerlint_py.model.image.installs import Install
from dockerlint_py.model.image.steps import Step
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage

INSTALLERS = frozenset("hatch pdm pip pip-tools pipenv pipx poetry uv".split())
IMAGES = {"ghcr.io/astral-sh/uv": "uv", "astral/uv": "uv"}
BY_PIP = ("pip", "uv pip", "pipx", "uv", "installer script")
"""What installs one package by its name; the newest version may not suit an old Python."""

_UPPER_BOUND = regex(r"<|~=|==|@")
_VERSION_TAG = regex(r"v?[0-9]")


class UnpinnedInstaller(NamedTuple):
    """An installer without a version: its name, where it is named, and the fact to be cited.

    `needs_python`: it runs on the Python of the image, which it may support no longer.
    """

    name: str
    place: Place
    fact: Known[str]
    needs_python: bool


def unpinned_installers(stage: "Stage") -> Iterator[UnpinnedInstaller]:
    """The installers that a stage's own steps bring in without a version."""
    for install in stage.installs:
        yield from _installed(stage, install)
    for step in stage.steps_of("COPY", "RUN"):
        if not step.hidden:
            yield from _from_images(step)
    if stage.names_image and stage.base.facts.kind == "tool" and not stage.ships:
        image = stage.base.image
        yield from _image(stage.image_place, image.value if isinstance(image, Known) else None)


def _installed(stage: "Stage", install: Install) -> Iterator[UnpinnedInstaller]:
    command = install.command
    if not isinstance(command, InstallCommand) or not command.installs:
        return
    if command.tool not in BY_PIP or command.constraint_files or Flag.NO_INDEX in command.flags:
        return
    for package in command.packages:
        if package.name not in INSTALLERS or _says_version(package):
            continue
        if command.tool == "installer script" and not _script_is_newest(stage, install, package):
            continue
        place = install.place_of(package.at)
        yield UnpinnedInstaller(package.name, place, install.fact(), needs_python=True)


def _says_version(package: NamedPackage) -> bool:
    """Whether a version is said, or at least one that it stays below."""
    if package.version or package.version_dynamic or package.url:
        return True
    return _UPPER_BOUND.search(package.specifier) is not None


def _script_is_newest(stage: "Stage", install: Install, package: NamedPackage) -> bool:
    """Whether an install script is known to bring the newest version.

    The version may stand in a variable that is not known, or in the URL that the script is from.
    """
    command = install.command
    if command.unknown:
        return False
    words = [word for step in stage.all_steps if not step.hidden for word in _words(step)]
    scripts = [script for text in words if (script := installer_script(text)) is not None]
    versions = [script.version for script in scripts if script.package == package.name]
    return bool(versions) and not any(versions)


def _words(step: Step) -> list[str]:
    return [word.strip("'\"") for word in step.instruction.original.text.split()]


def _from_images(step: Step) -> Iterator[UnpinnedInstaller]:
    """The images that `COPY --from` and `RUN --mount=from=` take a program from."""
    words = [flag.argument for flag in step.instruction.flags if flag.name == "from"]
    words += [mount.origin for mount in mounts(step.instruction)]
    for word in words:
        text = word and step.before.expanded(word.value, word.place, "\\")
        if word is not None and isinstance(text, Known):
            yield from _image(word.place, parse_image(text.value))


def _image(place: Place, image: ImageRef | None) -> Iterator[UnpinnedInstaller]:
    name = IMAGES.get(image.name) if image else None
    if image is None or name is None:
        return
    if image.digest or _VERSION_TAG.match(image.effective_tag or ""):
        return
    says = f"{place.path}:{place.line} takes {name} from {image.written}"
    yield UnpinnedInstaller(name, place, Known(name, (place,), says=says), needs_python=False)
