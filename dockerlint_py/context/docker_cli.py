"""Reads the arguments of `docker build`, `docker compose` and their relatives.

Option names are those of `docker buildx build --help`, `docker build --help`, `docker compose
--help`, `docker stack deploy --help` and of podman's, buildah's and nerdctl's commands.
"""

from collections.abc import Iterator, Sequence

from dockerlint_py.context.words import Word
from dockerlint_py.record import NamedTuple
from dockerlint_py.text.regex import regex

_ENGINES = frozenset({"docker", "podman", "nerdctl"})
_BUILD_WORDS = (
    *(("build",), ("image", "build"), ("builder", "build")),
    *(("buildx", "build"), ("buildx", "b")),
)
_PREFIXES = frozenset(
    {
        *("sudo", "exec", "time", "nohup", "env", "command"),
        *("then", "do", "else", "if", "!", "{"),
        *("$", "%", "@", "-", "+"),
    }
)

_GLOBAL_VALUES = frozenset({"-c", "--context", "--config", "-H", "--host", "-l", "--log-level"})
_BUILD_VALUES = frozenset(
    {
        *("-f", "--file", "-t", "--tag", "--target", "--build-arg", "--build-context"),
        *("--platform", "--cache-from", "--cache-to", "--label", "--annotation", "--network"),
        *("--progress", "--secret", "--ssh", "-o", "--output", "--add-host", "--iidfile"),
        *("--metadata-file", "--shm-size", "--ulimit", "--builder", "--attest", "--allow"),
        *("-m", "--memory", "--memory-swap", "--cgroup-parent", "--cpu-period", "--cpu-quota"),
        *("-c", "--cpu-shares", "--cpuset-cpus", "--cpuset-mems", "--isolation", "--call"),
        *("--security-opt", "--format", "--no-cache-filter", "--authfile", "--layers-label"),
        *("-v", "--volume", "--jobs", "--arch", "--os", "--ignorefile", "--env", "--runtime"),
    }
)
_CACHES = ("--cache-from", "--builder")
"""Options that bring the layers of earlier builds, or may: another builder has its own cache."""
_COMPOSE_VALUES = frozenset(
    {
        *("-f", "--file", "-p", "--project-name", "--profile", "--env-file"),
        *("--project-directory", "--ansi", "--progress", "--parallel", *_GLOBAL_VALUES),
    }
)
_STACK_VALUES = frozenset({"-c", "--compose-file", "--orchestrator", "--resolve-image"})


_ASSIGNMENT = regex(r"[A-Za-z_][A-Za-z0-9_]*=")


class BuildOptions(NamedTuple):
    """The arguments of a build; `context` is None unless there is exactly one."""

    file: Word | None
    context: Word | None
    target: Word | None
    build_args: tuple[Word, ...]
    pushes: bool
    has_cache: bool


class ComposeOptions(NamedTuple):
    """The arguments of Compose; `command` is `up`, `build`..., or `stack deploy`."""

    command: str
    files: tuple[Word, ...]
    profiles: tuple[Word, ...]
    env_files: tuple[Word, ...]
    project_folder: Word | None
    variables: tuple[Word, ...]
    """Assignments before the command: `COMPOSE_FILE=a.yml docker compose up`."""


def read_build(words: Sequence[Word]) -> BuildOptions | None:
    """The build that a command starts; None for any other command."""
    _, words = _unwrapped(words)
    rest = _build_arguments(words)
    if rest is None:
        return None
    options, positional = _options(rest, _BUILD_VALUES, stop_at_word=False)
    outputs = [word.text for name, word in options if name in ("-o", "--output") and word]
    return BuildOptions(
        _last(options, "-f", "--file"),
        positional[0] if len(positional) == 1 else None,
        _last(options, "--target"),
        tuple(word for name, word in options if name == "--build-arg" and word),
        any(name == "--push" and not (word and word.text == "false") for name, word in options)
        or any("type=registry" in text or "push=true" in text for text in outputs),
        any(name in _CACHES for name, _ in options),
    )


