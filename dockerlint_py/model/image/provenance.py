"""Which repository file stands at a path of an image, or that it is not known what does."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.manifests.installers import InstallCommand, installer
from dockerlint_py.model.image.context import in_folder
from dockerlint_py.model.image.copies import Copy, Origin
from dockerlint_py.model.image.paths import is_under
from dockerlint_py.model.image.program_effects import HARMLESS
from dockerlint_py.model.image.runs import Run
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.shell import Word
from dockerlint_py.text import Source

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage

MAX_HOPS = 20
"""COPY --from chains; a longer one is not followed."""

FileFact = Fact[Source | None]
"""The repository file that stands at a path, None when there is no file."""


def context_file(stage: "Stage", path: str) -> FileFact | None:
    """A file of the build context; None when it is not there, not sent or a folder."""
    context, snapshot = stage.dockerfile.context, stage.repository.snapshot
    listing = stage.dockerfile.listing
    if listing is None or not isinstance(context, Known):
        return Unknown("the build context is not known")
    inside = in_folder(context.value, path)
    if not snapshot.is_file(inside) or not listing.sends(path):
        return None
    source = snapshot.text(inside)
    return Known(source) if source else Unknown(f"{inside} is no text")


def file_before(stage: "Stage", number: int, path: str, hops: int = MAX_HOPS) -> FileFact | None:
    """What the steps before a number, and the stages below, put at a path; None for nothing."""
    copies = {copy.step.number: copy for copy in stage.copies}
    runs = {run.step.number: run for run in stage.runs}
    for step in reversed(stage.steps[:number]):
        found: FileFact | None = None
        if step.hidden:
            return Unknown("a step is hidden")
        if step.number in copies:
            found = _copied(stage, copies[step.number], path, hops)
        elif step.number in runs:
            found = written_by(runs[step.number], path)
        if found is not None:
            return found
    parent = stage.parent
    return None if parent is None else file_before(parent, len(parent.steps), path, hops)


def _copied(stage: "Stage", copy: Copy, path: str, hops: int) -> FileFact | None:
    if not isinstance(copy.destination, Known):
        return Unknown(copy.destination.why)
    if not hops or (not copy.sources and is_under(path, copy.destination.value)):
        return Unknown("it is written by a here-document")
    if any(isinstance(source.path, Unknown) for source in copy.sources):
        return Unknown("what is copied is not known")
    for origin in copy.comes_from(path):
        found: FileFact | None = Unknown("it comes from another image")
        if copy.stage is not None:
            found = file_before(copy.stage, len(copy.stage.steps), origin, hops - 1)
        elif copy.origin is Origin.CONTEXT:
            found = context_file(stage, origin)
        if isinstance(found, Known):
            return found._replace(places=(copy.place,))
        if found is not None:
            return found
    return None


def written_by(run: Run, path: str, before: Invocation | None = None) -> FileFact | None:
    """An unknown file when a command of a RUN writes or may change the one at a path."""
    if run.opaque is not None:
        return Unknown(run.opaque)
    for invocation in run.invocations:
        if invocation is before:
            break
        if _may_write(invocation, path):
            return Unknown(f"`{invocation.text}` may change it", places=(invocation.place,))
    return None


def _may_write(invocation: Invocation, path: str) -> bool:
    """Whether a command may change a file: it names it, and is not known to leave it alone."""
    name = path.rpartition("/")[2]
    targets = [redirection.target.value for redirection in invocation.command.redirections]
    if any(target.rpartition("/")[2] == name for target in targets):
        return True
    command = installer(invocation.argv)
    if command is None:
        return invocation.name not in HARMLESS and _names(invocation, path)
    if command.verb in ("lock", "update", "upgrade"):
        return name.endswith("lock")
    if not isinstance(command, InstallCommand) or command.output is None:
        return False
    return command.output.dynamic or command.output.text.rpartition("/")[2] == name


def _names(invocation: Invocation, path: str) -> bool:
    """Whether a command names a file as one that it may change."""
    words = invocation.program.arguments
    if invocation.name == "rm" and all(map(_is_plain, words)):
        return any(is_under(path, word.value.rstrip("/")) for word in words)
    if invocation.name == "ln" and len(words) > 1 and _is_plain(words[-1]):
        target, source = words[-1].value.rstrip("/"), words[-2].value
        return path in (target, f"{target}/{source.rpartition('/')[2]}")
    name = path.rpartition("/")[2]
    return any(name in word.value for word in words)


def _is_plain(word: Word) -> bool:
    """Whether a word is an option, or the absolute path of one file or folder."""
    text = word.value
    if text.startswith("-"):
        return True
    return text.startswith("/") and not word.dynamic and not any(sign in text for sign in "*?[")
