"""What the steps of a stage may let others than root write to.

Whoever wants to know that a user may not write somewhere needs all of it, so a step that is not
understood may have opened everything.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.image.copies import Copy, Origin
from dockerlint_py.model.image.paths import ancestors
from dockerlint_py.model.image.program_grants import opened_by
from dockerlint_py.model.image.steps import Step
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage

ROOT = ("root", "0", "")
_ARCHIVES = (".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".txz", ".tbz2")
_ROOT_OWNERS = ("root", "0", "root:root", "0:0", "root:0", "0:root")


class Grant(NamedTuple):
    """A path that, with all that lies below it, may be open to others; `/` is everything."""

    path: str
    place: Place


def grants_of(stage: "Stage") -> Iterator[Grant]:
    """The grants of a stage and of those that it is made from."""
    if stage.parent is not None:
        yield from stage.parent.grants
    copies = {copy.step.number: copy for copy in stage.copies}
    runs = {run.step.number: run for run in stage.runs}
    made = set(ancestors((stage.parent and stage.parent.after.workdir.known) or "/"))
    for step in stage.steps:
        if step.hidden:
            yield Grant("/", step.place)
        elif step.number in copies:
            yield from _copied(copies[step.number])
        elif step.number in runs:
            run = runs[step.number]
            opened = ["/"] if run.opaque is not None else []
            opened += [path for each in run.invocations for path in opened_by(each)]
            yield from (Grant(path, run.place) for path in opened)
        elif step.keyword == "WORKDIR":
            yield from _workdir(stage, step, made)


def _workdir(stage: "Stage", step: Step, made: set[str]) -> Iterator[Grant]:
    """A folder that WORKDIR makes belongs to the user of that moment, and so do those above it."""
    folder = stage.situation_after(step).workdir.known
    if folder is None:
        yield Grant("/", step.place)
    elif step.before.user.known in ROOT:
        made.update(ancestors(folder))
    elif folder not in made:
        yield Grant(ancestors(folder)[-2], step.place)


def _copied(copy: Copy) -> Iterator[Grant]:
    """Files of the build context come to belong to root; those of a stage keep their owner."""
    if not isinstance(copy.destination, Known):
        yield Grant("/", copy.place)
        return
    given = copy.chown is not None and copy.chown.value not in _ROOT_OWNERS
    if given or copy.chmod is not None or _keeps_owner(copy):
        yield Grant(copy.destination.value, copy.place)


def _keeps_owner(copy: Copy) -> bool:
    """Whether the files may belong to somebody else than root where they come from."""
    if copy.chown is not None:
        return False
    if copy.origin is Origin.STAGE and copy.stage is not None:
        return bool(copy.stage.grants) or not copy.stage.base.is_bare
    if copy.origin is not Origin.CONTEXT:
        return True
    return copy.step.keyword == "ADD" and any(
        not isinstance(source.path, Known) or source.path.value.endswith(_ARCHIVES)
        for source in copy.sources
    )
