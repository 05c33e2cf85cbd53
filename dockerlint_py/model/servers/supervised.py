"""What supervisord and honcho start: the programs of their configuration."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Layers, Unknown
from dockerlint_py.model.container_files import file_in
from dockerlint_py.model.image.paths import joined, normal
from dockerlint_py.model.image.scripts import ScriptReader
from dockerlint_py.model.image.shellstate import LAYER
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import LogicalText, Piece, Place, Source
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

OF_DEBIAN = "/etc/supervisor/supervisord.conf"
SUPERVISORD_FILES = (
    "supervisord.conf",
    "etc/supervisord.conf",
    "/etc/supervisord.conf",
    OF_DEBIAN,
)
"""Where supervisord looks when it is told no file."""

CONF_D = "/etc/supervisor/conf.d/*.conf"
"""What the configuration of Debian's package takes in."""

_ENV = regex(r"%\(ENV_([A-Za-z_][A-Za-z0-9_]{0,80})\)s")
_PROCFILE_LINE = regex(r"([A-Za-z0-9_-]{1,80}):[ \t]*([^\n]{1,2000})")
_MAX_LINES = 5000


class Supervised(NamedTuple):
    """A program that a supervisor keeps running: its name there, and how it is started."""

    name: str
    place: Place
    invocation: Invocation


class Supervisor(NamedTuple):
    """A supervisor of a container with its programs; `unknown` says why there may be others."""

    invocation: Invocation
    programs: tuple[Supervised, ...] = ()
    unknown: str | None = None


def supervisors_of(container: "Container") -> tuple[Supervisor, ...]:
    """The supervisors that a container starts."""
    found: list[Supervisor] = []
    for invocation in container.process.invocations:
        if invocation.name == "supervisord":
            found.append(_supervisord(container, invocation))
        elif invocation.name in ("honcho", "foreman") and "start" in invocation.values[:3]:
            found.append(_honcho(container, invocation))
    return tuple(found)


def _supervisord(container: "Container", invocation: Invocation) -> Supervisor:
    files = _config_files(container, invocation)
    if isinstance(files, Unknown):
        return Supervisor(invocation, unknown=files.why)
    programs: list[Supervised] = []
    for source in files.value:
        for name, section in _sections(source):
            if name.startswith("program:"):
                programs += _program(container, invocation, source, name[8:], section)
    return Supervisor(invocation, tuple(programs))


def _config_files(container: "Container", invocation: Invocation) -> Fact[tuple[Source, ...]]:
    """The configuration and the files that it takes in."""
    given = _value_of(invocation, "-c", "--configuration")
    found: Source | None = None
    for path in (given,) if given is not None else SUPERVISORD_FILES:
        file = _file(container, invocation, path)
        if isinstance(file, Unknown):
            return Unknown(file.why)
        if file.value is not None:
            found = file.value
            break
    if found is None and given not in (None, OF_DEBIAN):
        return Unknown(f"{given} is not found")
    patterns = [CONF_D] if found is None else _includes(found)
    included = [file for pattern in patterns for file in _matching(container, pattern)]
    files = ([found] if found is not None else []) + included
    return Known(tuple(files)) if files else Unknown("its configuration is not found")


def _value_of(invocation: Invocation, *options: str) -> str | None:
    values = invocation.values
    for number, value in enumerate(values):
        name, equals, rest = value.partition("=")
        if name in options:
            return rest if equals else next(iter(values[number + 1 : number + 2]), None)
    return None


def _file(container: "Container", invocation: Invocation, path: str) -> Fact[Source | None]:
    if path.startswith("/"):
        return file_in(container, normal(path))
    if isinstance(invocation.cwd, Unknown):
        return Unknown(invocation.cwd.why)
    return file_in(container, joined(invocation.cwd.value, path))


def _includes(source: Source) -> list[str]:
    """The patterns of `[include] files`."""
    found: list[str] = []
    for name, section in _sections(source):
        if name == "include" and "files" in section:
            found += section["files"].text.split()
    return found


