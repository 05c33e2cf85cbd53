"""The effective settings of one server."""

from typing import TYPE_CHECKING, TypeVar

from dockerlint_py.facts import Confidence, Fact, Known, Layers, Unknown
from dockerlint_py.model.servers.binds import number_of
from dockerlint_py.model.servers.phrase import TRUE, Phrase
from dockerlint_py.model.servers.sources import Given, SettingSource

if TYPE_CHECKING:
    from collections.abc import Callable

    from dockerlint_py.knowledge.server_settings import SettingName, Settings

T = TypeVar("T")
NOTHING: Given = Known(())


class ServerSettings:
    """What a server is told, source over source: the last one that says something wins."""

    def __init__(self, program: str, table: "Settings", sources: tuple[SettingSource, ...]) -> None:
        self.program = program
        self._table = table
        self.sources = sources

    def layers(self, name: "SettingName") -> Layers[tuple[Phrase, ...]]:
        """What each source says of a setting, the weakest first."""
        setting = self._table.get(name)
        found = Layers[tuple[Phrase, ...]](())
        for source in self.sources if setting is not None else ():
            given = source.get(setting) if setting is not None else None
            if given is not None:
                found = found.over(source.kind, given)
        return found

    def given(self, name: "SettingName") -> Given:
        """What holds, as it is written; no phrase for what the server does not have."""
        layers = self.layers(name)
        return layers.effective if layers.layers else NOTHING

    def source_of(self, name: "SettingName") -> str:
        """The source that decides: `command line`, `GUNICORN_CMD_ARGS`, a file, `default`."""
        layers = self.layers(name).layers
        return layers[-1].kind if layers else "default"

    def is_set(self, name: "SettingName") -> bool | None:
        """Whether anything but the default says it; None when that is not known."""
        if isinstance(self.given(name), Unknown):
            return None
        return self.source_of(name) != "default"

    def phrase(self, name: "SettingName") -> Fact[Phrase | None]:
        """The last text that holds."""
        given = self.given(name)
        if isinstance(given, Unknown):
            maybe = given.maybe[-1] if given.maybe else None
            return Unknown(given.why, maybe, given.places)
        last = given.value[-1] if given.value else None
        return Known(last, given.places, given.confidence, given.says)

    def text(self, name: "SettingName") -> Fact[str | None]:
        """The text that holds; None when there is none."""
        return self._as(name, lambda phrase: phrase.fact)

    def number(self, name: "SettingName") -> Fact[int | None]:
        """The whole number that holds."""
        return self._as(name, number_of)

    def switch(self, name: "SettingName") -> Fact[bool]:
        """Whether something is on."""
        fact = self._as(name, _is_on)
        if isinstance(fact, Unknown):
            return Unknown(fact.why, fact.maybe, fact.places)
        return Known(bool(fact.value), fact.places, fact.confidence, fact.says)

    def _as(self, name: "SettingName", read: "Callable[[Phrase], Fact[T]]") -> Fact[T | None]:
        given = self.phrase(name)
        if isinstance(given, Unknown):
            maybe = read(given.maybe) if given.maybe is not None else None
            value = maybe.value if isinstance(maybe, Known) else None
            return Unknown(given.why, value, given.places)
        if given.value is None:
            return Known(None, given.places, given.confidence, self._says(name, None))
        fact = read(given.value)
        if isinstance(fact, Unknown):
            return Unknown(fact.why, None, given.places or fact.places)
        says = given.says or self._says(name, given.value)
        sure = min(given.confidence, Confidence.CERTAIN)
        return Known(fact.value, given.places, sure, says)

    def _says(self, name: "SettingName", phrase: Phrase | None) -> str:
        shown = name.replace("_", " ")
        value = "nothing" if phrase is None else phrase.shown
        source = self.source_of(name)
        if source == "default":
            return f"{self.program}'s default for {shown} is {value}"
        where = "its command line" if source == "command line" else source
        return f"{where} sets {shown} to {value}"


def _is_on(phrase: Phrase) -> Fact[bool]:
    fact = phrase.fact
    if isinstance(fact, Unknown):
        return Unknown(fact.why, None, fact.places)
    return Known(fact.value.lower() in TRUE, fact.places)
