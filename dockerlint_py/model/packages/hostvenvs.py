"""Virtual environments of the host that a COPY takes along."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.context import FileClass, Leftover
from dockerlint_py.facts import Confidence, Known
from dockerlint_py.model.image.paths import is_under, joined
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.model.image.takings import Taking


class HostVenv(NamedTuple):
    """One of them: where it is in the repository, and what the image does with that place.

    `replaces` is the image's own environment that it lands on. `is_used` tells that the image runs
    programs out of it. It does not exist in a fresh checkout when only `.gitignore` names it.
    """

    path: str
    exists: bool
    replaces: str | None
    is_used: bool
    facts: tuple[Known[Any], ...]


def host_venvs_of(taking: "Taking") -> tuple[HostVenv, ...]:
    """The virtual environments that one COPY takes into the image."""
    return tuple(_found(taking))


def _found(taking: "Taking") -> Iterator[HostVenv]:
    for file in taking.of_class(FileClass.VIRTUAL_ENVIRONMENT):
        fact = Known(file.path, (), says=f"{file.path} is a virtual environment")
        yield _host_venv(taking, file.path, fact, exists=True)
    expected = [each for each in taking.leftovers(FileClass.VIRTUAL_ENVIRONMENT) if _usual(each)]
    # `.gitignore` files list every name that a venv could have: if Docker is told of one of them,
    # the author has thought of it; otherwise one finding stands for all names.
    if expected and not any(each.docker.ignored for each in expected):
        yield _host_venv(taking, expected[0].path, leftover_fact(expected[0]), exists=False)


def _usual(leftover: Leftover) -> bool:
    """Whether it is one of the two common names, in the folder of the file that lists it."""
    folder, _, name = leftover.path.rpartition("/")
    return name in (".venv", "venv") and leftover.git.place.path.rpartition("/")[0] == folder


def _host_venv(taking: "Taking", path: str, fact: Known[str], *, exists: bool) -> HostVenv:
    landings = taking.landings(path)
    own = (env.path for env in taking.build.stage.virtualenvs)
    replaced = next((path for path in own if path in landings), None)
    search_path = taking.build.stage.after.env.get("PATH")
    folders = (search_path.value or "").split(":") if isinstance(search_path, Known) else []
    used = (*folders, *_started(taking))
    is_used = any(is_under(path, landing) for path in used for landing in landings)
    return HostVenv(path, exists, replaced, is_used, (fact, taking.build.context_fact))


def _started(taking: "Taking") -> Iterator[str]:
    """The paths of the programs that containers of the image start."""
    for container in taking.build.containers:
        for invocation in container.process.invocations:
            name, cwd = invocation.argv[0].value, invocation.cwd
            if "/" in name and isinstance(cwd, Known):
                yield joined(cwd.value, name)


def leftover_fact(leftover: Leftover) -> Known[str]:
    """What git ignores is on a developer's disk, probably."""
    place = leftover.git.place
    return Known(
        leftover.path,
        (place,),
        Confidence.LIKELY,
        f"{place.path} lists it, so developers have it in their checkout",
    )
