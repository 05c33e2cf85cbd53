"""Whether code does nothing with a routing object but what is understood."""

from collections.abc import Callable

from dockerlint_py.python.receivers import is_made_by
from dockerlint_py.python.records import Assignment, CallSite, Function
from dockerlint_py.python.routing.holders import Holder, holders_of
from dockerlint_py.python.routing.mentions import FileIndex, Mention
from dockerlint_py.python.routing.reading import Reader, RoutingObject, Unreadable
from dockerlint_py.python.routing.registrations import Registrations
from dockerlint_py.record import NamedTuple


class Dialect(NamedTuple):
    """How a framework is spoken to.

    `harmless` are attributes that add no route, `judged` those that may: by what the call says.
    `takes` tells of a call that gets the object as an argument whether it leaves the routes alone.
    """

    harmless: frozenset[str]
    judged: Callable[[Reader, str, Mention, CallSite | None], bool]
    takes: Callable[[Reader, str, CallSite], bool]


class Escapes:
    """Follows the names of routing objects through the files that have them."""

    def __init__(self, reader: Reader, registrations: Registrations, dialect: Dialect) -> None:
        self.reader = reader
        self._registrations = registrations
        self._dialect = dialect
        self._indexes: dict[str, FileIndex] = {}

    def check(self, made: RoutingObject) -> None:
        """Raises `Unreadable` where something is done with an object that is not understood."""
        _Followed(self, made).check()

    def uses_well(self, path: str, function: Function) -> bool:
        """Whether a function that gets the object does nothing with it but what is understood."""
        index = self.index(path)
        named = function.params[0].name
        mine = (m for m in index.mentions(named) if function.start <= m.start < function.end)
        return all(each.names_nothing or self.is_read_well(index, each) for each in mine)

    def index(self, path: str) -> FileIndex:
        """A file by the places of its words; what it registers is read, too."""
        if path not in self._indexes:
            self._indexes[path] = FileIndex(self.reader.evaluator.graph.modules, path)
            self._registrations.read([path])
        return self._indexes[path]

    def is_read_well(self, index: FileIndex, mention: Mention) -> bool:
        """Whether an attribute of the object is one that is understood."""
        if (index.path, mention.start) in self._registrations.starts:
            return mention.token.begins or mention.before == "@"
        if mention.attribute in self._dialect.harmless:
            return True
        return self._dialect.judged(self.reader, index.path, mention, index.call_of(mention))

    def is_taken_well(self, index: FileIndex, mention: Mention) -> bool:
        """Whether the call that gets the object leaves its routes alone."""
        site = index.call_with(mention)
        return site is not None and self._dialect.takes(self.reader, index.path, site)


class _Followed:
    """One object, what holds it, and the functions that make it."""

    def __init__(self, escapes: Escapes, made: RoutingObject) -> None:
        self._escapes = escapes
        self._graph = escapes.reader.evaluator.graph
        self._made = made
        self._factories: tuple[Holder, ...] = ()
        self._queue: list[Holder] = []

    def check(self) -> None:
        """Looks at every mention in every file that has a name for it."""
        made, facts = self._made, self._escapes.reader.facts(self._made.path)
        scope = made.assignment.scope
        function = None if facts.at_import(scope) else facts.function_of(scope)
        if function is not None and facts.scopes[scope].parent == 0:
            self._factories = holders_of(self._graph, made.path, function.name)
        elif not facts.at_import(scope):
            raise Unreadable
        self._hold(made.path, made.name, at_import=function is None)
        for holder in self._factories:
            self._look(holder, self._makes)
        for holder in self._queue:
            self._look(holder, self._is_understood)

    def _look(self, holder: Holder, understood: Callable[[FileIndex, Mention], bool]) -> None:
        index = self._escapes.index(holder.path)
        for mention in index.mentions(holder.chain):
            if not mention.names_nothing and not understood(index, mention):
                raise Unreadable

    def _hold(self, path: str, name: str, *, at_import: bool) -> None:
        """Takes in a name for it, which other files may import."""
        found = holders_of(self._graph, path, name) if at_import else (Holder(path, name),)
        self._queue += [each for each in found if each not in self._queue]

    def _makes(self, index: FileIndex, mention: Mention) -> bool:
        """Whether a factory is defined there, or its result gets a name that is followed."""
        if mention.before == "def":
            return True
        item = self._assigned(index, mention)
        if item is None or not item.target.isidentifier():
            return False
        self._hold(index.path, item.target, at_import=index.facts.at_import(item.scope))
        return True

    def _assigned(self, index: FileIndex, mention: Mention) -> Assignment | None:
        """What gets the result of a factory that is called there."""
        site = index.call_of(mention)
        return index.assignment_of(site.call) if site is not None else None

    def _is_understood(self, index: FileIndex, mention: Mention) -> bool:
        if mention.attribute:
            return self._escapes.is_read_well(index, mention)
        if mention.before == "return":
            return bool(self._factories)
        if mention.token.begins:
            item = index.assignment_to(mention)
            return item is not None and self._is_made(index, item)
        return self._escapes.is_taken_well(index, mention)

    def _is_made(self, index: FileIndex, item: Assignment) -> bool:
        """Whether an assignment gives it its name."""
        if is_made_by(item.value, self._made.site.call):
            return True
        mine = (each.chain for each in self._factories if each.path == index.path)
        calls = (self._assigned(index, m) for chain in mine for m in index.mentions(chain))
        return any(each is item for each in calls)
