"""Commands that need the programs of GNU gettext, where an image has none."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known
from dockerlint_py.model.image.system_packages import SystemPackages, system_packages
from dockerlint_py.model.programs.django_command import command_of
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

_PROGRAMS = ("msgfmt", "msgmerge", "xgettext", "msguniq", "msgattrib")
_COMMANDS = ("compilemessages", "makemessages")
_PACKAGE = "gettext"


class LackingGettext(NamedTuple):
    """A command that ends with an error, what it is, and why that is known."""

    command: str
    place: Place
    because: tuple[Known[Any], ...]


def lacking_gettext_of(container: "Container") -> Iterator[LackingGettext]:
    """The commands of the builds and the start of a container."""
    for stage in container.needed_stages:
        for run in stage.runs:
            for each in run.invocations:
                if _needs(each):
                    yield from _lacking(each, system_packages(stage, (run, each)), container)
    if container.stage is None or container.process.unknown is not None:
        return
    for each in container.process.invocations:
        if _needs(each):
            yield from _lacking(each, system_packages(container.stage), container)


def _needs(invocation: Invocation) -> bool:
    """Whether a program needs gettext, and is run for sure."""
    if invocation.is_conditional:
        return False
    return invocation.name in _PROGRAMS or command_of(invocation) in _COMMANDS


def _lacking(
    invocation: Invocation, packages: SystemPackages, container: "Container"
) -> Iterator[LackingGettext]:
    if packages.has(_PACKAGE) is False:
        base = container.base
        lacks = Known(base.name, (base.place,), says=f"{base.name} comes without gettext")
        command = command_of(invocation) or invocation.name
        yield LackingGettext(command, invocation.place, (invocation.fact(), lacks))
