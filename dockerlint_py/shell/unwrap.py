"""Peels wrappers off a command: `exec tini -- gosu app gunicorn x` runs gunicorn, as app."""

from collections.abc import Sequence

from dockerlint_py.record import NamedTuple
from dockerlint_py.shell.command import Assignment
from dockerlint_py.shell.family import POSIX_SHELLS, basename
from dockerlint_py.shell.program import Program, program
from dockerlint_py.shell.word import Word
from dockerlint_py.shell.wrappers import WRAPPERS, WrapperKind, WrapperSpec
from dockerlint_py.text import LogicalText

_MAX_WRAPPERS = 32

_SHELL_VALUES = frozenset({"--rcfile", "--init-file"})
_SCRIPT_OPTIONS = frozenset({"-c", "--command", "--session-command"})


class Wrapper(NamedTuple):
    """One wrapper that was peeled off: its base name, and all of its own words."""

    name: str
    words: tuple[Word, ...]

    def has(self, *options: str) -> bool:
        """Whether one of these options (`-g`, `--single-child`) is among its words."""
        return any(_names(word.value, option) for word in self.words[1:] for option in options)


class Unwrapped(NamedTuple):
    """What a command really runs.

    `words` is the command that is left: empty when it is a `script` for `shell`, which has to be
    split again; `arguments` are then its `$0`, `$1`... `environment` holds what `env` and `sudo`
    set, `user` the user that it runs as if a wrapper says so. `module` tells that the first word
    names a Python module (`uv run -m gunicorn`).
    """

    words: tuple[Word, ...]
    wrappers: tuple[Wrapper, ...] = ()
    environment: tuple[Assignment, ...] = ()
    user: Word | None = None
    script: LogicalText | None = None
    shell: Word | None = None
    arguments: tuple[Word, ...] = ()
    module: bool = False

    @property
    def program(self) -> Program | None:
        """The program that is run, interpreters seen through; None for a script."""
        return program(self.words, module=self.module) if self.words else None

    def wrapper(self, *names: str) -> Wrapper | None:
        """The outermost wrapper of one of these names."""
        return next((wrapper for wrapper in self.wrappers if wrapper.name in names), None)


class _Options(NamedTuple):
    """The options of one wrapper, and where the words behind them begin."""

    given: dict[str, Word | None]
    at: int


class _Peeled(NamedTuple):
    """What one wrapper leaves: the command begins at `at`, unless it is a script."""

    at: int
    environment: tuple[Assignment, ...] = ()
    user: Word | None = None
    script: Word | None = None
    shell: Word | None = None
    module: bool = False


def unwrap(words: Sequence[Word]) -> Unwrapped:
    """Peels every known wrapper off the words of a command.

    A wrapper that is not understood, or that runs nothing, stays: it is then the program.
    """
    argv = tuple(words)
    at = 0
    found = Unwrapped(())
    while at < len(argv) and len(found.wrappers) < _MAX_WRAPPERS:
        peeled = _peel(argv, at)
        if peeled is None:
            break
        wrapper = Wrapper(basename(argv[at].value), argv[at : peeled.at])
        found = found._replace(
            wrappers=(*found.wrappers, wrapper),
            environment=(*found.environment, *peeled.environment),
            user=peeled.user or found.user,
            module=peeled.module,
        )
        at = peeled.at
        if peeled.script is not None:
            script = peeled.script.cooked()
            return found._replace(script=script, shell=peeled.shell, arguments=argv[at:])
        if peeled.module:
            break
    return found._replace(words=argv[at:])


def _peel(words: tuple[Word, ...], at: int) -> _Peeled | None:
    name = basename(words[at].value)
    if name in POSIX_SHELLS:
        return _shell(words, at)
    spec = WRAPPERS.get(name)
    if spec is None:
        return None
    if spec.kind is WrapperKind.SEPARATED:
        return _separated(words, at)
    if spec.kind is WrapperKind.SU:
        return _su(words, at, spec)
    return _plain(words, at, spec)


def _plain(words: tuple[Word, ...], at: int, spec: WrapperSpec) -> _Peeled | None:
    options = _options(words, at + 1, spec)
    if options is not None and spec.subcommand:
        options = _after_subcommand(words, options, spec)
    if options is None:
        return None
    user = next((options.given[name] for name in options.given if name in spec.user), None)
    at = options.at
    if "0" in spec.user and at < len(words):
        user = words[at]
    at += spec.positional
    environment = []
    while spec.kind is WrapperKind.ENV and at < len(words) and _is_assignment(words[at]):
        environment.append(_assignment(words[at]))
        at += 1
    if at >= len(words):
        return None
    module = spec.kind is WrapperKind.MODULE and bool({"-m", "--module"} & options.given.keys())
    return _Peeled(at, tuple(environment), user, module=module)


