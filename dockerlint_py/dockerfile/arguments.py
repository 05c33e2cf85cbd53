"""Flags and arguments of an instruction, each instruction in its own grammar."""

import re
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from dockerlint_py.dockerfile.characters import SEPARATORS, SPACE
from dockerlint_py.dockerfile.json_form import is_other_array, read_strings
from dockerlint_py.dockerfile.splice import Part, splice
from dockerlint_py.dockerfile.syntax import Arguments, Flag, Pair, Problem, Word
from dockerlint_py.text.regex import regex

_Reader: TypeAlias = Callable[[Word, str, list[Problem]], Arguments]

_VISIBLE = regex(f"[^{SPACE}]")
_KEYWORD = regex(f"([^{SEPARATORS}]++)[{SPACE}]*+")
_UNSEPARATED = regex(f"[^{SEPARATORS}]++")
_UNSPACED = regex(f"[^{SPACE}]++")
_FLAG = regex(
    rf"""--(?:[^{SPACE}'"\\]|\\.?|"(?:[^"\\]|\\.?)*+"?|'(?:[^'\\]|\\.?)*+'?)*+""", re.DOTALL
)
_FLAG_TOKEN = regex(
    r""""(?P<double>(?:[^"\\]|\\.?)*+)"?|'(?P<single>(?:[^'\\]|\\.?)*+)'?"""
    r"""|\\(?P<escaped>.?)|[^'"\\]++""",
    re.DOTALL,
)
_QUOTING = regex(r"['\"\\]")
_QUOTED_TOKEN = regex(r"\\(?P<escaped>.?)|[^\\]++", re.DOTALL)
_QUOTABLE: Final = {
    escape: regex(
        rf"""(?:[^{SPACE}'"{char}]|{char}.|"(?:[^"{char}]|{char}.)*+"?|'[^']*+'?)++""", re.DOTALL
    )
    for escape, char in (("\\", r"\\"), ("`", "`"))
}


def rest_of(word: Word, at: int) -> Word:
    """The end of a word from the first character after `at` that is not white space."""
    match = _VISIBLE.search(word.owner.text, at, word.end)
    return Word(word.owner, match.start() if match else word.end, word.end)


def split_keyword(line: Word) -> tuple[Word, Word]:
    """The first word of a line without white space around it, and the rest."""
    owner, start, end = line
    match = _KEYWORD.match(owner.text, start, end)
    if match is None:
        return Word(owner, start, start), line
    return Word(owner, start, match.end(1)), Word(owner, match.end(), end)


def split_flags(rest: Word) -> tuple[tuple[Flag, ...], Word]:
    """The flags that a text begins with, and the rest; a lone `--` ends them."""
    owner, start, end = rest
    if not owner.text.startswith("--", start, end):
        return (), rest
    flags = []
    while match := _FLAG.match(owner.text, start, end):
        start = match.end()
        word = _unquoted(Word(owner, match.start(), start))
        if word.value == "--":
            break
        flags.append(_flag(word))
        start = rest_of(rest, start).start
    return tuple(flags), rest_of(rest, start)


def read_arguments(keyword: str, original: Word, escape: str, problems: list[Problem]) -> Arguments:
    """The arguments of an instruction: none when there is no text or no such instruction."""
    reader = _READERS.get(keyword)
    if reader is None or original.start == original.end:
        return Arguments()
    return reader(original, escape, problems)


def _flag(word: Word) -> Flag:
    name, equals, _ = word.value[2:].partition("=")
    after = word.start + 2 + len(name) + 1
    return Flag(name, word, Word(word.owner, after, word.end) if equals else None)


def _unquoted(word: Word) -> Word:
    if not _QUOTING.search(word.value):
        return word
    text = splice(word.owner, _flag_parts(word))
    return Word(text, 0, len(text))


