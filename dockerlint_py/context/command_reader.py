"""Reads the builds and Compose invocations in one script, task file, pipeline or README."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from dockerlint_py.context import paths
from dockerlint_py.context.build_definitions import Declared, action_builds, bake_targets, steps
from dockerlint_py.context.commands import BuildCommand, Commands, ComposeCommand
from dockerlint_py.context.docker_cli import (
    BuildOptions,
    ComposeOptions,
    is_push,
    read_build,
    read_compose,
)
from dockerlint_py.context.locating import enter, locate_build, locate_compose, locate_file
from dockerlint_py.context.script_lines import Style, literal_variables, logical_lines, style_of
from dockerlint_py.context.snapshot import Snapshot
from dockerlint_py.context.words import Command, Word, split_commands
from dockerlint_py.facts import Confidence, Fact, Known, Unknown
from dockerlint_py.text import Place, Source

T = TypeVar("T")

_BAKE = "docker-bake.hcl"


def may_be_read(path: str) -> bool:
    """Whether a file is of a kind that holds commands."""
    return style_of(path) is not None or path.endswith(_BAKE)


def commands_in(snapshot: Snapshot, path: str) -> Commands:
    """The commands of one file; none when it is of no kind that holds commands."""
    source = snapshot.text(path)
    if source is None:
        return Commands((), ())
    folder, name = paths.split(path)
    if name == _BAKE:
        return Commands(tuple(_bake(snapshot, each, folder) for each in bake_targets(source)), ())
    style = style_of(path)
    if style is None or not _may_hold_commands(source.text):
        return Commands((), ())
    return _Reader(snapshot, source, style).read()


def _may_hold_commands(text: str) -> bool:
    """Whether a text has the words that every command of ours is made of."""
    engine = any(word in text for word in ("docker", "podman", "buildah", "build-push-action"))
    return engine and any(word in text for word in ("build", "compose", "stack"))


class _Reader:
    """Reads one file, keeping track of the folder that its commands run in."""

    __slots__ = ("_builds", "_composes", "_folder", "_pushes", "_snapshot", "_source", "_style",
                 "_variables")  # fmt: skip

    def __init__(self, snapshot: Snapshot, source: Source, style: Style) -> None:
        self._snapshot = snapshot
        self._source = source
        self._style = style
        self._folder = paths.split(source.path)[0]
        self._variables = literal_variables(source)
        self._builds: list[BuildCommand] = []
        self._composes: list[ComposeCommand] = []
        self._pushes = False

    def read(self) -> Commands:
        """All commands of the file."""
        folders = start = self._style.folders(self._folder)
        step_folders = dict(self._step_folders())
        for line in logical_lines(self._source, self._style):
            if not self._style.keeps_folder:
                number = self._source.position(line.span(0, 0).start).line
                folders = step_folders.get(number, start)
            for command in split_commands(line):
                folders = self._after(command, folders)
        declared = tuple(_action(self._snapshot, each) for each in action_builds(self._source))
        builds = [build._replace(pushes=build.pushes or self._pushes) for build in self._builds]
        return Commands((*builds, *declared), tuple(self._composes))

    def _step_folders(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The working folder of the lines of those workflow steps that name one."""
        if "working-directory" not in self._source.text:
            return
        for step in steps(self._source):
            written = step.settings.get("working-directory")
            if written is not None:
                below = None if "$" in written else paths.inside("", written.strip("'\""))
                for line in range(step.first_line, step.last_line + 1):
                    yield line, () if below is None else (below,)

    def _after(self, command: Command, folders: tuple[str, ...]) -> tuple[str, ...]:
        """Notes a command; returns the folders that the next one may run in."""
        words = command.words
        if words[0].text in ("cd", "pushd", "popd"):
            return self._changed(words, folders)
        if build := read_build(words):
            self._builds.append(self._build(build, command.place, folders))
        elif compose := read_compose(words):
            self._composes.append(self._compose(compose, command.place, folders))
        elif is_push(words):
            self._pushes = True
        return folders

    def _changed(self, words: Sequence[Word], folders: tuple[str, ...]) -> tuple[str, ...]:
        """The folders after `cd`; none when it cannot be told where it leads."""
        if len(words) != 2:
            return ()
        script = re.fullmatch(r"\$\(.*dirname .*\)(?:/([./\w-]*))?", words[1].text)
        if script:
            folders, target = (self._folder,), script[1] or "."
        else:
            fact = self._value(words[1])
            if not isinstance(fact, Known):
                return ()
            target = fact.value
        return enter(folders, target, self._snapshot.is_dir)

    def _value(self, word: Word) -> Fact[str]:
        """The text of a word, with the variables that the file sets once filled in."""
        if not word.dynamic:
            return Known(word.text)
        text = re.sub(r"\$(?:\((\w+)\)|\{(\w+)\}|(\w+))", self._filled, word.text)
        if re.search(r"[$`]|\{\{", text):
            return Unknown(f"{word.text} is only known at run time")
        return Known(text, confidence=Confidence.LIKELY)

    def _filled(self, found: re.Match[str]) -> str:
        name = found[1] or found[2] or found[3]
        return self._variables.get(name, found[0])

    def _build(self, options: BuildOptions, place: Place, folders: tuple[str, ...]) -> BuildCommand:
        written: Fact[str] = Unknown("the context is not given")
        if options.context:
            written = self._value(options.context)
        file = self._value(options.file) if options.file else None
        dockerfile, context = locate_build(self._snapshot, folders, written, file)
        target: Fact[str | None] = Known(None)
        if options.target:
            target = _optional(self._value(options.target))
        return BuildCommand(
            _at(dockerfile, place),
            _at(context, place),
            _at(target, place),
            dict(self._build_arg(word) for word in options.build_args),
            options.pushes,
            place,
            options.has_cache,
        )

    def _build_arg(self, word: Word) -> tuple[str, Fact[str | None]]:
        name, given, value = word.text.partition("=")
        if not given:
            return name, Unknown(f"{name} comes from the environment of the build")
        return name, _optional(self._value(word._replace(text=value)))

    def _compose(
        self, options: ComposeOptions, place: Place, folders: tuple[str, ...]
    ) -> ComposeCommand:
        given = [self._value(word) for word in options.files]
        for word in options.variables:
            name, _, value = word.text.partition("=")
            if name == "COMPOSE_FILE" and not given:
                separate = value.split(":") if not word.dynamic else [value]
                given = [self._value(word._replace(text=text)) for text in separate]
        if options.project_folder and not given:
            inner = self._value(options.project_folder)
            there = self._snapshot.is_dir
            folders = enter(folders, inner.value, there) if isinstance(inner, Known) else ()
        folder, files = locate_compose(self._snapshot, folders, given)
        env_files = (self._value(word) for word in options.env_files)
        return ComposeCommand(
            options.command,
            _at(folder, place),
            _at(files, place),
            tuple(self._value(word) for word in options.profiles),
            tuple(locate_file(self._snapshot, folders, file) for file in env_files),
            place,
        )


