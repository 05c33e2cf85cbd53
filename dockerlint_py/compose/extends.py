"""`extends`: a service laid over another one, of the same file or of another.

Source: compose-spec 05-services.md "extends", and `docker compose config`. The rules are those of
merging files; relative paths of a base are relative to the folder of its file.
"""

from typing import TYPE_CHECKING

from dockerlint_py.compose.canonical import canonical
from dockerlint_py.compose.document import Tagged
from dockerlint_py.compose.paths import resolve_paths
from dockerlint_py.compose.problems import Problems
from dockerlint_py.compose.reader import find, join, parent, relative
from dockerlint_py.compose.tags import apply_tags_to_service
from dockerlint_py.compose.tree import Mapping, Scalar, Step, Value, copied, text_of
from dockerlint_py.compose.unique import enforce_unicity
from dockerlint_py.compose.validate import validate
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.compose.loader import Loading

MAX_CHAIN = 40


class Base(NamedTuple):
    """The services of a file that others extend, in canonical form; problems wait for their use."""

    path: str
    services: dict[str, Value]
    problems: dict[str, Problems]
    tagged: tuple[Tagged, ...]


class Reference(NamedTuple):
    """What `extends` names."""

    service: str
    file: str | None
    place: Place


def apply_extends(root: Mapping, path: str, tagged: tuple[Tagged, ...], loading: "Loading") -> None:
    """Resolves `extends` in all services of a file, in place."""
    services = root.get("services")
    if not isinstance(services, Mapping):
        return
    here = Base(path, services.entries, {}, tagged)
    for name in list(services.entries):
        _Extension(loading, (path, name)).resolve(name, here)


class _Extension:
    """Resolves one service and what it extends; keeps the way, to see a circle."""

    __slots__ = ("loading", "way")

    def __init__(self, loading: "Loading", start: tuple[str, str]) -> None:
        self.loading = loading
        self.way: list[tuple[str, str]] = [start]

    def resolve(self, name: str, here: Base) -> Value | None:
        """The service with everything it extends merged into it."""
        service = here.services.get(name)
        if name in here.problems:
            self.loading.problems.extend(here.problems.pop(name))
        if not isinstance(service, Mapping):
            return service
        extends = service.get("extends")
        if extends is None:
            return service
        reference = self._reference(name, extends)
        if reference is None:
            return service
        base = self._base(name, reference, here)
        if not isinstance(base, Mapping):
            return service
        source = copied(base, Step("extends", reference.place))
        assert isinstance(source, Mapping)
        self.loading.budget.spend(source, _size(source))
        apply_tags_to_service(source, name, here.tagged)
        merged = self.loading.merger.services(source, service, name)
        merged.entries.pop("extends", None)
        merged.key = service.key
        here.services[name] = merged
        return merged

    def _reference(self, name: str, extends: Value) -> Reference | None:
        service: Value | None = extends
        file: Value | None = None
        if isinstance(extends, Mapping):
            service, file = extends.get("service"), extends.get("file")
        text = text_of(service)
        if text is None:
            return None
        doubtful = [part for part in (service, file) if isinstance(part, Scalar) and part.doubt]
        if doubtful:
            why = f"what it extends depends on a variable: {doubtful[0].doubt}"
            self.loading.partial(name, why, extends.place)
            return None
        return Reference(text, text_of(file), extends.place)

    def _base(self, name: str, reference: Reference, here: Base) -> Value | None:
        problems = self.loading.problems
        source: Base | None = here
        if reference.file is not None:
            source = self._file(name, reference)
            if source is None:
                return None
        if source is None or reference.service not in source.services:
            message = f"the extended service `{reference.service}` is not defined"
            where = f" in {source.path}" if source is not None else ""
            problems.add("extends", message + where, reference.place)
            return None
        step = (source.path, reference.service)
        if step in self.way:
            problems.add("extends", "the service extends itself in a circle", reference.place)
            return None
        if len(self.way) > MAX_CHAIN:
            problems.add("extends", "the chain of `extends` is too long", reference.place)
            return None
        self.way.append(step)
        base = self.resolve(reference.service, source)
        self.way.pop()
        if reference.service in self.loading.partial_services and source is here:
            self.loading.partial(name, "what it extends is not known", reference.place)
        return base

    def _file(self, name: str, reference: Reference) -> Base | None:
        loading = self.loading
        assert reference.file is not None
        path = join(loading.folder, reference.file)
        if path in loading.bases:
            return loading.bases[path]
        found = find(loading.read, path)
        if found.source is None:
            if found.why.endswith("does not exist"):
                loading.problems.add("extends", f"the extended file: {found.why}", reference.place)
            loading.partial(name, found.why, reference.place)
            return None
        root, tagged = loading.raw_file(found.source)
        base = _prepared(root, path, tagged, loading)
        loading.bases[path] = base
        return base


def _prepared(root: Mapping, path: str, tagged: tuple[Tagged, ...], loading: "Loading") -> Base:
    """All services of a file in canonical form. Compose checks those only that are extended."""
    services = root.get("services")
    entries = services.entries if isinstance(services, Mapping) else {}
    waiting: dict[str, Problems] = {}
    folder = relative(parent(path), loading.folder)
    for name in list(entries):
        holder = Mapping(root.place, (), None, {name: entries[name]})
        alone = Mapping(root.place, (), None, {"services": holder})
        waiting[name] = Problems()
        enforce_unicity(alone, loading.problems)
        validate(alone, waiting[name])
        canonical(alone, loading.problems, loading.budget)
        enforce_unicity(alone, loading.problems)
        resolve_paths(alone, folder)
        entries[name] = holder.entries.get(name, Mapping(root.place))
    return Base(path, entries, waiting, tagged)


def _size(value: Value) -> int:
    if isinstance(value, Scalar):
        return 1
    inside = value.entries.values() if isinstance(value, Mapping) else value.items
    return 1 + sum(_size(each) for each in inside)
