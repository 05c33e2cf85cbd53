"""Regular expressions that cost nothing until they are used."""

import re
from typing import AnyStr, cast

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


class _LazyPattern:
    """Stands for a pattern: compiled at the first use, it gives its own methods away."""

    def __init__(self, text: str | bytes, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        """An attribute of the pattern that was not asked for before."""
        compiled = re.compile(self._text, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, but compiled when it is first used.

    To compile one takes 0.2 ms, and most runs need few of those that the imported modules hold.
    """
    return cast("re.Pattern[AnyStr]", _LazyPattern(text, flags))