def read_compose(words: Sequence[Word]) -> ComposeOptions | None:
    """The Compose invocation of a command; None for any other command."""
    variables, words = _unwrapped(words)
    rest, stack = _compose_arguments(words)
    if rest is None:
        return None
    values = _STACK_VALUES if stack else _COMPOSE_VALUES
    options, positional = _options(rest, values, stop_at_word=not stack)
    if not positional:
        return None
    file_names = ("-c", "--compose-file") if stack else ("-f", "--file")
    return ComposeOptions(
        "stack deploy" if stack else positional[0].text,
        _all(options, *file_names),
        _all(options, "--profile"),
        _all(options, "--env-file"),
        _last(options, "--project-directory"),
        variables,
    )


def is_push(words: Sequence[Word]) -> bool:
    """Whether the command sends an image to a registry."""
    _, words = _unwrapped(words)
    if not words or words[0].text not in {*_ENGINES, "buildah"}:
        return False
    rest = _after_globals(words[1:])
    return [word.text for word in rest[:1]] == ["push"] or [word.text for word in rest[:2]] == [
        "image",
        "push",
    ]


def _unwrapped(words: Sequence[Word]) -> tuple[tuple[Word, ...], Sequence[Word]]:
    """The assignments before a command, and its words without `sudo`, `exec`, prompts..."""
    variables: list[Word] = []
    at = 0
    while at < len(words):
        text = words[at].text
        if _ASSIGNMENT.match(text):
            variables.append(words[at])
        elif text.lstrip("@-+") in _ENGINES and text not in _ENGINES:
            words = [words[at]._replace(text=text.lstrip("@-+")), *words[at + 1 :]]
            return tuple(variables), words
        elif text not in _PREFIXES and not (at and text in ("-E", "-n")):
            break
        at += 1
    return tuple(variables), words[at:]


def _build_arguments(words: Sequence[Word]) -> Sequence[Word] | None:
    """What follows the words that mean "build"."""
    if not words:
        return None
    if words[0].text == "buildah":
        return words[2:] if len(words) > 1 and words[1].text in ("build", "bud") else None
    if words[0].text not in _ENGINES:
        return None
    rest = _after_globals(words[1:])
    for names in _BUILD_WORDS:
        if tuple(word.text for word in rest[: len(names)]) == names:
            return rest[len(names) :]
    return None


def _compose_arguments(words: Sequence[Word]) -> tuple[Sequence[Word] | None, bool]:
    """What follows the words that mean Compose, and whether they mean `stack deploy`."""
    if words and words[0].text.lstrip("@-+") in ("docker-compose", "podman-compose"):
        return words[1:], False
    if not words or words[0].text not in _ENGINES:
        return None, False
    rest = _after_globals(words[1:])
    texts = [word.text for word in rest[:2]]
    if texts[:1] == ["compose"]:
        return rest[1:], False
    if texts[:1] == ["stack"] and texts[1:] in (["deploy"], ["up"]):
        return rest[2:], True
    return None, False


def _after_globals(words: Sequence[Word]) -> Sequence[Word]:
    """The words behind docker's own options."""
    at = 0
    while at < len(words) and words[at].text.startswith("-"):
        at += 2 if words[at].text in _GLOBAL_VALUES else 1
    return words[at:]


_Option = tuple[str, Word | None]


def _options(
    words: Sequence[Word], with_value: frozenset[str], *, stop_at_word: bool
) -> tuple[list[_Option], list[Word]]:
    """Options with their values, and the other words (only the first with `stop_at_word`)."""
    options: list[_Option] = []
    positional: list[Word] = []
    queue = iter(words)
    for word in queue:
        if word.text == "--":
            positional += queue
        elif not word.text.startswith("-") or word.text == "-":
            positional.append(word)
            if stop_at_word:
                break
        else:
            options.append(_option(word, queue, with_value))
    return options, positional


def _option(word: Word, queue: Iterator[Word], with_value: frozenset[str]) -> _Option:
    name, equals, _ = word.text.partition("=")
    if equals and name.startswith("--"):
        return name, _tail(word, len(name) + 1)
    if word.text in with_value:
        return word.text, next(queue, None)
    short = word.text[:2]
    if not word.text.startswith("--") and len(word.text) > 2 and short in with_value:
        return short, _tail(word, 3 if word.text[2] == "=" else 2)
    return word.text, None


def _tail(word: Word, length: int) -> Word:
    return word._replace(text=word.text[length:])


def _all(options: list[_Option], *names: str) -> tuple[Word, ...]:
    return tuple(word for name, word in options if name in names and word)


def _last(options: list[_Option], *names: str) -> Word | None:
    found = _all(options, *names)
    return found[-1] if found else None
