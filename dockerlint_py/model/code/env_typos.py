"""Variables that a container is given and nothing reads, beside others that nothing gives."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.knowledge.env_names import is_known_name, is_word, mistaken_word
from dockerlint_py.python import ModuleKind
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.distance import edit_distance
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.repository import Repository

_READS = regex(r"\b(?:environ|getenv|decouple|environs|starlette\.config)\b")
_WHOLE = regex(
    r"\*\*os\.environ|dict\(os\.environ|os\.environ\.(?:items|keys|values)|in os\.environ\b"
    r"|from_prefixed_env|[dD]ynaconf|\(os\.environ\)"
)
"""The environment is used as a whole, or by a prefix: any variable may be read."""
_DEFINERS = regex(
    r"(?:\A|/)(?:[^/]*[Dd]ockerfile[^/]*|[^/]*compose[^/]*\.ya?ml|[^/]*\.?env[^/]*)\Z"
)
_PROSE = (".md", ".rst", ".txt")
_MAX_FILES = 4000


class MistypedVariable(NamedTuple):
    """`given` is set and nothing reads it, `read` is read and nothing sets it.

    Without `given`, the name that is read has a mistake in it for itself. `place` is where the
    mistake is.
    """

    given: str
    read: str
    place: Place
    because: tuple[Known[str], ...]


def mistyped_variables_of(container: "Container") -> Iterator[MistypedVariable]:
    """The pairs of names that one mistake tells apart; none where it is not known what is read."""
    reads = _reads_of(container)
    if not reads:
        return
    read = {name.upper() for name in reads}
    defined = {name.upper() for name in _defined(container)}
    unread = [name for name in _given(container) if name.upper() not in read]
    unset = [name for name in reads if name.upper() not in defined and not is_known_name(name)]
    paired = set()
    for given, name in _pairs(unread, unset):
        if not _is_used(container.repository, given) and not _is_known(container.repository, name):
            paired.add(name)
            yield _mistyped(container, given, name, reads[name])
    for name in unset:
        if name not in paired and _has_mistake(name) and not _is_known(container.repository, name):
            yield MistypedVariable("", name, reads[name], ())


def _has_mistake(name: str) -> bool:
    return any(mistaken_word(token) for token in name.upper().split("_"))


def _mistyped(container: "Container", given: str, read: str, at: Place) -> MistypedVariable:
    place = container.env.get(given).places[0]
    if _has_mistake(read):
        says = f"{given} is set"
        return MistypedVariable(given, read, at, (Known(given, (place,), says=says),))
    return MistypedVariable(given, read, place, (Known(read, (at,), says=f"{read} is read"),))


def _reads_of(container: "Container") -> dict[str, Place]:
    """The names that its applications read; none when some of them cannot be told."""
    found: dict[str, Place] = {}
    for startup in container.code.startups:
        if startup.evaluator.dynamic or not startup.evaluator.is_understood:
            return {}
        found.update({read.name: read.place for read in startup.evaluator.reads})
    for application in {s.application: None for s in container.code.startups}:
        own = _literal_reads(application)
        if own is None:
            return {}
        found = {**own, **found}
    return found


def _literal_reads(application: "Application") -> dict[str, Place] | None:
    files = application.python_files
    found: dict[str, Place] = {}
    own = [path for path in application.files if files.kind(path) is not ModuleKind.TEST]
    if any(_WHOLE.search(files.text(path)) for path in own):
        return None
    for path in files.with_text(_READS, own):
        for read in files.env_reads.of(path):
            if read.name is None:
                return None
            found[read.name] = files.source(path).place(read.start, read.end)
    return found


def _given(container: "Container") -> Iterator[str]:
    """The variables that the Dockerfile or Compose sets for it."""
    for name in container.env.names():
        places = container.env.get(name).places
        if places and places[0] != container.base.place and not is_known_name(name):
            yield name


def _defined(container: "Container") -> Iterator[str]:
    """All variables that some container of the repository is given."""
    for other in container.repository.containers:
        yield from other.env.names()


def _pairs(unread: list[str], unset: list[str]) -> Iterator[tuple[str, str]]:
    for given in unread:
        near = [name for name in unset if is_mistaken(given.upper(), name.upper())]
        if len(near) == 1:
            yield given, near[0]


def is_mistaken(one: str, other: str) -> bool:
    """Whether two names differ by one mistake: a few letters, underscores, or one part."""
    if one.replace("_", "") == other.replace("_", ""):
        return True
    left, right = one.split("_"), other.split("_")
    if len(left) == len(right):
        different = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
        return len(different) == 1 and _is_near(*different[0])
    short, long = sorted((left, right), key=len)
    without = (long[:at] + long[at + 1 :] for at in range(len(long)))
    return len(short) > 1 and len(long) == len(short) + 1 and short in without


def _is_near(one: str, other: str) -> bool:
    if (is_word(one) and is_word(other)) or one.rstrip("0123456789") == other.rstrip("0123456789"):
        return False
    allowed = 2 if min(len(one), len(other)) >= 6 else 1
    return min(len(one), len(other)) >= 4 and edit_distance(one, other) <= allowed


def _is_used(repository: "Repository", name: str) -> bool:
    """Whether anything but its definitions mentions a variable; in those, whether it is used."""
    whole = re.compile(rf"(?<![A-Za-z0-9_]){re.escape(name)}(?![A-Za-z0-9_])")
    used = re.compile(rf"\$\{{?{re.escape(name)}(?![A-Za-z0-9_])")
    set_here = re.compile(rf"[\s'\"-]*(?:ENV\s+)?{re.escape(name)}['\"]?\s*[:=]")
    for path, text in _texts(repository, name):
        if _DEFINERS.search(path):
            lines = [line for line in text.split("\n") if not set_here.match(line)]
            if any(used.search(line) for line in lines):
                return True
        elif not path.endswith(_PROSE) and whole.search(text):
            return True
    return False


def _is_known(repository: "Repository", name: str) -> bool:
    """Whether a file other than the code mentions a variable: something may set it."""
    return any(not path.endswith((".py", *_PROSE)) for path, _ in _texts(repository, name))


def _texts(repository: "Repository", name: str) -> Iterator[tuple[str, str]]:
    for path in repository.text_files[:_MAX_FILES]:
        source = repository.snapshot.text(path)
        if source is not None and name.upper() in source.text.upper():
            yield path, source.text
