"""The mounts of a RUN, and what stands at a path below them."""

from typing import TYPE_CHECKING

from dockerlint_py.dockerfile import Mount
from dockerlint_py.dockerfile import Word as FileWord
from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.image.paths import is_under, joined, relative
from dockerlint_py.model.image.provenance import FileFact, context_file, file_before
from dockerlint_py.model.image.steps import Step
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.model.image.runs import Run
    from dockerlint_py.model.image.stage import Stage


class Binding(NamedTuple):
    """One `--mount` with a target: where it is, and what it shows.

    `source` is the absolute path in the stage, or in the build context when `stage` is None;
    unknown for caches, secrets and other images. `is_read_only`: BuildKit lets nobody write to it.
    """

    target: Fact[str]
    source: Fact[str]
    stage: "Stage | None"
    is_read_only: bool

    def covers(self, path: str) -> bool:
        """Whether it may decide what stands at a path."""
        return isinstance(self.target, Unknown) or is_under(path, self.target.value)

    def brings(self, path: str) -> bool:
        """Whether it makes a path by being mounted below it."""
        return isinstance(self.target, Known) and is_under(self.target.value, path)

    def has(self, stage: "Stage", path: str) -> Fact[bool]:
        """Whether there is something at a path that it covers, seen from the RUN's stage."""
        origin = self._origin(path)
        if isinstance(origin, Unknown):
            return Unknown(origin.why, places=origin.places)
        if self.stage is not None:
            return self.stage.fs.has(origin.value)
        listing = stage.dockerfile.listing
        if listing is None:
            return Unknown("the build context is not known")
        return Known(listing.sends(origin.value.strip("/")), origin.places)

    def file(self, stage: "Stage", path: str) -> FileFact:
        """The repository file at a path that it covers."""
        origin = self._origin(path)
        if isinstance(origin, Unknown):
            return Unknown(origin.why, places=origin.places)
        there = self.has(stage, path)
        if isinstance(there, Known) and not there.value:
            return Known(None, there.places)
        if self.stage is not None:
            found = file_before(self.stage, len(self.stage.steps), origin.value)
        else:
            found = context_file(stage, origin.value.strip("/"))
        return found or Unknown(f"what is mounted to {path} is not known")

    def _origin(self, path: str) -> Fact[str]:
        if isinstance(self.target, Unknown) or isinstance(self.source, Unknown):
            unknown = self.target if isinstance(self.target, Unknown) else self.source
            return Unknown("what is mounted is not known", places=unknown.places)
        below = relative(path, self.target.value)
        return self.source._replace(value=joined(self.source.value, below))


def bindings_of(stage: "Stage", run: "Run") -> tuple[Binding, ...]:
    """The mounts of one of a stage's own RUNs, the last one first: it lies over the others."""
    return tuple(
        _binding(stage, run.step, mount)
        for mount in reversed(run.mounts)
        if mount.target is not None
    )


def _binding(stage: "Stage", step: Step, mount: Mount) -> Binding:
    origin = None
    if mount.origin is not None:
        origin = stage.dockerfile.stage(mount.origin.value, before=stage.number)
    source: Fact[str] = Known("/")
    if mount.kind != "bind" or (mount.origin is not None and origin is None):
        source = Unknown(f"what the {mount.kind} mount shows is not known")
    elif mount.source is not None:
        source = _absolute(step, mount.source, Known("/"))
    assert mount.target is not None
    target = _absolute(step, mount.target, step.before.workdir.effective)
    writable = any(option.key in ("rw", "readwrite") for option in mount.options)
    return Binding(target, source, origin, mount.kind == "bind" and not writable)


def _absolute(step: Step, word: FileWord, folder: Fact[str]) -> Fact[str]:
    fact = step.before.expanded(word.value, word.place, "\\")
    if isinstance(fact, Unknown):
        return fact
    if fact.value.startswith("/"):
        return fact._replace(value=joined("/", fact.value))
    if isinstance(folder, Unknown):
        return Unknown(folder.why, places=fact.places)
    return fact._replace(value=joined(folder.value, fact.value))
