"""Where a server's settings come from: its defaults, variables, configuration, command line."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

from dockerlint_py.facts import Environment, Fact, Known, Unknown
from dockerlint_py.knowledge.server_arguments import Argument, Arguments, parse_arguments
from dockerlint_py.model.servers.phrase import Phrase, phrase_of_word, phrases_of_value
from dockerlint_py.shell import Word
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.knowledge.server_settings import Setting
    from dockerlint_py.python.evaluate.values import Value

Given: TypeAlias = Fact[tuple[Phrase, ...]]
"""What one source says: no phrase stands for nothing, switches are `true` and `false`."""


class SettingSource(Protocol):
    """One source of settings; `kind` is its name for people."""

    @property
    def kind(self) -> str: ...

    def get(self, setting: "Setting") -> Given | None:
        """What it says of a setting; None when it says nothing."""
        ...


class Defaults:
    """What holds when nothing is set; a variable may stand for it."""

    kind = "default"

    def __init__(self, env: Environment) -> None:
        self._env = env

    def get(self, setting: "Setting") -> Given | None:
        """The default."""
        if setting.fallback:
            given = _variable(self._env, setting.fallback)
            if given is not None:
                return given
        return Known(() if setting.default is None else (Phrase.of(setting.default),))


class Variables:
    """Variables that stand for options: `UVICORN_HOST`."""

    kind = "variable"

    def __init__(self, env: Environment) -> None:
        self._env = env

    def get(self, setting: "Setting") -> Given | None:
        """The variable of a setting."""
        return _variable(self._env, setting.variable) if setting.variable else None


def _variable(env: Environment, name: str) -> Given | None:
    fact = env.get(name)
    if isinstance(fact, Unknown):
        return Unknown(fact.why, _perhaps(fact.maybe), fact.places)
    if not fact.value:
        return None
    place = fact.places[0] if fact.places else None
    says = f"{name} is {fact.value}"
    return Known((Phrase.of(fact.value, place),), fact.places, fact.confidence, says)


def _perhaps(text: str | None) -> tuple[Phrase, ...] | None:
    return None if text is None else (Phrase.of(text),)


class CommandLine:
    """The options of a command, or of a variable that holds more of them."""

    def __init__(
        self, program: str, words: Sequence[Word], kind: str = "command line", group: str = ""
    ) -> None:
        self.kind = kind
        self.words = words
        self.arguments: Arguments | None = parse_arguments(program, [word.value for word in words])
        self._group = group

    @property
    def positionals(self) -> tuple[Word, ...]:
        """The words that belong to no option."""
        found = self.arguments.positionals if self.arguments else ()
        return tuple(self.words[at] for at in found)

    @property
    def doubt(self) -> Word | None:
        """A word that may stand for any options: `$OPTIONS`."""
        for at, word in enumerate(self.words):
            open_ended = word.dynamic and not word.quoted
            if open_ended and self._is_loose(at) and word is not self._target:
                return word
        return None

    def doubt_before(self, word: Word) -> Word | None:
        """The same, but only one that comes before a word."""
        doubt = self.doubt
        if doubt is None or doubt is word:
            return doubt
        places = [id(each) for each in self.words]
        return doubt if places.index(id(doubt)) < places.index(id(word)) else None

    @property
    def is_unclear(self) -> bool:
        """Whether a positional word may be the value of an option that is not known."""
        return self.arguments is None or any(
            not self.words[at].dynamic for at in self.arguments.unclear
        )

    @property
    def _target(self) -> Word | None:
        """What can only be the application: it must be given, and nothing else is."""
        found = self.positionals
        return found[0] if len(found) == 1 and not _is_for_options(found[0]) else None

    def _is_loose(self, at: int) -> bool:
        arguments = self.arguments
        return arguments is None or at in arguments.positionals or at in arguments.unclear

    def get(self, setting: "Setting") -> Given | None:
        """What the options say: all phrases of those that may be repeated."""
        given = self.given(*setting.options, *setting.off)
        if self.doubt is not None:
            perhaps = self._phrases(setting, given) if given else None
            return Unknown(f"{self.doubt.raw} may set it", perhaps, (self.doubt.place,))
        if not given:
            return None
        phrases = self._phrases(setting, given)
        return Known(phrases, tuple(p.place for p in phrases if p.place is not None))

    def given(self, *options: str) -> tuple[Argument, ...]:
        """The options of those names that are given, in order."""
        return self.arguments.every(*options) if self.arguments else ()

    def phrase(self, argument: Argument) -> Phrase:
        """The value of an option; `true` for a switch."""
        if argument.value_word is None:
            return Phrase.of("true", self.words[argument.word].place)
        return phrase_of_word(self.words[argument.value_word], argument.offset)

    def _phrases(self, setting: "Setting", given: Sequence[Argument]) -> tuple[Phrase, ...]:
        return tuple(
            Phrase.of("false", self.words[each.word].place)
            if each.option in setting.off
            else self.phrase(each)
            for each in given
        )


_FOR_OPTIONS = ("OPT", "ARG", "FLAG", "PARAM", "EXTRA", "@", "*")


def _is_for_options(word: Word) -> bool:
    return any(mark in word.raw.upper() for mark in _FOR_OPTIONS)


class Values:
    """What Python code sets: a configuration file, or the keywords of a call."""

    def __init__(self, kind: str, values: "Mapping[str, Value]") -> None:
        self.kind = kind
        self._values = values

    def value(self, key: str) -> "Value | None":
        """The value of a name; None when it has none."""
        return self._values.get(key)

    def get(self, setting: "Setting") -> Given | None:
        """The value of a name."""
        value = self._values.get(setting.key) if setting.key else None
        return None if value is None else phrases_of_value(value)


class Texts:
    """What a configuration file in another format sets."""

    def __init__(self, kind: str, values: Mapping[str, tuple[Phrase, ...]]) -> None:
        self.kind = kind
        self.values = values

    def get(self, setting: "Setting") -> Given | None:
        """The values of a name."""
        phrases = self.values.get(setting.key) if setting.key else None
        if phrases is None:
            return None
        return Known(phrases, tuple(p.place for p in phrases if p.place is not None))


class Doubt:
    """A source that cannot be read: it may set anything, or `only` what has these keys."""

    def __init__(
        self,
        kind: str,
        why: str,
        places: tuple[Place, ...] = (),
        *,
        only: tuple[str, ...] = (),
    ) -> None:
        self.kind = kind
        self._only = only
        self._unknown: Given = Unknown(why, None, places)

    def get(self, setting: "Setting") -> Given | None:
        """That it is not known."""
        if self._only:
            return self._unknown if setting.key in self._only else None
        return self._unknown if setting.key or setting.options else None
