"""RUN: the programs that it runs, its mounts, and whether it can be understood at all."""

from typing import TYPE_CHECKING

from dockerlint_py.dockerfile import Instruction, Mount, mounts
from dockerlint_py.facts import Known
from dockerlint_py.model.image.scripts import Activation, ScriptReader, read_argv, read_script
from dockerlint_py.model.image.steps import Step
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.record import NamedTuple
from dockerlint_py.shell import ShellFamily, shell_family
from dockerlint_py.text import LogicalText, Piece, Place

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage


class Run(NamedTuple):
    """One RUN. When `opaque` says why, it may do anything and `invocations` is empty.

    `mounted_stages` are the stages of the same file that its mounts show it.
    """

    step: Step
    invocations: tuple[Invocation, ...]
    mounts: tuple[Mount, ...]
    opaque: str | None = None
    mounted_stages: "tuple[Stage, ...]" = ()
    activations: tuple[Activation, ...] = ()

    @property
    def place(self) -> Place:
        """The instruction."""
        return self.step.place

    def mounts_over(self, path: str) -> bool:
        """Whether a cache or another mount covers a path, so that it leaves nothing in a layer."""
        return any(
            mount.target is not None
            and (path + "/").startswith(mount.target.value.rstrip("/") + "/")
            for mount in self.mounts
        )


def runs_of(stage: "Stage") -> tuple[Run, ...]:
    """The RUN instructions of a stage, in order."""
    return tuple(
        _run(step)._replace(mounted_stages=_mounted_stages(stage, step))
        for step in stage.steps_of("RUN")
    )


def _mounted_stages(stage: "Stage", step: Step) -> "tuple[Stage, ...]":
    if step.hidden:
        return ()
    names = (mount.origin.value for mount in mounts(step.instruction) if mount.origin is not None)
    found = (stage.dockerfile.stage(name, before=stage.number) for name in names)
    return tuple(mounted for mounted in found if mounted is not None)


def _run(step: Step) -> Run:
    instruction = step.instruction
    found = mounts(instruction)
    if step.hidden:
        return Run(step, (), found, "it is hidden")
    if instruction.json:
        argv = tuple(word.text for word in instruction.args)
        return _read(step, read_argv(argv, step.before), found)
    shell = step.before.shell.effective
    if not isinstance(shell, Known):
        return Run(step, (), found, shell.why)
    if not shell_family(shell.value).posix:
        return Run(step, (), found, f"its shell is {shell.value[0]}")
    script = run_script(instruction)
    if _other_language(script):
        return Run(step, (), found, "it is a script in another language")
    return _read(step, read_script(script, step.before), found)


def _read(step: Step, reader: ScriptReader, found: tuple[Mount, ...]) -> Run:
    return Run(step, tuple(reader.invocations), found, activations=tuple(reader.activations))


def run_script(instruction: Instruction) -> LogicalText:
    """The text that the shell of a RUN reads: the line, then its here-documents.

    When the line is nothing but one here-document, that is the script.
    """
    line = instruction.original
    if not instruction.heredocs:
        return line
    first = instruction.heredocs[0]
    if len(instruction.heredocs) == 1 and line.text.strip() == first.marker.value.strip():
        return first.body
    start = min(heredoc.span.start for heredoc in instruction.heredocs)
    tail = instruction.source.text[start : instruction.span.end]
    head = f"{line.text}\n"
    pieces = (*line.pieces, Piece(len(head), len(tail), start, len(tail)))
    return LogicalText(instruction.source, head + tail, pieces)


def _other_language(script: LogicalText) -> bool:
    """Whether the script names an interpreter that is no POSIX shell in its first line."""
    first = script.text.partition("\n")[0]
    if not first.startswith("#!"):
        return False
    return shell_family(first[2:].split()) is ShellFamily.OTHER
