"""The logical lines of files that hold shell commands: scripts, Makefiles, CI and task files."""

import re
from collections.abc import Callable, Iterator

from dockerlint_py.context import paths
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import LogicalText, Piece, Source, Span
from dockerlint_py.text.regex import regex

MAX_LINES = 20_000
"""Further lines of a file are not read."""

_MAX_JOINED = 400


class Style(NamedTuple):
    """How a kind of file holds commands."""

    prefix: re.Pattern[str] | None
    """What stands before a command on a line."""
    folders: Callable[[str], tuple[str, ...]]
    """From which folders its commands may run, given the folder of the file."""
    keeps_folder: bool = False
    """Whether `cd` on one line still holds on the next."""
    fenced: bool = False
    """Whether commands stand in fenced code blocks only."""


def _own_folder(folder: str) -> tuple[str, ...]:
    return (folder,)


def _root(_: str) -> tuple[str, ...]:
    return ("",)


def _root_or_own(folder: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(("", folder)))


_ASSIGNMENT = regex(
    r"^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*(?::|::)?=[ \t]*"
    r"([\w./:$@~'\"{}()-]*)[ \t\r]*$",
    re.MULTILINE,
)
_WANTED = regex(r"docker|podman|buildah|nerdctl|\b(?:cd|pushd|popd)\b|<<")
_HEREDOC = regex(r"<<-?[ \t]*['\"]?([A-Za-z_]\w*)")

_MAKE = Style(regex(r"[ \t]*[@+-]*"), _own_folder)
_SCRIPT = Style(None, _root_or_own, keeps_folder=True)
_INI = Style(regex(r"(?:[ \t]*commands(?:_pre|_post)?[ \t]*=)?[ \t]*-?"), _own_folder)
_PACKAGE = Style(regex(r'[ \t]*"[^"\n]*"[ \t]*:[ \t]*"'), _own_folder)
_README = Style(regex(r"[ \t]*(?:[$#>%][ \t]+)?"), _root_or_own, fenced=True)
_TASKS = Style(regex(r"[ \t]*(?:-[ \t]+)*(?:[\w-]+:[ \t]+)?['\"]?(?:-[ \t]+)?[@-]?"), _own_folder)
_WORKFLOW = _TASKS._replace(folders=_root)

_STYLES = (
    (regex(r"[Mm]akefile|GNUmakefile|.+\.mk|\.?[Jj]ustfile|.+\.just"), _MAKE),
    (regex(r".+\.(?:sh|bash)"), _SCRIPT),
    (regex(r"tox\.ini"), _INI),
    (regex(r"package\.json"), _PACKAGE),
    (regex(r"(?i:readme|deploy\w*|install\w*|contributing|development)\.md"), _README),
    (regex(r"(?i:taskfile)[\w.-]*\.ya?ml"), _TASKS),
)
"""The names of files and how they hold commands."""


def style_of(path: str) -> Style | None:
    """How a file holds commands; None when it is of no known kind."""
    folder, name = paths.split(path)
    for names, style in _STYLES:
        if names.fullmatch(name):
            return style
    return _WORKFLOW if is_workflow(folder, name) else None


def logical_lines(
    source: Source, style: Style, wanted: re.Pattern[str] = _WANTED
) -> Iterator[LogicalText]:
    """The lines that may hold a command that is wanted: those of Docker, unless told otherwise.

    Lines that go on are joined; what stands before a command is left out.
    """
    code = not style.fenced
    heredoc = ""
    last = min(len(source.line_starts), MAX_LINES)
    line = 1
    while line <= last:
        spans = _continued(source, line, last)
        line += len(spans)
        text = source.text[spans[0].start : spans[-1].end]
        if heredoc:
            heredoc = "" if text.strip(" \t") == heredoc else heredoc
        elif style.fenced and text.lstrip(" \t").startswith(("```", "~~~")):
            code = not code
        elif code and wanted.search(text):
            if style.keeps_folder and (opened := _HEREDOC.search(text)):
                heredoc = opened[1]
            yield _joined(source, spans, style)


def literal_variables(source: Source) -> dict[str, str]:
    """Variables that a script or Makefile sets exactly once, to a plain text."""
    found: dict[str, str | None] = {}
    for match in _ASSIGNMENT.finditer(source.text):
        name, value = match[1], match[2].strip("'\"")
        found[name] = None if name in found or "$" in value else value
    return {name: value for name, value in found.items() if value is not None}


def is_workflow(folder: str, name: str) -> bool:
    """Whether a file describes a pipeline of continuous integration."""
    if not name.endswith((".yml", ".yaml")):
        return False
    own_files = (".gitlab-ci", ".travis", ".drone", "azure-pipelines", "bitbucket-pipelines")
    ci_folders = (".github/workflows", ".circleci", ".gitlab", ".gitlab/ci", ".github/actions")
    in_folder = any(folder == ci or folder.startswith(f"{ci}/") for ci in ci_folders)
    return in_folder or (not folder and name.startswith((*own_files, "cloudbuild", "buildspec")))


def _continued(source: Source, line: int, last: int) -> list[Span]:
    """The spans of a line and of those that continue it."""
    spans = [source.line_span(line)]
    while _goes_on(source, spans[-1]) and line < last and len(spans) < _MAX_JOINED:
        line += 1
        spans.append(source.line_span(line))
    return spans


def _goes_on(source: Source, span: Span) -> bool:
    end = span.end
    while end > span.start and source.text[end - 1] == "\\":
        end -= 1
    return (span.end - end) % 2 == 1


def _joined(source: Source, spans: list[Span], style: Style) -> LogicalText:
    """The lines as one; a backslash at the end of one becomes the blank it stands for."""
    start = spans[0].start
    if style.prefix and (found := style.prefix.match(source.text, start, spans[0].end)):
        start = found.end()
    pieces: list[Piece] = []
    parts: list[str] = []
    length = 0
    for number, span in enumerate(spans):
        begin = start if number == 0 else span.start
        end = span.end - (1 if number < len(spans) - 1 else 0)
        text = source.text[begin:end] + ("" if number == len(spans) - 1 else " ")
        pieces.append(Piece(length, len(text), begin, len(text)))
        parts.append(text)
        length += len(text)
    return LogicalText(source, "".join(parts), pieces)
