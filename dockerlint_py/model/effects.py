"""What the steps of a stage do to its files."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.manifests.installers import CleanupCommand, InstallCommand, installer
from dockerlint_py.model.copies import Copy, Origin
from dockerlint_py.model.filesystem import (
    Brought,
    Change,
    Effect,
    StageFs,
    in_base_image,
)
from dockerlint_py.model.invocation import Invocation
from dockerlint_py.model.paths import joined
from dockerlint_py.model.runs import Run
from dockerlint_py.model.steps import Step

if TYPE_CHECKING:
    from dockerlint_py.model.stage import Stage

Changes = Iterator[Change | Brought]

HARMLESS = frozenset(
    ": [ adduser addgroup cat chgrp chmod chown chsh date df du echo env exit export false getent "
    "grep groupadd head hostname id ls locale-gen printenv printf pwd rmdir set sleep stat sync "
    "tail test true tty type ulimit umask uname unset useradd usermod wait wc which whoami "
    "update-ca-certificates ldconfig apt-mark apt-cache dpkg-reconfigure exec command".split()
)
"""Programs that make no file outside of the system's own folders."""

SYSTEM_ONLY = (
    "/bin", "/etc", "/lib", "/lib64", "/opt", "/root", "/sbin", "/usr/bin", "/usr/include",
    "/usr/lib", "/usr/libexec", "/usr/local", "/usr/sbin", "/usr/share", "/var",
)  # fmt: skip
"""Where package managers and pip write."""

PROJECT_FILES = {
    "uv": (".venv", "uv.lock"),
    "poetry": (".venv", "poetry.lock"),
    "pipenv": (".venv", "Pipfile", "Pipfile.lock"),
    "pdm": (".venv", "__pypackages__", ".pdm-python", "pdm.lock"),
}
"""What a manager writes into the folder of a project."""


def stage_fs(stage: "Stage") -> StageFs:
    """The files at the end of a stage."""
    return StageFs(tuple(_all_changes(stage, len(stage.steps))), _below(stage))


def fs_before(stage: "Stage", run: Run, invocation: Invocation) -> StageFs:
    """The files that a program of a stage's own RUN finds, mounts left aside."""
    changes = [*_all_changes(stage, run.step.number), *_run(run, before=invocation)]
    return StageFs(tuple(changes), _below(stage))


def _all_changes(stage: "Stage", before: int) -> Changes:
    copies = {copy.step.number: copy for copy in stage.copies}
    runs = {run.step.number: run for run in stage.runs}
    for step in stage.steps[:before]:
        yield from _changes(stage, step, copies, runs)


def _below(stage: "Stage") -> Callable[[str], Fact[bool]]:
    parent = stage.parent
    if parent is not None:
        return lambda path: parent.fs.has(path)
    known, bare = stage.base.is_known, stage.base.is_bare
    return lambda path: in_base_image(path, is_known=known, is_bare=bare)


def _changes(
    stage: "Stage", step: Step, copies: Mapping[int, Copy], runs: Mapping[int, Run]
) -> Changes:
    if step.hidden:
        yield Change(Effect.MAY_CHANGE, "/", step.place)
    elif step.number in copies:
        yield from _copied(stage, copies[step.number])
    elif step.number in runs:
        yield from _run(runs[step.number])
    elif step.keyword == "WORKDIR" and step.instruction.args:
        yield from _workdir(stage, step)


def _workdir(stage: "Stage", step: Step) -> Changes:
    workdir = stage.situation_after(step).workdir.known
    if workdir is not None:
        yield Change(Effect.MAKES, workdir, step.place)


def _copied(stage: "Stage", copy: Copy) -> Changes:
    if not isinstance(copy.destination, Known):
        yield Change(Effect.MAY_CHANGE, "/", copy.place)
        return
    target = copy.destination.value
    if copy.origin is Origin.STAGE and copy.stage is not None:
        yield Brought(target, _from_stage(copy, copy.stage), copy.place)
    elif copy.origin is Origin.CONTEXT:
        yield Brought(target, _from_context(stage, copy), copy.place)
    else:
        yield Change(Effect.MAY_CHANGE, target, copy.place)


def _from_stage(copy: Copy, origin: "Stage") -> Callable[[str], Fact[bool]]:
    def holds(path: str) -> Fact[bool]:
        return _any_holds(origin.fs.has(source) for source in copy.comes_from(path))

    return holds


