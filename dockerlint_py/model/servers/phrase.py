"""Texts that a setting is given, of which parts may be known only when the container starts."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.record import NamedTuple
from dockerlint_py.shell import PartKind, Word
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate.values import Value

TRUE = ("1", "true", "t", "yes", "y", "on")
"""What click, and gunicorn's settings, take for true."""


class Phrase(NamedTuple):
    """A text in parts, None for those that are not known, and where it is written."""

    parts: tuple[str | None, ...]
    place: Place | None = None

    @classmethod
    def of(cls, text: str, place: Place | None = None) -> "Phrase":
        """A text that is known as a whole."""
        return cls((text,), place)

    @property
    def places(self) -> tuple[Place, ...]:
        """Where it is written."""
        return (self.place,) if self.place is not None else ()

    @property
    def shown(self) -> str:
        """The text for people."""
        return "".join("..." if part is None else part for part in self.parts)

    @property
    def fact(self) -> Fact[str]:
        """The text; unknown when a part of it is."""
        if None in self.parts:
            return Unknown("a part of it is known only at the start", None, self.places)
        return Known(self.shown, self.places)

    def rsplit(self, separator: str) -> "tuple[Phrase, Phrase] | None":
        """What stands before and after the last separator; None when it is not to be seen."""
        for number in range(len(self.parts) - 1, -1, -1):
            part = self.parts[number]
            if part is not None and separator in part:
                before, _, after = part.rpartition(separator)
                head = (*self.parts[:number], before)
                tail = (after, *self.parts[number + 1 :])
                return Phrase(head, self.place), Phrase(tail, self.place)
        return None


def phrase_of_word(word: Word, offset: int = 0) -> Phrase:
    """A word of a command, its first characters left out (those of `--option=`)."""
    parts: list[str | None] = []
    for part in word.parts:
        text = part.text[offset:]
        offset = max(0, offset - len(part.text))
        if part.kind not in (PartKind.LITERAL, PartKind.GLOB):
            parts.append(None)
        elif text:
            parts.append(text)
    return Phrase(tuple(parts) or ("",), word.place)


def phrases_of_value(value: "Value") -> Fact[tuple[Phrase, ...]]:
    """What Python code sets something to: each item of a list, else one text."""
    from dockerlint_py.python.evaluate.values import Items, Located, Plain, PurePath, Text

    place = value.origin.places[0] if value.origin.places else None
    if isinstance(value, Items):
        found: list[Phrase] = []
        for item in value.values or ():
            inner = phrases_of_value(item)
            if isinstance(inner, Unknown):
                return inner
            found += inner.value
        if value.values is None:
            return Unknown("it is only partly known", None, value.origin.places)
        return Known(tuple(found), value.origin.places)
    if isinstance(value, Plain):
        return Known(_of_scalar(value.value, place), value.origin.places)
    if isinstance(value, Text):
        return Known((Phrase(value.parts, place),), value.origin.places)
    if isinstance(value, Located | PurePath):
        return Known((Phrase((value.path,), place),), value.origin.places)
    return Unknown(getattr(value, "why", "") or "it is computed", None, value.origin.places)


def _of_scalar(value: object, place: Place | None) -> tuple[Phrase, ...]:
    if value is None:
        return ()
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return (Phrase.of(text, place),)
