"""The servers and workers that a container may end up running."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.knowledge.server_settings import SETTINGS, Settings
from dockerlint_py.knowledge.servers import Server
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.model.programs.serving import Serving
from dockerlint_py.model.servers.config import ConfigFiles
from dockerlint_py.model.servers.phrase import Phrase
from dockerlint_py.model.servers.program_file import program_file
from dockerlint_py.model.servers.reloaders import reloaded
from dockerlint_py.model.servers.server import RunningServer
from dockerlint_py.model.servers.settings import ServerSettings
from dockerlint_py.model.servers.sources import (
    CommandLine,
    Defaults,
    Doubt,
    SettingSource,
    Variables,
)
from dockerlint_py.shell import split
from dockerlint_py.text import LogicalText, Piece, Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

NO_SETTINGS: Settings = {}


def servers_of(container: "Container") -> tuple[RunningServer, ...]:
    """Its servers, the final programs and those in the background, in the order of their start."""
    process = container.process
    finals = {id(final.invocation) for final in process.finals}
    alone = len(process.finals) == 1 and process.unknown is None
    found: list[RunningServer] = []
    invocations = dict.fromkeys((*process.invocations, *(f.invocation for f in process.finals)))
    for invocation in invocations:
        is_final = id(invocation) in finals
        certain = process.unknown is None and (alone if is_final else not invocation.is_conditional)
        found += _of_invocation(container, invocation, is_certain=certain)
    for supervisor in container.supervisors:
        certain = process.unknown is None and not supervisor.invocation.is_conditional
        for each in supervisor.programs:
            found += _of_invocation(container, each.invocation, is_certain=certain)
    return tuple(found)


def _of_invocation(
    container: "Container", invocation: Invocation, *, is_certain: bool
) -> Iterator[RunningServer]:
    watched = reloaded(invocation)
    reloader = invocation.argv[0].place if watched is not None else None
    started = watched or invocation
    served = started.serving
    if served is not None:
        settings = settings_of(container, started, served)
        yield RunningServer(
            container, served.server, started, settings, is_certain=is_certain, reloader=reloader
        )
    elif isinstance(program_file(container, started), Known):
        from dockerlint_py.model.servers.calls import started_by_code

        for code in started_by_code(container, started):
            yield RunningServer(
                container,
                code.call.server,
                started,
                code.settings,
                is_certain=is_certain and code.is_certain,
                code=code,
                reloader=reloader,
            )


def settings_of(container: "Container", invocation: Invocation, served: Serving) -> ServerSettings:
    """The settings of a server that is started by a command."""
    server = served.server
    table = SETTINGS.get(server.program, NO_SETTINGS)
    line = CommandLine(server.program, served.words)
    sources: list[SettingSource] = [Defaults(invocation.env)]
    sources += _arguments_variable(server, invocation)
    config = _config_of(container, invocation, server, table, (*sources, line))
    if config is not None:
        sources.insert(1, config)
    sources.append(Variables(invocation.env))
    sources += _group_line(server, invocation, served)
    sources.append(line)
    return ServerSettings(server.program, table, tuple(sources))


def _config_of(
    container: "Container",
    invocation: Invocation,
    server: Server,
    table: Settings,
    sources: tuple[SettingSource, ...],
) -> SettingSource | None:
    """The configuration file, named by an option; uWSGI takes it as an argument as well."""
    if server.dist == "fastapi-cli":
        return ConfigFiles(container, invocation).fastapi()
    if "config" not in table:
        return None
    named: Fact[Phrase | None] = ServerSettings(server.program, table, sources).phrase("config")
    line = sources[-1]
    if server.program == "uwsgi" and isinstance(named, Known) and named.value is None:
        words = line.positionals if isinstance(line, CommandLine) else ()
        files = [word for word in words if word.value.endswith((".ini", ".xml", ".yaml", ".yml"))]
        if files:
            named = Known(Phrase.of(files[0].value, files[0].place))
    if isinstance(named, Unknown):
        return Doubt("configuration file", named.why, named.places)
    location = named.value.fact if named.value is not None else None
    return ConfigFiles(container, invocation).named(server.program, location)


def _arguments_variable(server: Server, invocation: Invocation) -> Iterator[SettingSource]:
    """More options in a variable: `GUNICORN_CMD_ARGS`."""
    name = server.arguments_variable
    if name is None:
        return
    fact = invocation.env.get(name)
    if isinstance(fact, Unknown):
        yield Doubt(name, fact.why, fact.places)
    elif fact.value:
        commands = split(_mapped(fact.value, fact.places)).commands
        if len(commands) == 1:
            yield CommandLine(server.program, commands[0].words, name)
        else:
            yield Doubt(name, f"{name} is not understood", fact.places)


def _mapped(text: str, places: tuple[Place, ...]) -> LogicalText:
    """The value of a variable as if it stood where the variable is set."""
    from dockerlint_py.text import Source

    if not places:
        return LogicalText(Source("", text), text, (Piece(0, len(text), 0, len(text)),))
    span = places[0].span
    width = span.end - span.start
    return LogicalText(places[0].source, text, (Piece(0, len(text), span.start, width),))


def _group_line(server: Server, invocation: Invocation, served: Serving) -> Iterator[SettingSource]:
    """The options before a subcommand: `flask --app hello run`."""
    group, _, command = server.program.partition(" ")
    words = invocation.program.arguments
    before = len(words) - len(served.words) - 1
    if command and group != "manage.py" and before > 0:
        yield CommandLine(group, words[:before], f"options of {group}")