def _after_subcommand(
    words: tuple[Word, ...], options: _Options, spec: WrapperSpec
) -> _Options | None:
    if options.at >= len(words) or words[options.at].value not in spec.subcommand:
        return None
    return _options(words, options.at + 1, spec)


def _options(words: tuple[Word, ...], at: int, spec: WrapperSpec) -> _Options | None:
    """Reads options up to the first word that is none, or behind `--`."""
    given: dict[str, Word | None] = {}
    while at < len(words):
        text = words[at].value
        if text == "--":
            at += 1
            break
        if not text.startswith("-") or (text == "-" and spec.kind is not WrapperKind.ENV):
            break
        options, taken = _option(words, at, spec)
        if spec.stops & options.keys():
            return None
        given.update(options)
        at += taken
    return _Options(given, at)


def _option(
    words: tuple[Word, ...], at: int, spec: WrapperSpec
) -> tuple[dict[str, Word | None], int]:
    """The options in one word with their values, and how many words they take."""
    word = words[at]
    if word.value.startswith("--") or spec.long_with_one_dash:
        return _long_option(words, at, spec)
    options: dict[str, Word | None] = {}
    for index, letter in enumerate(word.value[1:], start=1):
        name = f"-{letter}"
        options[name] = None
        if name in spec.values and index + 1 < len(word.value):
            options[name] = word.after(index + 1)
            break
        if name in spec.values:
            options[name] = _following(words, at)
            return options, 2
    return options, 1


def _long_option(
    words: tuple[Word, ...], at: int, spec: WrapperSpec
) -> tuple[dict[str, Word | None], int]:
    word = words[at]
    name, equals, _ = word.value.partition("=")
    if spec.long_with_one_dash:
        name = name.replace("--", "-", 1)
    if equals:
        return {name: word.after(word.raw.find("=") + 1)}, 1
    if name in spec.values or ("--*" in spec.values and name not in spec.stops):
        return {name: _following(words, at)}, 2
    return {name: None}, 1


def _following(words: tuple[Word, ...], at: int) -> Word | None:
    return words[at + 1] if at + 1 < len(words) else None


def _separated(words: tuple[Word, ...], at: int) -> _Peeled | None:
    for index in range(at + 1, len(words) - 1):
        if words[index].value == "--":
            return _Peeled(index + 1)
    return None


def _su(words: tuple[Word, ...], at: int, spec: WrapperSpec) -> _Peeled | None:
    """`su [options] [-] user [options] -c command`, and `runuser -u user -- command`."""
    given: dict[str, Word | None] = {}
    user: Word | None = None
    at += 1
    while at < len(words):
        text = words[at].value
        if text.startswith("-") and text not in ("-", "--"):
            options, taken = _option(words, at, spec)
            given.update(options)
            at += taken
            continue
        if text not in ("-", "--"):
            if user is not None or spec.user & given.keys():
                break
            user = words[at]
        at += 1
    named = next((given[name] for name in spec.user if name in given), None)
    if named is not None:
        return _Peeled(at, user=named) if at < len(words) else None
    script = next((given[name] for name in _SCRIPT_OPTIONS if given.get(name)), None)
    shell = given.get("-s") or given.get("--shell")
    return _Peeled(at, user=user, script=script, shell=shell) if script is not None else None


def _shell(words: tuple[Word, ...], at: int) -> _Peeled | None:
    """`sh -c script [name arguments...]`; a shell that reads a file is no wrapper."""
    shell = words[at]
    at += 1
    has_script = False
    while at < len(words) and len(text := words[at].value) > 1 and text[0] in "-+" and text != "--":
        if text.startswith("--"):
            at += 2 if text in _SHELL_VALUES else 1
            continue
        has_script = has_script or (text[0] == "-" and "c" in text)
        at += 2 if "o" in text or "O" in text else 1
    if at < len(words) and words[at].value in ("-", "--"):
        at += 1
    if not has_script or at >= len(words):
        return None
    return _Peeled(at + 1, script=words[at], shell=shell)


def _is_assignment(word: Word) -> bool:
    name, equals, _ = word.value.partition("=")
    return bool(equals) and name.isidentifier()


def _assignment(word: Word) -> Assignment:
    return Assignment(word.value.partition("=")[0], word.after(word.raw.find("=") + 1))


def _names(text: str, option: str) -> bool:
    if option.startswith("--") or len(option) > 2:
        return text.partition("=")[0] == option
    return text.startswith("-") and not text.startswith("--") and option[1:] in text[1:]