def _from_context(stage: "Stage", copy: Copy) -> Callable[[str], Fact[bool]]:
    dockerfile = stage.dockerfile

    def holds(path: str) -> Fact[bool]:
        if not isinstance(dockerfile.context, Known):
            return Unknown(dockerfile.context.why)
        return _any_holds(dockerfile.context_has(source, copy) for source in copy.comes_from(path))

    return holds


def _any_holds(answers: Iterator[Fact[bool]]) -> Fact[bool]:
    unknown: Unknown[bool] | None = None
    for answer in answers:
        if isinstance(answer, Unknown):
            unknown = answer
        elif answer.value:
            return answer
    return unknown or Known(value=False)


def _run(run: Run, before: Invocation | None = None) -> Changes:
    if run.opaque is not None:
        yield Change(Effect.MAY_CHANGE, "/", run.place)
    for invocation in run.invocations:
        if invocation is before:
            return
        for change in _invoked(invocation):
            sure = not invocation.is_conditional or change.effect is Effect.MAY_CHANGE
            yield change if sure else change._replace(effect=Effect.MAY_CHANGE)
        yield from _redirected(invocation)


def _invoked(invocation: Invocation) -> Iterator[Change]:
    command = installer(invocation.argv)
    if isinstance(command, InstallCommand):
        yield from _installed(command, invocation)
    elif isinstance(command, CleanupCommand):
        for operand in command.paths:
            yield from _change(Effect.REMOVES, operand.text, invocation, dynamic=operand.dynamic)
    elif invocation.name == "mkdir" or invocation.name == "touch":
        yield from _made(invocation, invocation.values)
    elif invocation.name in ("cp", "mv", "ln", "install"):
        yield from _made(invocation, invocation.values[-1:], below=True)
    elif invocation.name not in HARMLESS:
        yield Change(Effect.MAY_CHANGE, "/", invocation.place)


def _installed(command: InstallCommand, invocation: Invocation) -> Iterator[Change]:
    for environment in command.environments:
        if command.verb == "create":
            dynamic = environment.dynamic
            yield from _change(Effect.MAKES, environment.text, invocation, dynamic=dynamic)
        elif environment.text.startswith("/"):
            yield Change(Effect.MAY_CHANGE, environment.text, invocation.place)
    for folder in SYSTEM_ONLY:
        yield Change(Effect.MAY_CHANGE, folder, invocation.place)
    if command.ecosystem != "system":
        yield from _written(command, invocation)


def _written(command: InstallCommand, invocation: Invocation) -> Iterator[Change]:
    """What an installer writes beside the environment: a lock file, an export, a project's own."""
    if command.output is not None:
        output = command.output
        yield from _change(Effect.MAKES, output.text, invocation, dynamic=output.dynamic)
    if command.verb == "config":
        return
    if command.directory or command.project_directory or command.unknown:
        yield Change(Effect.MAY_CHANGE, "/", invocation.place)
    for name in PROJECT_FILES.get(command.tool, ()):
        yield from _change(Effect.MAY_CHANGE, name, invocation, dynamic=False)
    for path in command.local_paths:
        yield from _change(Effect.MAY_CHANGE, path.path, invocation, dynamic=path.dynamic)
    for operand in (command.target, *command.environments):
        if operand is not None:
            yield from _change(Effect.MAY_CHANGE, operand.text, invocation, dynamic=operand.dynamic)


def _made(
    invocation: Invocation, values: tuple[str, ...], *, below: bool = False
) -> Iterator[Change]:
    dynamic = {word.value for word in invocation.program.arguments if word.dynamic}
    for value in values:
        if not value.startswith("-"):
            yield from _change(Effect.MAKES, value, invocation, dynamic=value in dynamic)
            if below:
                yield from _change(Effect.MAY_CHANGE, value, invocation, dynamic=value in dynamic)


def _redirected(invocation: Invocation) -> Iterator[Change]:
    for redirection in invocation.command.redirections:
        if redirection.operator in (">", ">>", ">|", "&>", "&>>"):
            target = redirection.target
            effect = Effect.MAY_CHANGE if invocation.is_conditional else Effect.MAKES
            yield from _change(effect, target.value, invocation, dynamic=target.dynamic)


def _change(
    effect: Effect, path: str, invocation: Invocation, *, dynamic: bool
) -> Iterator[Change]:
    """The change, or a possible change of anything when the path is not known."""
    if dynamic or "*" in path or not (path.startswith("/") or isinstance(invocation.cwd, Known)):
        if effect is not Effect.REMOVES:
            yield Change(Effect.MAY_CHANGE, "/", invocation.place)
        return
    folder = invocation.cwd.value if isinstance(invocation.cwd, Known) else "/"
    yield Change(effect, joined(folder, path), invocation.place)
