"""Which findings the directives of a run silence, and which directives were of no use."""

from collections.abc import Iterable, Iterator

from dockerlint_py.engine.errors import did_you_mean
from dockerlint_py.engine.packs import Catalogue
from dockerlint_py.engine.rule import RuleInfo
from dockerlint_py.engine.suppression.directive import Directive, Malformed
from dockerlint_py.model.finding import Finding
from dockerlint_py.model.note import Note
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place


class Suppressed(NamedTuple):
    """Why a finding does not count: `kind` is inline or baseline; `line` is the comment's."""

    kind: str
    reason: str
    line: int | None


class Suppressions:
    """The directives of all files of a run; remembers which of them silenced something."""

    __slots__ = ("_by_path", "_catalogue", "_malformed", "_used")

    def __init__(self, directives: Iterable[Directive | Malformed], catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._by_path: dict[str, list[Directive]] = {}
        self._malformed: list[Malformed] = []
        self._used: set[tuple[Directive, str]] = set()
        for directive in directives:
            if isinstance(directive, Malformed):
                self._malformed.append(directive)
            else:
                self._by_path.setdefault(directive.place.path, []).append(directive)

    def of(self, info: RuleInfo, finding: Finding) -> Suppressed | None:
        """The directive that covers the finding's place or one of its related places, if any."""
        for place in (finding.at, *finding.related):
            for directive in self._by_path.get(place.path, ()):
                code = _matching_code(directive, info)
                if code is not None and _covers(directive, place):
                    self._used.add((directive, code))
                    return Suppressed("inline", directive.reason, directive.place.line)
        return None

    def notes(self, run: Iterable[RuleInfo]) -> Iterator[Note]:
        """Notes on directives that are malformed, name no rule, or silenced nothing of this run."""
        ran = {info.id for info in run}
        for malformed in self._malformed:
            message = f"malformed suppression: {malformed.message}"
            yield Note.at("malformed-suppression", malformed.place, message)
        for directives in self._by_path.values():
            for directive in directives:
                if not directive.foreign:
                    yield from self._notes_on(directive, ran)

    def _notes_on(self, directive: Directive, ran: set[str]) -> Iterator[Note]:
        for code in directive.codes:
            info = self._catalogue.by_code(code)
            if info is None:
                words = [word for info in self._catalogue.rules for word in (info.id, info.name)]
                message = f"no rule is called {code!r}{did_you_mean(code, words)}"
                yield Note.at("unknown-suppression", directive.place, message)
            elif info.id in ran and (directive, code) not in self._used:
                message = f"unused suppression: {code} reports nothing here"
                yield Note.at("unused-suppression", directive.place, message)


def _matching_code(directive: Directive, info: RuleInfo) -> str | None:
    for code in directive.codes:
        if directive.foreign:
            if code in info.equivalents:
                return code
        elif code.upper() == info.id or code == info.name:
            return code
    return None


def _covers(directive: Directive, place: Place) -> bool:
    covers = directive.covers
    return covers is None or covers.start <= place.span.start < max(covers.end, covers.start + 1)
