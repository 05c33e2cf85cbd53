"""`include`: another Compose project taken in, with its own folder and its own `.env`.

Source: compose-spec 14-include.md, and `docker compose config`. What a file and its include both
define is merged, as Compose 5.0 and later do it; earlier versions refused it.
"""

from typing import TYPE_CHECKING

from dockerlint_py.compose.document import Tagged
from dockerlint_py.compose.environment import Settings, project_environment
from dockerlint_py.compose.merge import specials
from dockerlint_py.compose.reader import find, join, parent, relative
from dockerlint_py.compose.tags import apply_tags
from dockerlint_py.compose.tree import Mapping, Scalar, Sequence, Step, Value, copied, text_of
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source

if TYPE_CHECKING:
    from dockerlint_py.compose.loader import Loading

SECTIONS = ("services", "volumes", "networks", "secrets", "configs", "models")
MAX_INCLUDES = 20
COST_OF_A_FILE = 500  # in values: a few hundred files may be included, however small they are


class Entry(NamedTuple):
    """One entry of `include`: files that are merged, the project's folder, its `.env` files."""

    paths: tuple[Scalar, ...]
    folder: Scalar | None
    env_files: tuple[Scalar, ...]
    place: Place


def apply_include(root: Mapping, tagged: tuple[Tagged, ...], loading: "Loading") -> None:
    """Takes all included projects into a file, in place, and removes `include`.

    `tagged` is what the file deletes from them.
    """
    include = root.entries.pop("include", None)
    if include is None or (isinstance(include, Scalar) and include.value is None):
        return
    if not isinstance(include, Sequence):
        loading.problems.add("type", "include must be a list", include.place)
        return
    for item in include.items:
        entry = _entry(item)
        if entry is None:
            loading.problems.add("type", "an entry of include must be a path", item.place)
        else:
            _take_in(root, entry, tagged, loading)


def _entry(item: Value) -> Entry | None:
    if isinstance(item, Scalar):
        return Entry((item,), None, (), item.place) if isinstance(item.value, str) else None
    if not isinstance(item, Mapping):
        return None
    folder = item.get("project_directory")
    return Entry(
        _texts(item.get("path")),
        folder if isinstance(folder, Scalar) and text_of(folder) else None,
        _texts(item.get("env_file")),
        item.place,
    )


def _texts(value: Value | None) -> tuple[Scalar, ...]:
    listed = value.items if isinstance(value, Sequence) else [value]
    return tuple(each for each in listed if isinstance(each, Scalar) and text_of(each) is not None)


def _take_in(root: Mapping, entry: Entry, tagged: tuple[Tagged, ...], loading: "Loading") -> None:
    doubtful = [part for part in (*entry.paths, *entry.env_files) if part.doubt]
    if doubtful or (entry.folder is not None and entry.folder.doubt):
        loading.gap("which file is included depends on a variable", entry.place)
        return
    sources = _sources(entry, loading)
    if sources is None or not sources:
        return
    main = sources[0].path
    folder = parent(main)
    if entry.folder is not None:
        folder = join(loading.folder, str(entry.folder.value))
    if main in loading.including:
        loading.problems.add("include", f"{main} includes itself in a circle", entry.place)
        return
    if len(loading.including) >= MAX_INCLUDES:
        loading.problems.add("include", "includes are nested too deeply", entry.place)
        return
    inner = loading.included(folder, _environment(entry, folder, loading), main)
    model = inner.model(sources, relative(folder, loading.folder))
    apply_tags(model, [one for one in tagged if len(one.path) > len(("section", "name"))])
    _import(model, root, entry, loading)


def _sources(entry: Entry, loading: "Loading") -> list[Source] | None:
    sources: list[Source] = []
    for path in entry.paths:
        found = find(loading.read, join(loading.folder, str(path.value)))
        if found.source is None:
            if found.why.endswith("does not exist"):
                loading.problems.add("include", found.why, path.place)
            loading.gap(found.why, path.place)
            return None
        loading.budget.spend(path, COST_OF_A_FILE)
        sources.append(found.source)
    return sources


def _environment(entry: Entry, folder: str, loading: "Loading") -> Settings:
    """The variables of the included project: the outer ones win over its own `.env` files."""
    paths = [join(loading.folder, str(each.value)) for each in entry.env_files]
    return project_environment(loading, paths or [join(folder, ".env")])


def _import(model: Mapping, root: Mapping, entry: Entry, loading: "Loading") -> None:
    step = Step("include", entry.place)
    for section in SECTIONS:
        taken = model.get(section)
        if not isinstance(taken, Mapping):
            continue
        target = root.entries.setdefault(section, Mapping(taken.place, taken.chain))
        if not isinstance(target, Mapping):
            continue
        for name, value in taken.entries.items():
            own, base = target.get(name), copied(value, step)
            if own is not None and not equal(own, value):
                path = (section, name)
                base = loading.merger.value(base, own, path, specials().at(*path))
            target.entries[name] = base


def equal(one: Value, other: Value) -> bool:
    """Whether two values say the same, wherever they are written."""
    if isinstance(one, Scalar) and isinstance(other, Scalar):
        return type(one.value) is type(other.value) and one.value == other.value
    if isinstance(one, Sequence) and isinstance(other, Sequence):
        same = len(one.items) == len(other.items)
        return same and all(equal(a, b) for a, b in zip(one.items, other.items, strict=True))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.entries.keys() == other.entries.keys() and all(
            equal(value, other.entries[name]) for name, value in one.entries.items()
        )
    return False
