"""Scripts that a container starts with, found in the build context or where they are mounted."""

from typing import TYPE_CHECKING

from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.record import NamedTuple
from dockerlint_py.shell import POSIX_SHELLS, Word, program
from dockerlint_py.text import LogicalText, Source, Span

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

SUFFIXES = (".sh", ".bash")


class EntryScript(NamedTuple):
    """The text of a shell script that a command runs, or its name when the text is `missing`.

    Both are None when the command runs no shell script.
    """

    source: Source | None = None
    missing: str | None = None


def entry_script(container: "Container", invocation: Invocation) -> EntryScript:
    """The shell script that an invocation starts."""
    script = invocation.program.script
    name = script.value if script is not None else invocation.argv[0].value
    interpreter = invocation.program.interpreter
    if interpreter == "python" or name.endswith(".py"):
        return EntryScript()
    is_script = (interpreter in POSIX_SHELLS and script is not None) or name.endswith(SUFFIXES)
    if not is_script and "/" not in name and "entrypoint" not in name:
        return EntryScript()
    source = container.source_of(name, invocation.cwd)
    if source is None:
        return EntryScript(missing=name if is_script or "entrypoint" in name else None)
    if is_script or (source.text.startswith("#!") and not _is_python(source)):
        return EntryScript(source)
    return EntryScript()


def python_script(container: "Container", invocation: Invocation) -> Invocation | None:
    """The invocation as the `#!` line of a Python script has it; None when there is none."""
    name = invocation.argv[0].value
    if invocation.program.interpreter or ("/" not in name and not name.endswith(".py")):
        return None
    source = container.source_of(name, invocation.cwd)
    if source is None or not _is_python(source):
        return None
    words = [word for word in _shebang(source) if not word.value.endswith("/env")]
    return invocation._replace(program=program((*words, *invocation.argv)))


def _is_python(source: Source) -> bool:
    return any("python" in word.value for word in _shebang(source)[:3])


def _shebang(source: Source) -> list[Word]:
    """The words of the `#!` line, options of `env` aside."""
    line = source.text.partition("\n")[0]
    if not line.startswith("#!"):
        return []
    words: list[Word] = []
    at = 2
    for text in line[2:].split():
        at = source.text.index(text, at)
        words.append(Word.verbatim(LogicalText.verbatim(source, Span(at, at + len(text)))))
        at += len(text)
    return [word for word in words if word.value not in ("-S", "--split-string")]
