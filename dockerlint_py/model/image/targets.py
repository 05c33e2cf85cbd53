"""Production that is built from a stage for development or tests."""

from typing import TYPE_CHECKING, Any

from dockerlint_py.context import BuildCommand
from dockerlint_py.facts import Confidence, Known
from dockerlint_py.knowledge.stage_names import purpose, purposes
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.build import Build
    from dockerlint_py.model.container import Container

_NOT_PRODUCTION = ("dev", "test")


class WrongTarget(NamedTuple):
    """The stage that is built, where that is said, and the proof."""

    stage: str
    place: Place
    because: tuple[Known[Any], ...]
    is_named: bool


def wrong_target_of(container: "Container") -> WrongTarget | None:
    """The stage for development or tests that a container of a larger Dockerfile is built to."""
    build, service = container.build, container.service
    if build is None or len(build.dockerfile.stages) < 2 or not _is_for_developers(build):
        return None
    name = build.stage.name or ""
    stage = Known(name, (build.stage.place,), says=f"the stage {name} is for {purpose(name)}")
    if service is None:
        command = delivered_by(build)
        proof = (delivery_fact(command),) if command else (container.role_fact,)
        return WrongTarget(name, container.place, (stage, *proof), is_named=False)
    because = (stage, container.role_fact)
    given = service.build
    if given is None or purposes(service.name) & {*_NOT_PRODUCTION}:
        return None
    target = given.target
    is_named = isinstance(target, Known) and target.value is not None
    place = target.places[0] if is_named and target.places else given.place
    return WrongTarget(name, place, because, is_named)


def _is_for_developers(build: "Build") -> bool:
    return purpose(build.stage.name or "") in _NOT_PRODUCTION


def delivered_by(build: "Build") -> BuildCommand | None:
    """The command that pushes the last stage of a file, though it is for development or tests.

    The file must have a stage for production too, and whoever pushes must never name a target: a
    pipeline that builds several targets knows what it does.
    """
    stages, commands = build.dockerfile.stages, build.dockerfile.build_commands
    if not build.is_default or not _is_for_developers(build):
        return None
    if not any(purpose(stage.name or "") == "prod" for stage in stages):
        return None
    for command in commands:
        same_file = (each for each in commands if each.place.path == command.place.path)
        if command.pushes and all(_names_no_target(each) for each in same_file):
            return command
    return None


def _names_no_target(command: BuildCommand) -> bool:
    return isinstance(command.target, Known) and command.target.value is None


def delivery_fact(command: BuildCommand) -> Known[str]:
    """The pushing command, to be cited."""
    says = f"{command.place.path} pushes what is built without a target"
    return Known(says, (command.place,), Confidence.LIKELY, says)
