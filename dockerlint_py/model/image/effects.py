"""What the steps of a stage do to its files."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.image.copies import Copy, Origin
from dockerlint_py.model.image.filesystem import (
    Brought,
    Change,
    Effect,
    StageFs,
    in_base_image,
)
from dockerlint_py.model.image.paths import is_under
from dockerlint_py.model.image.program_effects import changes_of
from dockerlint_py.model.image.runs import Run
from dockerlint_py.model.image.steps import Step
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.context import ContextListing
    from dockerlint_py.model.image.stage import Stage

Changes = Iterator[Change | Brought]


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
        yield from _anything(step.place)
    elif step.number in copies:
        yield from _copied(stage, copies[step.number])
    elif step.number in runs:
        yield from _run(runs[step.number])
    elif step.keyword == "WORKDIR" and step.instruction.args:
        yield from _workdir(stage, step)


def _anything(place: Place) -> Changes:
    """A step that cannot be read may have removed every file, and made any."""
    yield Change(Effect.MAY_REMOVE, "/", place)
    yield Change(Effect.MAY_CHANGE, "/", place)


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
    elif copy.origin is Origin.CONTEXT and not copy.parents:
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
        if dockerfile.listing is None:
            return Unknown("the build context is not known")
        named = (dockerfile.context_has(source, copy) for source in copy.comes_from(path))
        return _any_holds(chain(named, (Known(value=is_under(each, path)) for each in matched())))

    @cache
    def matched() -> tuple[str, ...]:
        return tuple(_matched(copy, dockerfile.listing))

    return holds


def _matched(copy: Copy, listing: "ContextListing | None") -> Iterator[str]:
    """Where the files that the patterns of a COPY match end up."""
    sources = [source.path.value for source in copy.sources if isinstance(source.path, Known)]
    patterns = [source for source in sources if any(character in source for character in "*?[")]
    if listing is None or not patterns:
        return
    for file in listing.copied(patterns, copy.exclude).files:
        yield from copy.lands_at(file.path[len(listing.folder) :].lstrip("/"))


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
        yield from _anything(run.place)
    for invocation in run.invocations:
        if invocation is before:
            return
        yield from changes_of(invocation)
