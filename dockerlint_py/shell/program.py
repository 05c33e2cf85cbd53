"""The program that a command line means, interpreters seen through."""

from collections.abc import Sequence

from dockerlint_py.record import NamedTuple
from dockerlint_py.shell.family import POSIX_SHELLS, basename
from dockerlint_py.shell.word import Word
from dockerlint_py.text.regex import regex

_PYTHON = regex(r"(?:python|pypy)(?:[0-9](?:\.[0-9]+)?t?)?\Z")
_PYTHON_VALUES = frozenset("WX")
_LONG_VALUES = frozenset({"--check-hash-based-pycs"})


class Program(NamedTuple):
    """A program and its arguments.

    `name` is what rules ask for: `gunicorn` for `/venv/bin/gunicorn`, `python -m gunicorn` and
    `python /venv/bin/gunicorn`; `manage.py` for each way to run it; `python` when it reads code
    from `-c` or its input. `word` is the word that the name was read from. `interpreter` is
    `python`, the base name of a shell, or nothing; `flags` are the interpreter's own words.
    `module` and `script` tell how the interpreter finds the program, `code` is the text of `-c`.
    """

    name: str
    word: Word
    arguments: tuple[Word, ...]
    interpreter: str = ""
    flags: tuple[Word, ...] = ()
    module: str = ""
    script: Word | None = None
    code: Word | None = None

    @property
    def python_flags(self) -> frozenset[str]:
        """Python's single-letter options without values: `-uOO` gives `u` and `O`."""
        if self.interpreter != "python":
            return frozenset()
        return frozenset(_letters(self.flags))


def program(argv: Sequence[Word], *, module: bool = False) -> Program:
    """The program that an unwrapped command runs; `argv` is not empty.

    `module` says that the first word is the name of a Python module.
    """
    words = tuple(argv)
    first = words[0]
    if module:
        return Program(first.value, first, words[1:], "python", module=first.value)
    name = basename(first.value)
    if _PYTHON.match(name):
        return _python(words)
    if name in POSIX_SHELLS:
        return _shell_script(words, name)
    script = first if name.endswith((".py", ".sh")) else None
    return Program(name, first, words[1:], script=script)


def _python(words: tuple[Word, ...]) -> Program:
    at = 1
    while at < len(words):
        text = words[at].value
        if not text.startswith("-") or text == "-":
            break
        if text.startswith("--"):
            at += 2 if text in _LONG_VALUES else 1
            continue
        index = next((i for i, letter in enumerate(text) if i and letter in "mcWX"), 0)
        letter = text[index] if index else ""
        attached = bool(letter) and index + 1 < len(text)
        if letter and letter in "mc":
            value = words[at].after(index + 1) if attached else _at(words, at + 1)
            rest = words[at + 1 + (not attached) :]
            return _python_target(letter, value, rest, words[: at + 1])
        at += 2 if letter and not attached else 1
    return _python_file(words, at)


def _python_target(
    letter: str, value: Word | None, rest: tuple[Word, ...], before: tuple[Word, ...]
) -> Program:
    word, flags = before[0], before[1:]
    if value is None:
        return Program("python", word, rest, "python", flags)
    if letter == "c":
        return Program("python", word, rest, "python", flags, code=value)
    return Program(value.value, value, rest, "python", flags, module=value.value)


def _python_file(words: tuple[Word, ...], at: int) -> Program:
    script = _at(words, at)
    flags = words[1:at]
    if script is None or script.value == "-":
        return Program("python", words[0], words[at + 1 :], "python", flags)
    name = basename(script.value)
    return Program(name, script, words[at + 1 :], "python", flags, script=script)


def _shell_script(words: tuple[Word, ...], shell: str) -> Program:
    at = 1
    while at < len(words) and words[at].value[:1] in ("-", "+") and words[at].value != "-":
        at += 2 if words[at].value.endswith("o") else 1
    script = _at(words, at)
    if script is None:
        return Program(shell, words[0], (), shell, words[1:])
    return Program(
        basename(script.value), script, words[at + 1 :], shell, words[1:at], script=script
    )


def _letters(flags: tuple[Word, ...]) -> list[str]:
    letters: list[str] = []
    takes_value = False
    for word in flags:
        if takes_value or not word.value.startswith("-") or word.value.startswith("--"):
            takes_value = False
            continue
        for letter in word.value[1:]:
            if letter in "mcWX":
                takes_value = letter in _PYTHON_VALUES and word.value.endswith(letter)
                break
            letters.append(letter)
    return letters


def _at(words: tuple[Word, ...], index: int) -> Word | None:
    return words[index] if index < len(words) else None
