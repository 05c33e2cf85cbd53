"""Installers that are still in the image when it runs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known
from dockerlint_py.model.packages.arrivals import Arrival
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

TOOLS = ("poetry", "pipenv", "uv", "pdm", "pip-tools", "hatch")
_RUNS = {("uv", "run"), ("poetry", "run"), ("pipenv", "run"), ("pdm", "run")}
_UV_IMAGES = ("ghcr.io/astral-sh/uv", "astral/uv")


class LeftoverInstaller(NamedTuple):
    """An installer in an image: what brings it; `starts` when the container is started by it."""

    name: str
    place: Place
    starts: bool
    facts: tuple[Known[Any], ...]


def leftover_installers(container: "Container") -> Iterator[LeftoverInstaller]:
    """The installers in the image of a container whose start is known."""
    stage, process = container.stage, container.process
    if stage is None or process.unknown or not process.invocations:
        return
    launchers = {w.name for i in process.invocations for w in i.wrappers}
    used = {i.name for i in process.invocations}
    for name, place in _present(container):
        if name in launchers:
            yield LeftoverInstaller(name, place, starts=True, facts=tuple(process.lines))
        elif name not in used:
            yield LeftoverInstaller(name, place, starts=False, facts=())


def _present(container: "Container") -> Iterator[tuple[str, Place]]:
    stage = container.stage
    assert stage is not None
    for arrival in stage.arrivals:
        yield from _brought(arrival)
    for part in stage.chain:
        for copy in part.copies:
            for source in copy.sources:
                path = source.path.value if isinstance(source.path, Known) else ""
                if copy.stage is None and path.rpartition("/")[2] == "uv" and path != "uv":
                    yield "uv", copy.place


def _brought(arrival: Arrival) -> Iterator[tuple[str, Place]]:
    installation = arrival.installation
    if not installation.is_conditional and installation.command.installs:
        for package in installation.command.packages:
            if package.name in TOOLS:
                yield package.name, installation.install.place_of(package.at)
