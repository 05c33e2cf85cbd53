"""Every place in code where something is registered with a routing object."""

from collections.abc import Iterable, Iterator

from dockerlint_py.python.evaluate.values import Made, Value
from dockerlint_py.python.expressions import Attr, Call
from dockerlint_py.python.records import CallSite
from dockerlint_py.python.routing.reading import Reader, Unreadable
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place


class Registration(NamedTuple):
    """`holder.method(...)`, a statement or a decorator."""

    path: str
    method: str
    site: CallSite

    @property
    def call(self) -> Call:
        """The call."""
        return self.site.call

    @property
    def start(self) -> int:
        """Where the expression of the holder begins."""
        return self.site.call.func.start


class Registrations:
    """What the code of some files registers, by the call that made the object.

    `verbs` are methods that register when they decorate and may mean anything else otherwise,
    `methods` those that register in any case.
    """

    def __init__(self, reader: Reader, verbs: frozenset[str], methods: frozenset[str]) -> None:
        self._reader = reader
        self._verbs = verbs
        self._methods = methods
        self._found: dict[Place, list[Registration]] = {}
        self._read: set[str] = set()
        self.starts: set[tuple[str, int]] = set()

    def of(self, place: Place) -> Iterator[Registration]:
        """What is registered with the object that a call made."""
        return iter(self._found.get(place, ()))

    def read(self, paths: Iterable[str]) -> None:
        """Reads more files; a holder that is not known may be any object."""
        for path in paths:
            if path not in self._read:
                self._read.add(path)
                for found in self._in_file(path):
                    self._take(found)

    def _in_file(self, path: str) -> Iterator[Registration]:
        facts = self._reader.facts(path)
        decorators = {(d.start, d.end) for each in facts.functions for d in each.decorators}
        for site in facts.calls:
            method = site.call.func.attr if isinstance(site.call.func, Attr) else ""
            decorates = (site.call.start, site.call.end) in decorators
            if method in self._methods or (decorates and method in self._verbs):
                yield Registration(path, method, site)

    def _take(self, found: Registration) -> None:
        func = found.call.func
        assert isinstance(func, Attr)
        site = found.site
        value: Value = self._reader.value(found.path, func.value, site.scope, site.guard)
        if isinstance(value, Made) and value.place is not None:
            self._found.setdefault(value.place, []).append(found)
            self.starts.add((found.path, found.start))
        else:
            raise Unreadable
