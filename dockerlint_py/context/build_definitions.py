"""Builds that are declared as data: `docker/build-push-action` of GitHub and `docker-bake.hcl`."""

import re
from collections.abc import Iterator, Mapping

from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source, Span
from dockerlint_py.text.regex import regex

MAX_LINES = 20_000
"""Further lines of a file are not read."""

_BUILD_ACTION = regex(r"(?:docker|depot|useblacksmith)/build-push-action@")
"""Docker's own action, and those that take the same inputs and build on other machines."""

_KEYS = "name|uses|run|id|if|env|with|working-directory|shell|continue-on-error|timeout-minutes"
_STEP_START = regex(rf"([ ]*)-[ ]+(?:{_KEYS})[ ]*:")
_SETTING = regex(r"[ ]*(?:-[ ]+)?([\w-]+)[ ]*:[ ]*(.*)")
_BAKE_TARGET = regex(r'^[ \t]*target[ \t]+"([\w.-]+)"[ \t]*\{', re.MULTILINE)
_BAKE_SETTING = regex(r"^[ \t]*([\w-]+)[ \t]*=[ \t]*([^\s#][^\n#]*?)[ \t\r]*$", re.MULTILINE)
_BRACE = regex(r"[{}]")


class Declared(NamedTuple):
    """One declared build: its settings as written (None: not plain text), by their own names."""

    settings: Mapping[str, str | None]
    build_args: Mapping[str, str | None]
    place: Place


class Step(NamedTuple):
    """A step of a workflow: its keys and those below `with:`, as written."""

    first_line: int
    last_line: int
    settings: Mapping[str, str]


def steps(source: Source) -> list[Step]:
    """The steps of a GitHub workflow or composite action, in order."""
    found: list[Step] = []
    line, last = 1, min(len(source.line_starts), MAX_LINES)
    while line <= last:
        start = _STEP_START.match(_line(source, line))
        if start is None:
            line += 1
            continue
        end = _end_of_block(source, line, len(start[1]), last)
        found.append(Step(line, end, _settings(source, line, end)))
        line = end + 1
    return found


def action_builds(source: Source) -> Iterator[Declared]:
    """The uses of build actions; see https://github.com/docker/build-push-action."""
    if _BUILD_ACTION.search(source.text) is None:
        return
    for step in steps(source):
        if _BUILD_ACTION.match(step.settings.get("uses", "")):
            settings = {name: _plain(value) for name, value in step.settings.items()}
            span = source.line_span(step.first_line)
            place = Place(source, _uses_span(source, step) or span)
            yield Declared(settings, _block_assignments(source, step, "build-args"), place)


def bake_targets(source: Source) -> Iterator[Declared]:
    """The targets of a `docker-bake.hcl`; a setting that is no plain string is None."""
    for target in _BAKE_TARGET.finditer(source.text):
        end = _closing_brace(source.text, target.end())
        body = source.text[target.end() : end]
        settings: dict[str, str | None] = {}
        for setting in _BAKE_SETTING.finditer(body):
            value = setting[2]
            plain = value.startswith('"') and value.endswith('"') and "${" not in value
            settings[setting[1]] = value[1:-1] if plain and len(value) > 1 else None
        yield Declared(settings, {}, Place(source, Span(*target.span())))


def _line(source: Source, line: int) -> str:
    span = source.line_span(line)
    return source.text[span.start : min(span.end, span.start + 2000)]


def _end_of_block(source: Source, first: int, indent: int, last: int) -> int:
    """The last line of the block that starts on a line with an indent."""
    for line in range(first + 1, last + 1):
        text = _line(source, line)
        bare = text.lstrip(" ")
        if bare and not bare.startswith("#") and len(text) - len(bare) <= indent:
            return line - 1
    return last


def _settings(source: Source, first: int, last: int) -> dict[str, str]:
    settings: dict[str, str] = {}
    for line in range(first, last + 1):
        if found := _SETTING.match(_line(source, line)):
            settings.setdefault(found[1], found[2].split(" #")[0].strip(" \t\r"))
    return settings


def _block_assignments(source: Source, step: Step, key: str) -> dict[str, str | None]:
    """The `NAME=value` lines of a block below a key."""
    found: dict[str, str | None] = {}
    indent = -1
    for line in range(step.first_line, step.last_line + 1):
        text = _line(source, line)
        bare = text.lstrip(" -")
        if bare.startswith(f"{key}:"):
            indent = len(text) - len(bare)
        elif bare and indent >= 0:
            if len(text) - len(bare) <= indent:
                break
            name, equals, value = bare.strip(" \t\r").partition("=")
            if equals:
                found[name] = None if "${{" in value else value
    return found


def _uses_span(source: Source, step: Step) -> Span | None:
    for line in range(step.first_line, step.last_line + 1):
        span = source.line_span(line)
        at = source.text.find("uses:", span.start, span.end)
        if at != -1:
            return Span(at, span.end)
    return None


def _plain(value: str) -> str | None:
    """The value of a YAML scalar on one line; None when it is computed or goes on below."""
    if "${{" in value or value[:1] in ("|", ">", "&", "*"):
        return None
    return value.strip("'\"")


def _closing_brace(text: str, at: int) -> int:
    depth = 1
    for brace in _BRACE.finditer(text, at):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.start()
    return len(text)
