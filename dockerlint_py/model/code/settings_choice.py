"""Which settings modules of Django the containers of production choose."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.programs.startups import Startup

_OTHER_STAGES = frozenset({"debug", "dev", "develop", "development", "local", "test", "tests"})


class WrongSettings(NamedTuple):
    """Settings that a container should not run with, where they are chosen, and the facts.

    `other` are the settings of the web server of the same application, for a worker that does not
    share them; empty for settings that are for development or tests.
    """

    name: str
    place: Place
    because: tuple[Known[str], ...]
    other: str = ""


def wrong_settings_of(container: "Container") -> Iterator[WrongSettings]:
    """Settings for other stages, and workers whose settings are not those of the web server.

    What `wsgi.py` names for want of a variable is judged in services only: whoever starts an image
    without Compose may set the variable.
    """
    for startup in _serving(container):
        named = startup.settings_name
        if not isinstance(named, Known) or not named.places:
            continue
        if named.value.rpartition(".")[2].lower() in _OTHER_STAGES:
            if container.service is not None or startup.is_told_settings:
                because = (startup.invocation.fact(),)
                yield WrongSettings(named.value, named.places[0], because)
        elif _is_worker(container) and isinstance(startup.settings_file, Known):
            yield from _unlike_web(container, startup, named)


def _unlike_web(
    container: "Container", startup: "Startup", named: Known[str]
) -> Iterator[WrongSettings]:
    for web in _web_servers(container):
        theirs, file = web.settings_name, web.settings_file
        if web.application is not startup.application or not isinstance(theirs, Known):
            continue
        ours = startup.settings_file
        if isinstance(file, Known) and isinstance(ours, Known) and file.value != ours.value:
            fact = Known("", theirs.places, says=f"the web server uses {theirs.value}")
            because = (startup.invocation.fact(), fact)
            yield WrongSettings(named.value, named.places[0], because, theirs.value)
            return


def _web_servers(container: "Container") -> Iterator["Startup"]:
    for other in container.file_set.containers if container.file_set is not None else ():
        if other is not container and not _is_worker(other):
            yield from _serving(other)


def _serving(container: "Container") -> "list[Startup]":
    """The starts of its servers and workers; jobs that end may have settings of their own."""
    return [each for each in container.code.startups if each.invocation.serving is not None]


def _is_worker(container: "Container") -> bool:
    return any(server.kind.role in ("worker", "beat") for server in container.servers)
