"""Tells a template of a Dockerfile or Compose file from the file itself.

Jinja (cookiecutter, copier, Ansible), ERB and Go templates are recognised outside of comments. What
stands in quotes inside a command is left alone: `docker inspect --format '{{.Id}}'` is no template.
"""

import re
from collections.abc import Iterator

from dockerlint_py.text import Source, Span
from dockerlint_py.text.regex import regex

SUFFIXES = (
    ".j2",
    ".jinja",
    ".jinja2",
    ".tmpl",
    ".tpl",
    ".template",
    ".gotmpl",
    ".erb",
    ".ejs",
    ".mustache",
    ".hbs",
    ".mako",
    ".in",
)
"""Endings of file names that say: this is a template."""

_SCANNED = 20_000  # lines; a longer file is judged by its beginning
_WIDTH = 4096  # characters of a line that are looked at


_TAG = regex(
    r"""(?P<quote>['"])
        |(?P<cookiecutter>\{\{[-+]?[ ]?cookiecutter\b)
        |(?P<block>\{%[-+]?[ ]*(?:if|elif|else|endif|for|endfor|set|block|endblock|macro|include
            |import|from|raw|endraw|with|extends|call|filter)\b[^\n]*%\})
        |(?P<erb><%[=-]?[ ])
        |(?P<value>\{\{[-+]?[ ]?(?P<name>[$.\w]*)[^\n{}]*\}\})
        """,
    re.VERBOSE,
)
_INSTRUCTION = regex(r"[ \t]*(?:ONBUILD[ \t]+)?([A-Za-z]+)")
_HEREDOC = regex(r"<<-?[ \t]*(['\"]?)([A-Za-z_]\w*)\1")


def is_template_path(path: str) -> bool:
    """Whether the name or a folder above is itself written as a template."""
    return path.endswith(SUFFIXES) or "{{" in path or "{%" in path


def template_syntax(source: Source, *, dockerfile: bool) -> Span | None:
    """The first template tag of a file; None when it is an ordinary one.

    In a Dockerfile, a quoted tag counts in every instruction that is not a command.
    """
    if not _may_hold_tags(source.text):
        return None
    for line, command in _lines(source, dockerfile=dockerfile):
        span = source.line_span(line)
        text = source.text[span.start : min(span.end, span.start + _WIDTH)]
        if not _may_hold_tags(text):
            continue
        found = _first_tag(text, quoted_counts=not command)
        if found is not None:
            return Span(span.start + found[0], span.start + found[1])
    return None


def _may_hold_tags(text: str) -> bool:
    return "{{" in text or "{%" in text or "<%" in text


def _first_tag(text: str, *, quoted_counts: bool) -> tuple[int, int] | None:
    quote = ""
    for found in _TAG.finditer(text):
        if found["quote"]:
            quote = "" if quote == found[0] else quote or found[0]
            continue
        name = found["name"]
        if name is None or (name and not quote):
            return found.span()
        if name and quoted_counts and name[0] not in ".$":
            return found.span()
    return None


_COMMANDS = frozenset({"RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK", "SHELL"})


def _lines(source: Source, *, dockerfile: bool) -> Iterator[tuple[int, bool]]:
    """The numbers of lines that are neither comment nor heredoc, and whether each is a command."""
    continued = False
    command = not dockerfile
    heredoc = ""
    for line in range(1, min(len(source.line_starts), _SCANNED) + 1):
        span = source.line_span(line)
        text = source.text[span.start : min(span.end, span.start + _WIDTH)]
        bare = text.strip(" \t\r")
        if heredoc:
            heredoc = "" if bare == heredoc else heredoc
            continue
        if bare.startswith("#"):
            continue
        if dockerfile and not continued:
            word = _INSTRUCTION.match(text)
            command = word is not None and word[1].upper() in _COMMANDS
        continued = bare.endswith("\\")
        if dockerfile and (opened := _HEREDOC.search(text)):
            heredoc = opened[2]
        yield line, command
