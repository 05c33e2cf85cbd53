"""Virtual environments and packages that COPY takes to a stage where they cannot work."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known
from dockerlint_py.manifests.installers import InstallCommand
from dockerlint_py.model.image.copies import Origin
from dockerlint_py.model.image.interpreters import Interpreter
from dockerlint_py.model.packages.package_copies import may_bring
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage
    from dockerlint_py.model.packages.virtualenvs import Delivery


_MAKERS = ("uv", "poetry", "pipenv", "pdm", "venv", "virtualenv")


class Crossing(NamedTuple):
    """What is copied, where that is said, why it does not work there, and the proof."""

    path: str
    place: Place
    why: str
    because: tuple[Known[Any], ...]


def crossings_of(stage: "Stage") -> Iterator[Crossing]:
    """The environments and packages that do not fit a stage that they are copied to."""
    if not stage.is_understood:
        return
    for delivery in stage.deliveries if not _may_be_made_anew(stage) else ():
        if delivery.copy.stage is not None:
            yield from _environment(stage, delivery, delivery.copy.stage)
    for copied in stage.package_copies:
        because = _other_libc(stage, copied.origin)
        if because is not None:
            why = f"packages for {because[0].value} are copied to an image with {because[1].value}"
            yield Crossing(copied.path, copied.place, why, because)


def _may_be_made_anew(stage: "Stage") -> bool:
    """Whether a command of the stage may make environments, the copied one among them."""
    return any(
        install.command.tool in _MAKERS and isinstance(install.command, InstallCommand)
        for part in stage.chain
        for install in part.installs
    )


def _environment(stage: "Stage", delivery: "Delivery", origin: "Stage") -> Iterator[Crossing]:
    env = delivery.env
    libcs = _other_libc(stage, origin)
    if libcs is not None:
        why = f"{env.home} was made for {libcs[0].value}, and this image has {libcs[1].value}"
        yield Crossing(delivery.path, delivery.place, why, (env.fact(), *libcs))
        return
    made, here = env.python, stage.python
    if not isinstance(made, Known) or _brings_python(stage, made.value):
        return
    if made.value.managed:
        why = f"{env.home} needs the Python that uv keeps in {made.value.folder}"
        yield Crossing(delivery.path, delivery.place, why, (env.fact(), made))
    elif isinstance(here, Known):
        why = _difference(made.value, here.value)
        if why:
            why = f"{env.home} needs {why}"
            yield Crossing(delivery.path, delivery.place, why, (env.fact(), made, here))


def _difference(made: Interpreter, here: Interpreter | None) -> str:
    """What an environment needs and what there is in its stead; empty when they agree."""
    if here is None:
        return f"{made.title}, and this image has no Python"
    versions = made.version is not None and here.version is not None
    differs = made.folder != here.folder or (versions and made.version != here.version)
    return f"{made.title}, and this image has {here.title}" if differs else ""


def _other_libc(stage: "Stage", origin: "Stage") -> tuple[Known[str], Known[str]] | None:
    there, here = origin.base.libc, stage.base.libc
    if not (isinstance(there, Known) and isinstance(here, Known)) or there.value == here.value:
        return None
    return (
        there.saying(f"{origin.base.name} has {there.value}"),
        here.saying(f"{stage.base.name} has {here.value}"),
    )


def _brings_python(stage: "Stage", python: Interpreter) -> bool:
    """Whether a COPY may bring the interpreter too."""
    path = f"{python.folder}/python3"
    return any(
        copy.origin is not Origin.CONTEXT and may_bring(copy, path)
        for part in stage.chain
        for copy in part.copies
    )