def _flag_parts(word: Word) -> Iterator[Part]:
    text = word.owner.text
    for match in _FLAG_TOKEN.finditer(text, word.start, word.end):
        if match.lastgroup in {"double", "single"}:
            for inner in _QUOTED_TOKEN.finditer(text, *match.span(match.lastgroup)):
                yield Part(*inner.span(inner.lastgroup or 0))
        else:
            yield Part(*match.span(match.lastgroup or 0))


def _read_text(original: Word, _escape: str, _problems: list[Problem]) -> Arguments:
    return Arguments((original,))


def _read_words(original: Word, _escape: str, _problems: list[Problem]) -> Arguments:
    return Arguments(tuple(_words(_UNSEPARATED, original)))


def _read_command(original: Word, _escape: str, problems: list[Problem]) -> Arguments:
    return _read_json(original, problems) or Arguments((original,))


def _read_paths(original: Word, _escape: str, problems: list[Problem]) -> Arguments:
    return _read_json(original, problems) or Arguments(tuple(_words(_UNSEPARATED, original)))


def _read_health_check(original: Word, _escape: str, problems: list[Problem]) -> Arguments:
    kind = _words(_UNSPACED, original)[0]
    rest = rest_of(original, kind.end)
    if rest.start == rest.end:
        return Arguments((kind,))
    read = _read_json(rest, problems) or Arguments((rest,))
    return read._replace(args=(kind, *read.args))


def _read_json(original: Word, problems: list[Problem]) -> Arguments | None:
    if not original.owner.text.startswith("[", original.start):
        return None
    strings = read_strings(original)
    if strings is not None:
        return Arguments(strings, json=True)
    if is_other_array(original.value):
        message = "when using JSON array syntax, arrays must be comprised of strings only"
        problems.append(Problem("json-not-strings", message, original.span))
    return None


def _read_names(original: Word, escape: str, _problems: list[Problem]) -> Arguments:
    words = tuple(_words(_QUOTABLE[escape], original))
    return Arguments(words, pairs=tuple(_pair(word) for word in words))


def _read_pairs(original: Word, escape: str, problems: list[Problem]) -> Arguments:
    words = _words(_QUOTABLE[escape], original)
    legacy = bool(words) and "=" not in words[0].value
    pairs = [_legacy_pair(original)] if legacy else [_pair(word) for word in words]
    problems += (_no_value(pair.key, legacy=legacy) for pair in pairs if pair.value is None)
    args = (word for pair in pairs for word in pair if word is not None)
    return Arguments(tuple(args), pairs=tuple(pairs), legacy=legacy)


def _legacy_pair(original: Word) -> Pair:
    key, *others = _words(_UNSEPARATED, original)
    value = Word(original.owner, others[0].start, original.end) if others else None
    return Pair(key, value)


def _pair(word: Word) -> Pair:
    at = word.owner.text.find("=", word.start, word.end)
    if at == -1:
        return Pair(word, None)
    return Pair(Word(word.owner, word.start, at), Word(word.owner, at + 1, word.end))


def _no_value(word: Word, *, legacy: bool) -> Problem:
    if legacy:
        message = f"{word.value} must have a value"
        return Problem("missing-value", message, word.span)
    message = f"can't find = in {word.value!r}: must be of the form name=value"
    return Problem("missing-equals", message, word.span)


def _words(pattern: re.Pattern[str], word: Word) -> list[Word]:
    owner, start, end = word
    return [Word(owner, *match.span()) for match in pattern.finditer(owner.text, start, end)]


_READERS: Final[dict[str, _Reader]] = {
    "ADD": _read_paths,
    "ARG": _read_names,
    "CMD": _read_command,
    "COPY": _read_paths,
    "ENTRYPOINT": _read_command,
    "ENV": _read_pairs,
    "EXPOSE": _read_words,
    "FROM": _read_words,
    "HEALTHCHECK": _read_health_check,
    "LABEL": _read_pairs,
    "MAINTAINER": _read_text,
    "RUN": _read_command,
    "SHELL": _read_command,
    "STOPSIGNAL": _read_text,
    "USER": _read_text,
    "VOLUME": _read_paths,
    "WORKDIR": _read_text,
}
