"""Scripts that a container executes and that the kernel refuses to execute."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.model.container_files import file_in, has_in
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.model.programs.tools import has_tool
from dockerlint_py.record import NamedTuple
from dockerlint_py.shell import Word
from dockerlint_py.text import Place, Source

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

_ENDINGS = (".sh", ".py")
_CHANGES_MODES = ("chmod", "install", "setfacl", "rsync")
_CONVERTERS = ("dos2unix", "fromdos", "tr")
_INTERPRETERS = ("bash", "zsh", "ksh", "perl", "ruby", "node")
"""Those that images may lack; others are everywhere, or nowhere known."""


class Unrunnable(NamedTuple):
    """A script that cannot be executed: where that is asked for, why, and how that is known."""

    path: str
    place: Place
    why: str
    because: tuple[Known[str], ...]


def unrunnable_scripts(container: "Container") -> Iterator[Unrunnable]:
    """The scripts that a container executes itself, not through an interpreter."""
    if not all(stage.is_understood for stage in container.needed_stages):
        return
    process = container.process
    seen: set[str] = set()
    for invocation in (*process.scripts, *process.invocations):
        for word in _executed(invocation):
            path = _path_of(word, invocation)
            if path is None:
                yield from _not_looked_up(container, word, invocation)
            elif path not in seen:
                seen.add(path)
                yield from _judged(container, word, path)


def _executed(invocation: Invocation) -> tuple[Word, ...]:
    """The words that name what is executed: the program, and wrappers before it."""
    if invocation.is_conditional:
        return ()
    wrappers = tuple(wrapper.words[0] for wrapper in invocation.wrappers)
    return wrappers if invocation.program.module else (*wrappers, invocation.argv[0])


def _path_of(word: Word, invocation: Invocation) -> str | None:
    """The absolute path of a file that is executed; None for a name that is looked up."""
    if word.dynamic or "/" not in word.value:
        return None
    if word.value.startswith("/"):
        return joined("/", word.value)
    cwd = invocation.cwd
    return joined(cwd.value, word.value) if isinstance(cwd, Known) else None


def _judged(container: "Container", word: Word, path: str) -> Iterator[Unrunnable]:
    mount = container.mounts.at(path)
    if isinstance(mount, Unknown) or mount.value is not None:
        return
    found = file_in(container, path)
    if isinstance(found, Unknown):
        return
    if found.value is None:
        yield from _not_there(container, word, path)
        return
    source = found.value
    place = word.place
    run = Known(path, (place,), says=f"`{word.value}` is executed")
    brought = Known(source.path, found.places, says=f"{path} is {source.path}")
    first = source.text.partition("\n")[0]
    is_executable = container.repository.snapshot.is_executable(source.path)
    if not is_executable and not _mode_may_change(container, path):
        what = f"{source.path} is not executable, and nothing makes it so"
        yield Unrunnable(path, place, what, (run, brought))
    if first.startswith("#!") and first.endswith("\r"):
        if not _may_convert(container):
            line = source.place(0, len(first))
            fact = Known(source.path, (line,), says=f"the first line of {source.path} ends with CR")
            what = f"{source.path} has line endings of Windows: its interpreter is not found"
            yield Unrunnable(path, place, what, (run, fact))
        return
    lacking = _lacking(container, source, first)
    if lacking is not None:
        yield Unrunnable(path, place, lacking[0], (run, *lacking[1]))


def _not_there(container: "Container", word: Word, path: str) -> Iterator[Unrunnable]:
    """A script of the repository that no step brings to where it is started."""
    ours = _in_context(container, path)
    if ours is None or not _is_absent(container, path):
        return
    run = Known(path, (word.place,), says=f"`{word.value}` is executed")
    landings = container.build.landings(ours) if container.build is not None else ()
    where = f"{ours} is copied to {landings[0]}" if landings else f"nothing copies {ours}"
    yield Unrunnable(path, word.place, "it is not in the image", (run, Known(ours, says=where)))


def _in_context(container: "Container", path: str) -> str | None:
    """The script of the build context, or beside the Dockerfile, that a path seems to mean."""
    build, name = container.build, path.rpartition("/")[2]
    if build is None or isinstance(build.context, Unknown) or not name.endswith(_ENDINGS):
        return None
    folders = (build.context.value, build.path.rpartition("/")[0])
    files = (f"{folder}/{name}".lstrip("/") for folder in folders)
    return next((f for f in files if container.repository.snapshot.is_file(f)), None)


def _not_looked_up(
    container: "Container", word: Word, invocation: Invocation
) -> Iterator[Unrunnable]:
    """A script that is named without its folder, which is not on the PATH."""
    name, cwd, search = word.value, invocation.cwd, invocation.env.get("PATH")
    if word.dynamic or "/" in name or not name.endswith(_ENDINGS):
        return
    if isinstance(cwd, Unknown) or not isinstance(search, Known) or not search.value:
        return
    here = joined(cwd.value, name)
    found = file_in(container, here)
    if isinstance(found, Unknown) or found.value is None or not _is_bare(container):
        return
    if any(e.command.local_paths or e.of_project for e in container.dependencies.installations):
        return  # A project may have its scripts installed.
    others = [file_in(container, joined(cwd.value, f"{f}/{name}")) for f in search.value.split(":")]
    if all(isinstance(other, Known) and other.value is None for other in others):
        run = Known(name, (word.place,), says=f"`{name}` is looked up in the folders of the PATH")
        why = f"it is {here}, and {cwd.value} is not on the PATH"
        yield Unrunnable(name, word.place, why, (run,))


def _is_absent(container: "Container", path: str) -> bool:
    there = has_in(container, path)
    return _is_bare(container) and isinstance(there, Known) and not there.value


def _is_bare(container: "Container") -> bool:
    """Whether the base image has no scripts of its own that matter here."""
    return container.stage is not None and container.stage.base.is_bare


def _mode_may_change(container: "Container", path: str) -> bool:
    """Whether a COPY or a command may make the file executable, as far as can be seen."""
    name = path.rpartition("/")[2]
    for stage in container.needed_stages:
        for copy in stage.copies:
            if copy.chmod is not None and (copy.comes_from(path) or copy.stage is not None):
                return True
        for run in stage.runs:
            for each in run.invocations:
                if _may_touch(each, name):
                    return True
    return False


def _may_touch(invocation: Invocation, name: str) -> bool:
    if _is_script(invocation) or invocation.name in ("make", "find", "xargs"):
        return True
    if invocation.name not in (*_CHANGES_MODES, "cp", "mv", "sed"):
        return False
    changes = invocation.name in _CHANGES_MODES
    return changes and any(
        word.dynamic or "*" in word.value or word.value.startswith("-") or name in word.value
        for word in invocation.program.arguments
    )


def _is_script(invocation: Invocation) -> bool:
    """Whether it is a script of a shell, which may do anything."""
    return invocation.program.script is not None and invocation.program.interpreter != "python"


def _may_convert(container: "Container") -> bool:
    """Whether git or a command gives the file other line endings."""
    attributes = container.repository.snapshot.text(".gitattributes")
    if attributes is not None and "text" in attributes.text:
        return True
    return any(
        each.name in _CONVERTERS
        or (each.name in ("sed", "perl") and any("\\r" in value for value in each.values))
        or _is_script(each)
        for stage in container.needed_stages
        for run in stage.runs
        for each in run.invocations
    )


def _lacking(
    container: "Container", source: Source, first: str
) -> tuple[str, tuple[Known[str], ...]] | None:
    """The interpreter of the first line, when the container is known not to have it."""
    words = first.removeprefix("#!").split() if first.startswith("#!") else []
    if not words:
        return None
    by_env = words[0].endswith("/env")
    named = [word for word in words[1:] if not word.startswith("-")] if by_env else words[:1]
    name = named[0].rpartition("/")[2] if named else ""
    if name not in _INTERPRETERS:
        return None
    fact = has_tool(container, name)
    if isinstance(fact, Unknown) or fact.value:
        return None
    line = source.place(0, len(first))
    there = Known(name, (line,), fact.confidence, f"{source.path} asks for {words[0]}")
    absent = Known(name, fact.places, fact.confidence, fact.says)
    return f"{source.path} needs {name}, which the image lacks", (there, absent)
