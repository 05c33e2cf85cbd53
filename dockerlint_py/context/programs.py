"""Commands of a project that are given outside of its images and its Compose files.

Scripts, Makefiles, task files and pipelines hold them, so do READMEs, and the files of platforms
that start containers: Heroku, Fly.io, Render, Railway, Kubernetes and Helm. Whoever asks whether
something is run at all has to look there too.
"""

from collections.abc import Collection, Iterator
from enum import Enum

from dockerlint_py.context import paths
from dockerlint_py.context.scope import Scope
from dockerlint_py.context.script_lines import is_workflow, logical_lines, style_of
from dockerlint_py.context.tree import Kind
from dockerlint_py.context.words import split_commands
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source
from dockerlint_py.text.regex import regex

MAX_FILES = 2000
MAX_BYTES = 400_000
"""Further files, and larger ones, are not read."""

PROGRAMS = (
    *("manage.py", "django-admin", "django", "alembic", "aerich", "flask", "celery", "litestar"),
    "alchemy",
)
"""Command lines of frameworks; `django` is one behind `-m`."""

_MAX_ARGUMENTS = 12
_WANTED = regex(r"manage\.py|django|alembic|aerich|flask|celery|litestar|alchemy")
_TOKEN = regex(r"[^\s\"'`,\[\]()<>]+")
_STOPS = ("&&", "||", "|", ";", "&")
_PLATFORM = regex(
    r"Procfile(?:\..+)?|(?:fly|railway|nixpacks|zeabur|koyeb)(?:\..+)?\.(?:toml|json)|app\.json"
    r"|.+\.(?:ya?ml|tpl|tf|hcl|service|config|conf|ini|j2|nomad)|.*task[-_]?def.*\.json"
    r"|Dockerrun\.aws\.json|captain-definition|Jenkinsfile.*|.+\.(?:groovy|ps1|bat|cmd)"
)
"""Files of platforms, of Kubernetes, Helm and Ansible, of process supervisors; odd scripts."""
_INFRASTRUCTURE = ("infra", "infrastructure", "cdk", "pulumi", "iac", "deploy", "deployment", "ops")
_PROGRAMMED = (".ts", ".js", ".go", ".rb")
"""Folders in which code describes a deployment, and endings of it; Python is searched anyway."""
_SCRIPT = regex(r"pyproject\.toml|(?:post|pre|release|run|start|deploy|entrypoint)[\w-]*")
_DOCUMENTATION = (".md", ".rst", ".txt", ".adoc")
_SCRIPT_FOLDERS = ("bin", "scripts", "script", "hooks", "deploy", "docker", "ops", "ci", ".ci")


class CommandOrigin(Enum):
    """What kind of file gives a command, in words."""

    SCRIPT = "a script"
    PIPELINE = "a pipeline"
    PLATFORM = "a platform"
    DOCUMENTATION = "the documentation"


class ProgramCommand(NamedTuple):
    """A program of `PROGRAMS` with the words behind it, and where it is written."""

    program: str
    arguments: tuple[str, ...]
    origin: CommandOrigin
    place: Place


def find_programs(scope: Scope, without: Collection[str] = ()) -> tuple[ProgramCommand, ...]:
    """The commands in all files of a scope but those `without`: Compose files, for example."""
    found: list[ProgramCommand] = []
    read = 0
    for folder, entries in scope.folders:
        for name, kind in entries.items():
            path = paths.join(folder, name)
            origin = _origin(folder, name) if kind is Kind.FILE else None
            if origin is None or path in without or not scope.holds(path) or read >= MAX_FILES:
                continue
            read += 1
            if scope.snapshot.size(path) <= MAX_BYTES:
                source = scope.snapshot.text(path)
                found += programs_in(source, origin) if source is not None else ()
    return tuple(found)


def programs_in(source: Source, origin: CommandOrigin) -> Iterator[ProgramCommand]:
    """The commands in one file."""
    if not any(word in source.text for word in PROGRAMS):
        return
    style = style_of(source.path)
    if origin is CommandOrigin.PLATFORM or origin is CommandOrigin.DOCUMENTATION or style is None:
        for start, end in _blocks(source, whole=origin is CommandOrigin.PLATFORM):
            yield from _programs(source.text[start:end], origin, source, start)
        return
    for line in logical_lines(source, style, _WANTED):
        for command in split_commands(line):
            text = line.text[command.words[0].start : command.words[-1].end]
            for found in _programs(text, origin, source, 0):
                yield found._replace(place=command.place)


def programs_deployment(folder: str, name: str) -> bool:
    """Whether a file is code that describes a deployment, as those of Pulumi and the CDK are."""
    return name.endswith(_PROGRAMMED) and any(p in _INFRASTRUCTURE for p in folder.split("/"))


def _origin(folder: str, name: str) -> CommandOrigin | None:
    if name.endswith(_DOCUMENTATION):
        return CommandOrigin.DOCUMENTATION
    if name.startswith("cloudbuild"):  # It has arguments in lists.
        return CommandOrigin.PLATFORM
    if is_workflow(folder, name):
        return CommandOrigin.PIPELINE
    if style_of(paths.join(folder, name)) is not None or _SCRIPT.fullmatch(name):
        return CommandOrigin.SCRIPT
    if _PLATFORM.fullmatch(name):
        return CommandOrigin.PLATFORM
    if programs_deployment(folder, name):
        return CommandOrigin.PLATFORM
    in_scripts = any(part in _SCRIPT_FOLDERS for part in folder.split("/"))
    return CommandOrigin.SCRIPT if in_scripts and "." not in name else None


def _blocks(source: Source, *, whole: bool) -> Iterator[tuple[int, int]]:
    """The lines that are no comments; those of lists and of folded texts are read on end."""
    start = 0
    for number in range(1, len(source.line_starts) + 1):
        span = source.line_span(number)
        text = source.text[span.start : span.end]
        if text.lstrip(" \t").startswith("#") or not whole:
            yield start if whole else span.start, span.start if whole else span.end
            start = span.end
    if whole:
        yield start, len(source.text)


def _programs(
    text: str, origin: CommandOrigin, source: Source, offset: int
) -> Iterator[ProgramCommand]:
    tokens = list(_TOKEN.finditer(text))
    for number, token in enumerate(tokens):
        program = token[0].rpartition("/")[2]
        behind_m = number > 0 and tokens[number - 1][0] == "-m"
        if program not in PROGRAMS or (program == "django" and not behind_m):
            continue
        arguments: list[str] = []
        for argument in tokens[number + 1 : number + 1 + _MAX_ARGUMENTS]:
            if argument[0] in _STOPS:
                break
            if argument[0] != "-" and not argument[0].endswith(":"):
                arguments.append(argument[0].rstrip(";."))
        place = source.place(offset + token.start(), offset + token.end())
        yield ProgramCommand(program, tuple(arguments), origin, place)