def _matching(container: "Container", pattern: str) -> Iterator[Source]:
    """The files of the repository that COPY takes to where a pattern finds them."""
    from dockerlint_py.context import go_glob

    if container.build is None or not pattern.startswith("/"):
        return
    glob = go_glob(pattern)
    for taking in container.build.takings:
        for file in taking.selection.files:
            if file.path.endswith((".conf", ".ini")):
                source = container.repository.snapshot.text(file.path)
                if source is not None and any(map(glob.matches, taking.landings(file.path))):
                    yield source


def _sections(source: Source) -> Iterator[tuple[str, dict[str, Place]]]:
    """The sections of an ini file: names, and where the value of each key stands."""
    name, section = "", dict[str, Place]()
    at, key = 0, ""
    for line in source.text.split("\n")[:_MAX_LINES]:
        text = line.partition(" ;")[0].strip(" \t\r")
        start = at + line.find(text) if text else at
        if text.startswith("["):
            yield name, section
            name, section, key = text.strip("[]"), {}, ""
        elif text and line[:1] in (" ", "\t") and key:
            first = section[key]
            section[key] = first.source.place(first.span.start, start + len(text))
        elif text and text[0] not in "#;":
            key, equals, value = text.partition("=")
            key = key.strip(" \t")
            value_at = start + text.find("=") + 1
            value_at += len(value) - len(value.lstrip(" \t"))
            section[key] = source.place(value_at if equals else start, start + len(text))
        at += len(line) + 1
    yield name, section


def _program(
    container: "Container",
    invocation: Invocation,
    source: Source,
    name: str,
    section: dict[str, Place],
) -> Iterator[Supervised]:
    command, autostart = section.get("command"), section.get("autostart")
    if command is None or (autostart is not None and autostart.text.lower() == "false"):
        return
    text = _expanded(LogicalText.verbatim(source, command.span))
    folder = section.get("directory")
    cwd = invocation.cwd if folder is None else Known(normal(folder.text), (folder,))
    yield from _started(container, invocation, text, cwd, name)


def _expanded(text: LogicalText) -> LogicalText:
    """The command with supervisord's `%(ENV_X)s` as the shell's `${X}`."""
    parts: list[str] = []
    pieces: list[Piece] = []
    at = length = 0
    start = text.span(0, 0).start
    for match in [*_ENV.finditer(text.text), None]:
        end = match.start() if match is not None else len(text.text)
        pieces.append(Piece(length, end - at, start + at, end - at))
        parts.append(text.text[at:end].replace("\n", " ").replace("%%", "%"))
        length += len(parts[-1])
        if match is not None:
            parts.append(f"${{{match[1]}}}")
            pieces.append(Piece(length, len(parts[-1]), start + end, match.end() - end))
            length += len(parts[-1])
            at = match.end()
    return LogicalText(text.source, "".join(parts), pieces)


def _started(
    container: "Container", by: Invocation, text: LogicalText, cwd: Fact[str], name: str
) -> Iterator[Supervised]:
    situation = container.configuration._replace(
        env=by.env, workdir=Layers[str](()).over(LAYER, cwd)
    )
    reader = ScriptReader(situation, at_start=True, user=by.user)
    reader.read(text)
    for invocation in reader.invocations[-1:]:
        yield Supervised(name, invocation.place, invocation)


def _honcho(container: "Container", invocation: Invocation) -> Supervisor:
    """`honcho start` runs all processes of the Procfile, or those that are named."""
    path = _value_of(invocation, "-f", "--procfile") or "Procfile"
    file = _file(container, invocation, path)
    if isinstance(file, Unknown) or file.value is None:
        return Supervisor(invocation, unknown=f"{path} is not found")
    source = file.value
    values = invocation.values
    wanted = {v for v in values[values.index("start") + 1 :] if not v.startswith("-")}
    programs: list[Supervised] = []
    for match in _PROCFILE_LINE.finditer(source.text):
        at_line_start = match.start() == 0 or source.text[match.start() - 1] == "\n"
        if at_line_start and (not wanted or match[1] in wanted):
            text = LogicalText.verbatim(source, source.place(*match.span(2)).span)
            programs += _started(container, invocation, text, invocation.cwd, match[1])
    return Supervisor(invocation, tuple(programs))