def _action(snapshot: Snapshot, declared: Declared) -> BuildCommand:
    """A use of the action; without `context` it builds the repository itself."""
    settings = declared.settings
    context = (settings.get("context", ".") or "").replace("{{defaultContext}}:", "")
    written: Fact[str] = Known(context.replace("{{defaultContext}}", "."))
    if settings.get("context", ".") is None:
        written = Unknown("the context is only known at run time")
    dockerfile, folder = locate_build(snapshot, ("",), written, _setting(settings, "file"))
    return _declared(declared, dockerfile, folder, settings.get("push", "false") != "false")


def _bake(snapshot: Snapshot, declared: Declared, folder: str) -> BuildCommand:
    """A target of a bake file; its Dockerfile is relative to its context."""
    settings = declared.settings
    if "inherits" in settings or "dockerfile-inline" in settings:
        unknown: Unknown[str] = Unknown("the target is not written out in one place")
        return _declared(declared, unknown, unknown, pushes=False)
    written = _setting(settings, "context") or Known(".")
    file = _setting(settings, "dockerfile")
    if isinstance(written, Known) and isinstance(file, Known):
        file = Known(paths.join(written.value, file.value))
    dockerfile, context = locate_build(snapshot, (folder,), written, file)
    return _declared(declared, dockerfile, context, pushes=False)


def _setting(settings: Mapping[str, str | None], name: str) -> Fact[str] | None:
    """A setting as a fact; None when it is not given."""
    if name not in settings:
        return None
    value = settings[name]
    return Unknown(f"{name} is only known at run time") if value is None else Known(value)


def _declared(
    declared: Declared, dockerfile: Fact[str], context: Fact[str], pushes: bool
) -> BuildCommand:
    target = _setting(declared.settings, "target")
    why = "it is only known at run time"
    given = declared.build_args.items()
    return BuildCommand(
        _at(dockerfile, declared.place),
        _at(context, declared.place),
        _at(_optional(target) if target else Known(None), declared.place),
        {name: Unknown(why) if value is None else Known(value) for name, value in given},
        pushes,
        declared.place,
        any(name in declared.settings for name in ("cache-from", "builder")),
    )


def _at(fact: Fact[T], place: Place) -> Fact[T]:
    return fact._replace(places=(place,))


def _optional(fact: Fact[str]) -> Fact[str | None]:
    if isinstance(fact, Known):
        return Known(fact.value, fact.places, fact.confidence, fact.says)
    return Unknown(fact.why, fact.maybe, fact.places)
