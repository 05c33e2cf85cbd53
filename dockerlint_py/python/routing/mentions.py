"""Where a file names a routing object, and whether what it does there is understood."""

from collections.abc import Iterator

from dockerlint_py.python.expressions import Call, Sequence
from dockerlint_py.python.modules import Modules
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.records import Assignment, CallSite
from dockerlint_py.python.routing.reading import Unreadable
from dockerlint_py.python.routing.tokens import Token, tokens_of
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Source


class Mention(NamedTuple):
    """One place where a file names something, as a chain of names.

    `before` is the word in front of it, `after` the words behind it: `.`, `state`.
    """

    path: str
    chain: str
    token: Token
    before: str
    after: tuple[str, str]

    @property
    def start(self) -> int:
        """Where it stands."""
        return self.token.start

    @property
    def attribute(self) -> str:
        """The attribute that is asked for; empty for the thing itself."""
        return self.after[1] if self.after[0] == "." else ""

    @property
    def names_nothing(self) -> bool:
        """Whether it is only the name of a parameter or of an argument."""
        is_keyword = self.before in ("(", ",") and self.after[0] == "="
        return self.token.in_parameters or (is_keyword and not self.token.begins)


class FileIndex:
    """A file by the places of its words, calls and assignments."""

    def __init__(self, modules: Modules, path: str) -> None:
        self.path = path
        self.facts = modules.facts(path)
        source = modules.source(path)
        found = tokens_of(source.text) if isinstance(source, Source) else None
        if found is None or self.facts.problems:
            raise Unreadable
        self._tokens = found
        self._texts = [token.text for token in found]
        self._positions: dict[str, list[int]] = {}
        for at, text in enumerate(self._texts):
            self._positions.setdefault(text, []).append(at)
        self._assigned = {item.start: item for item in self.facts.assignments}
        self._results = {
            item.value.start: item
            for item in self.facts.assignments
            if isinstance(item.value, Call)
        }
        self._imports = [(each.start, each.end) for each in self.facts.imports]
        self._arguments: dict[int, CallSite] = {}
        self._calls: dict[tuple[int, str], CallSite] = {}
        for site in self.facts.calls:
            self._calls[site.call.func.start, path_of(site.call.func)] = site
            values = (*site.call.args, *(keyword.value for keyword in site.call.keywords))
            for value in values:
                self._arguments.setdefault(value.start, site)

    def mentions(self, chain: str) -> Iterator[Mention]:
        """The places that name something, those of imports left out."""
        words = chain.replace(".", " . ").split()
        tokens, texts, length = self._tokens, self._texts, len(words)
        for at in self._positions.get(words[0], ()):
            if texts[at : at + length] != words:
                continue
            token = tokens[at]
            before = texts[at - 1] if at and not token.begins else ""
            behind = (*texts[at + length : at + length + 2], "", "")
            if before != "." and not self._is_import(token.start):
                yield Mention(self.path, chain, token, before, (behind[0], behind[1]))

    def _is_import(self, offset: int) -> bool:
        return any(start <= offset < end for start, end in self._imports)

    def display_named(self, name: str, scope: int) -> Sequence | None:
        """The list that a name is given, if the name is then used once and for nothing else."""
        if sum(not each.names_nothing for each in self.mentions(name)) != 2:
            return None
        for item in self.facts.assignments:
            if item.target == name and item.scope == scope and item.guard < 0:
                return item.value if isinstance(item.value, Sequence) else None
        return None

    def call_of(self, mention: Mention) -> CallSite | None:
        """The call of its attribute, or of itself."""
        path = f"{mention.chain}.{mention.attribute}" if mention.attribute else mention.chain
        return self._calls.get((mention.start, path))

    def call_with(self, mention: Mention) -> CallSite | None:
        """The call that gets it, and nothing made of it, as an argument."""
        site = self._arguments.get(mention.start)
        return site if mention.after[0] in (",", ")") else None

    def assignment_to(self, mention: Mention) -> Assignment | None:
        """The statement that assigns to it, or to something in it."""
        item = self._assigned.get(mention.start)
        return item if item is not None and item.target.startswith(mention.chain) else None

    def assignment_of(self, call: Call) -> Assignment | None:
        """The statement that assigns the result of a call."""
        item = self._results.get(call.start)
        same = item is not None and item.value is not None and item.value.end == call.end
        return item if same else None
