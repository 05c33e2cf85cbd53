"""Files that the programs of a build and of its containers read, and that are not in the image."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known
from dockerlint_py.model.container_files import has_in
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.record import NamedTuple
from dockerlint_py.shell import Word

if TYPE_CHECKING:
    from dockerlint_py.model.build import Build
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.image.stage import Stage
    from dockerlint_py.model.image.takings import Taking

_GUNICORN_FILE = "gunicorn.conf.py"
"""What gunicorn reads where it is started, unless it is told of another file."""
_CONFIG_OPTIONS = ("-c", "--config")


class Needed(NamedTuple):
    """A file that is missing at an absolute path: what reads it, and how that is known.

    It is a step of `stage` that reads it; None when a container does.
    """

    path: str
    fact: Known[str]
    because: tuple[Known[Any], ...]
    stage: "Stage | None" = None

    def landings(self, taking: "Taking", path: str) -> tuple[str, ...]:
        """Where what reads it would find a file of the repository, if it were not ignored."""
        if self.stage is None:
            return taking.landings(path)
        if taking.stage not in self.stage.chain:
            return ()
        folder = taking.folder
        return tuple(taking.copy.lands_at(path[len(folder) :].lstrip("/") if folder else path))


def files_needed(build: "Build") -> Iterator[Needed]:
    """The missing files of installations and of programs that are started."""
    for stage in build.needed_stages:
        yield from _installed(stage)
    services = [container for container in build.containers if container.service is not None]
    for container in services or build.containers:
        yield from _started(container)


def _installed(stage: "Stage") -> Iterator[Needed]:
    for installation in stage.installations:
        if not installation.is_clear or installation.is_conditional:
            continue
        for given in (*installation.requirement_files, *installation.constraint_files):
            if not isinstance(given.path, Known):
                continue
            path, there = given.path.value, installation.view.has(given.path.value)
            if isinstance(there, Known) and not there.value:
                says = f"`{installation.install.name}` reads it"
                yield Needed(path, Known(path, (given.at,), says=says), (), stage)


def _started(container: "Container") -> Iterator[Needed]:
    process = container.process
    for invocation in (*process.scripts, *process.invocations):
        cwd = invocation.cwd
        if invocation.is_conditional or not isinstance(cwd, Known):
            continue
        for word, name in _read_by(invocation):
            path = joined(cwd.value, name)
            there = has_in(container, path)
            if isinstance(there, Known) and not there.value:
                verb = "starts" if word is invocation.argv[0] else "reads"
                fact = Known(path, (word.place,), says=f"`{invocation.text}` {verb} it")
                yield Needed(path, fact, (there,))


def _read_by(invocation: Invocation) -> Iterator[tuple[Word, str]]:
    """The files that a program reads before all else, and the words that name them."""
    program, first = invocation.program, invocation.argv[0]
    scripts = (first if "/" in first.value else None, program.script)
    yield from ((word, word.value) for word in scripts if word is not None and not word.dynamic)
    serving = invocation.serving if invocation.name == "gunicorn" else None
    if serving is not None and serving.options is not None:
        given = [each.value for each in serving.options.options if each.option in _CONFIG_OPTIONS]
        name = (given[-1] or "") if given else _GUNICORN_FILE
        if not name.startswith("python:"):
            yield program.word, name.removeprefix("file:")
