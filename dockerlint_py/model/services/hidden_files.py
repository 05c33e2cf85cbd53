"""What a container needs of its image, and a bind hides from it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.context import State
from dockerlint_py.facts import Known
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.model.services.mounts import Mount
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

INSTALLERS = ("uv", "poetry", "pip", "pip3", "pipenv", "pdm")
"""Programs that make, at the start, what the image had."""


class HiddenFile(NamedTuple):
    """A path of the image that a mount hides, what follows from that, and why it is known."""

    path: str
    mount: Mount
    consequence: str
    because: tuple[Known[str], ...]


def hidden_files_of(container: "Container") -> Iterator[HiddenFile]:
    """The virtual environments and programs that are needed and hidden."""
    if container.service is None or container.stage is None:
        return
    yield from _environments(container)
    process = container.process
    for invocation in (*process.scripts, *process.invocations):
        path = _file_of(invocation)
        mount = container.mounts.hiding(path) if path is not None else None
        if path is not None and mount is not None:
            yield from _program(container, invocation, path, mount)


def _environments(container: "Container") -> Iterator[HiddenFile]:
    process, stage = container.process, container.stage
    if process.unknown or any(each.name in INSTALLERS for each in process.invocations):
        return
    for env in stage.virtualenvs if stage is not None else ():
        mount = container.mounts.hiding(env.path)
        user = next((each for each in process.invocations if _runs_in(each, env.path)), None)
        if mount is not None and user is not None:
            consequence = f"`{user.argv[0].value}` is not found there"
            yield HiddenFile(env.path, mount, consequence, (env.fact(), user.fact()))


def _runs_in(invocation: Invocation, environment: str) -> bool:
    """Whether a program is started out of a virtual environment, by path or over the PATH."""
    name = invocation.argv[0].value
    if any(wrapper.name in INSTALLERS for wrapper in invocation.wrappers):
        return False
    path = invocation.env.get("PATH")
    first = (path.value or "").split(":")[0] if isinstance(path, Known) else ""
    named = name.startswith(f"{environment}/")
    return named or ("/" not in name and first == f"{environment}/bin")


def _file_of(invocation: Invocation) -> str | None:
    """The file that an invocation starts, as an absolute path; None for a bare name."""
    script = invocation.program.script
    word = script if script is not None else invocation.argv[0]
    if word.dynamic or ("/" not in word.value and script is None):
        return None
    if not word.value.startswith("/") and not isinstance(invocation.cwd, Known):
        return None
    return joined(invocation.cwd.value if isinstance(invocation.cwd, Known) else "/", word.value)


def _program(
    container: "Container", invocation: Invocation, path: str, mount: Mount
) -> Iterator[HiddenFile]:
    snapshot, stage = container.repository.snapshot, container.stage
    file = mount.path_of(path)
    if file is None or stage is None or invocation.is_conditional:
        return
    if not snapshot.exists(file):
        there = stage.fs.has(path)
        ours = snapshot.state(file) is not State.IGNORED
        if ours and isinstance(there, Known) and there.value:
            fact = Known(path, there.places, there.confidence, there.says)
            yield HiddenFile(path, mount, f"{file} does not exist", (fact, invocation.fact()))
        return
    opened = _made_executable(container, path)
    if opened is not None and _is_executed(invocation, path) and not snapshot.is_executable(file):
        yield HiddenFile(path, mount, f"{file} is not executable", (opened, invocation.fact()))


def _is_executed(invocation: Invocation, path: str) -> bool:
    """Whether the file itself is executed, not handed to an interpreter."""
    name = invocation.argv[0].value
    folder = invocation.cwd.value if isinstance(invocation.cwd, Known) else "/"
    return "/" in name and joined(folder, name) == path


def _made_executable(container: "Container", path: str) -> Known[str] | None:
    """The `chmod` of a RUN, or of a COPY, that makes a file of the image executable."""
    for stage in container.chain:
        for copy in stage.copies:
            if copy.chmod is not None and any(copy.comes_from(path)):
                return Known(path, (copy.place,), says=f"COPY --chmod makes {path} executable")
        for run in stage.runs:
            for each in run.invocations:
                if each.name == "chmod" and _changes(each, path):
                    return each.fact(f"`{each.text}` makes it executable")
    return None


def _changes(chmod: Invocation, path: str) -> bool:
    folder = chmod.cwd.value if isinstance(chmod.cwd, Known) else None
    if folder is None or not any("x" in v or v[:1].isdigit() for v in chmod.values[:1]):
        return False
    return any(joined(folder, value) == path for value in chmod.values[1:])
