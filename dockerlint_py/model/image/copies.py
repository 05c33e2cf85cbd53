"""COPY and ADD: from where, what, and to which path of the image."""

from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING

from dockerlint_py.context import BadPatternError, go_glob
from dockerlint_py.dockerfile import Word, copy_clause
from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.image.paths import is_under, joined, normal, relative
from dockerlint_py.model.image.steps import Step
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage

URL_PREFIXES = ("http://", "https://", "git@", "git://", "ssh://")


class Origin(Enum):
    """Where the files of a COPY come from."""

    CONTEXT = "build context"
    STAGE = "stage"
    IMAGE = "image"
    REMOTE = "remote"
    UNKNOWN = "unknown"


class CopySource(NamedTuple):
    """One source: where it is written and the path it means, cleaned; `""` is the whole context.

    The path is relative for the build context and absolute for a stage or an image.
    """

    place: Place
    path: Fact[str]

    def selects(self, path: str) -> str | None:
        """The part of a path that the source means: itself or a folder above; None if neither."""
        if not isinstance(self.path, Known):
            return None
        source = self.path.value
        if not any(character in source for character in "*?["):
            return source if is_under(path, source or "/") else None
        depth = source.count("/") + 1
        start = "/".join(path.split("/")[:depth])
        return start if self.matches(source, start) else None

    @staticmethod
    def matches(pattern: str, path: str) -> bool:
        """Whether a pattern of a COPY fits a path."""
        try:
            return go_glob(pattern).matches(path)
        except BadPatternError:
            return False


class Copy(NamedTuple):
    """One COPY or ADD. `stage` is set when it copies from a stage of the same file.

    `destination` is the absolute path in the image; `into` tells that it ends with a slash or has
    several sources, so that a file keeps its name below it.
    """

    step: Step
    origin: Origin
    stage: "Stage | None"
    sources: tuple[CopySource, ...]
    destination: Fact[str]
    into: bool
    chown: Word | None
    chmod: Word | None
    exclude: tuple[str, ...]
    parents: bool

    @property
    def place(self) -> Place:
        """The instruction."""
        return self.step.place

    @property
    def takes_whole_context(self) -> bool:
        """Whether it copies all of the build context: `COPY . .`."""
        return self.origin is Origin.CONTEXT and any(
            isinstance(source.path, Known) and source.path.value == "" for source in self.sources
        )

    def lands_at(self, path: str) -> tuple[str, ...]:
        """Where a path of the origin can be in the image afterwards; empty when it is not copied.

        There are two answers when it cannot be told whether a source is a file or a folder.
        """
        if not isinstance(self.destination, Known):
            return ()
        target = self.destination.value
        found: dict[str, None] = {}
        for source in self.sources:
            start = source.selects(path)
            if start is None:
                continue
            below = relative(path, start)
            if below:
                found[joined(target, below)] = None
            else:
                if self.into:
                    found[joined(target, start.rpartition("/")[2])] = None
                found[target] = None
        return tuple(found)

    def brings(self, folder: str) -> "tuple[tuple[Place, str], ...]":
        """Where a folder of the origin is afterwards, with the source that says so.

        Of a folder that is named as a source, COPY takes the contents.
        """
        if not isinstance(self.destination, Known) or self.parents:
            return ()
        target = self.destination.value
        return tuple(
            (source.place, joined(target, relative(folder, source.path.value)))
            for source in self.sources
            if isinstance(source.path, Known) and is_under(folder, source.path.value or "/")
        )

    def comes_from(self, path: str) -> tuple[str, ...]:
        """The paths of the origin that could be at a path of the image afterwards."""
        if not isinstance(self.destination, Known):
            return ()
        target = self.destination.value
        found: dict[str, None] = {}
        for source in self.sources:
            if isinstance(source.path, Known):
                found |= dict.fromkeys(_origins(source.path.value, target, path))
        return tuple(found)


def _origins(start: str, target: str, path: str) -> Iterator[str]:
    """What a source may have put at a path: of a folder COPY takes what is in it, not itself."""
    folder, _, name = start.rpartition("/")
    if any(character in name for character in "*?["):
        below = relative(path, target) if is_under(path, target) else ""
        if below and "/" not in below and CopySource.matches(name, below):
            yield _below(folder, below)
        return
    if is_under(path, target):
        yield _below(start, relative(path, target))
    if path == joined(target, name):
        yield start


def _below(folder: str, path: str) -> str:
    """A path below a source, `""` being the whole context."""
    if not path:
        return folder
    return f"{folder.rstrip('/')}/{path}" if folder else path


def copies_of(stage: "Stage") -> tuple[Copy, ...]:
    """The COPY and ADD instructions of a stage, in order; here-documents are not sources."""
    return tuple(_copy(stage, step) for step in stage.steps_of("COPY", "ADD") if not step.hidden)


def _copy(stage: "Stage", step: Step) -> Copy:
    clause = copy_clause(step.instruction)
    origin, from_stage = _origin(stage, step)
    absolute = origin in (Origin.STAGE, Origin.IMAGE)
    escape = stage.dockerfile.file.escape
    sources = []
    for word in clause.sources:
        fact = step.before.expanded(word.value, word.place, escape)
        if isinstance(fact, Known) and fact.value.startswith(URL_PREFIXES):
            origin = Origin.REMOTE
        sources.append(CopySource(word.place, _cleaned(fact, absolute=absolute)))
    raw: Fact[str] = Unknown("there is no destination")
    if clause.destination is not None:
        word = clause.destination
        raw = step.before.expanded(word.value, word.place, escape)
    into = len(sources) > 1 or (isinstance(raw, Known) and raw.value.endswith(("/", "/.", ".")))
    return Copy(
        step,
        origin,
        from_stage,
        tuple(sources),
        _destination(raw, step),
        into,
        clause.chown,
        clause.chmod,
        tuple(word.value for word in clause.exclude),
        clause.parents,
    )


def _origin(stage: "Stage", step: Step) -> "tuple[Origin, Stage | None]":
    flag = step.instruction.flag("from")
    if flag is None or flag.argument is None:
        return Origin.CONTEXT, None
    name = step.before.expanded(flag.argument.value, flag.argument.place, "\\")
    if not isinstance(name, Known):
        return Origin.UNKNOWN, None
    earlier = stage.dockerfile.stage(name.value, before=stage.number)
    return (Origin.STAGE, earlier) if earlier else (Origin.IMAGE, None)


def _cleaned(fact: Fact[str], *, absolute: bool) -> Fact[str]:
    if not isinstance(fact, Known):
        return fact
    clean = normal(fact.value)
    return fact._replace(value=clean if absolute else clean.strip("/"))


def _destination(raw: Fact[str], step: Step) -> Fact[str]:
    if not isinstance(raw, Known):
        return raw
    if raw.value.startswith("/"):
        return raw._replace(value=normal(raw.value))
    workdir = step.before.workdir.effective
    if not isinstance(workdir, Known):
        return Unknown(workdir.why, places=raw.places)
    return raw._replace(value=joined(workdir.value, raw.value))
