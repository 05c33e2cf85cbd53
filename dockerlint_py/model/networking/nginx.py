"""The nginx that a container runs, and its configuration put together as nginx reads it."""

import re
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import TYPE_CHECKING

from dockerlint_py.facts import Environment, Fact, Known, Unknown
from dockerlint_py.model.image.given_files import given_file, given_names
from dockerlint_py.model.image.paths import is_under, joined
from dockerlint_py.model.image.scripts import read_argv, read_script
from dockerlint_py.nginx import (
    Config,
    Directive,
    Found,
    Parsed,
    Word,
    config_of,
    expand_includes,
    parse,
)
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Source
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.programs.command import CommandLine
    from dockerlint_py.model.programs.invocation import Invocation

FOLDER = "/etc/nginx"
MAIN = f"{FOLDER}/nginx.conf"
SITES = f"{FOLDER}/conf.d"
TEMPLATES = f"{FOLDER}/templates"
SUFFIX = ".template"
OWN_FILES = ("mime.types", "fastcgi_params", "scgi_params", "uwsgi_params", "modules")
"""What the official images have in /etc/nginx beside the files that are looked for."""

PROGRAMS = ("nginx", "nginx-debug")
_WAITING = (*PROGRAMS, "sleep", "wait", "trap", "echo", "true", ":", "[", "test")
"""Programs of a start command that leave the configuration alone."""

_SETTINGS = (
    *("NGINX_ENVSUBST_TEMPLATE_DIR", "NGINX_ENVSUBST_OUTPUT_DIR"),
    *("NGINX_ENVSUBST_TEMPLATE_SUFFIX", "NGINX_ENVSUBST_FILTER"),
)
"""Variables that tell the entry script to make the configuration in another way."""

_VARIABLE = regex(r"\$(?:\{([A-Za-z_][A-Za-z0-9_]*)\}|([A-Za-z_][A-Za-z0-9_]*))")
_SPECIAL = regex(r"[ \t\r\n;{}\"'\\$#]")


def nginx_of(container: "Container") -> Fact[Config | None]:
    """The configuration that is read in a container of an image made from nginx's own."""
    start = _start(container)
    if isinstance(start, Unknown):
        return Unknown(start.why)
    return _Reader(container, start.value).read()


class _Start(NamedTuple):
    """What a container starts: programs that leave the configuration alone, nginx among them.

    The entry script of the image fills in templates only when nginx itself is its command.
    """

    programs: "tuple[Invocation, ...]"
    fills_templates: bool


def _start(container: "Container") -> Fact[_Start]:
    entrypoint, command = container.entrypoint.effective, container.command.effective
    if isinstance(entrypoint, Unknown) or isinstance(command, Unknown):
        return Unknown("its command is not known")
    has_own_entry = entrypoint.value is None or entrypoint.value.place != container.base.place
    lines = [line for line in (entrypoint.value, command.value) if line is not None]
    lines = lines if has_own_entry else lines[1:]
    programs = [each for line in lines for each in _invocations(container, line)]
    if len(lines) != 1 or not any(each.name in PROGRAMS for each in programs):
        return Unknown("it is not known whether its command starts nginx")
    odd = next((each for each in programs if _may_configure(each)), None)
    if odd is not None:
        return Unknown(f"`{odd.text}` may change the configuration")
    first = lines[0].argv[0].text if lines[0].argv else ""
    return Known(_Start(tuple(programs), not has_own_entry and first in PROGRAMS))


def _may_configure(program: "Invocation") -> bool:
    targets = (each.target.value for each in program.command.redirections)
    return program.name not in _WAITING or any(FOLDER in target for target in targets)


def _invocations(container: "Container", line: "CommandLine") -> "tuple[Invocation, ...]":
    if line.argv is not None:
        return tuple(read_argv(line.argv, container.configuration).invocations)
    if line.script is None:
        return ()
    return tuple(read_script(line.script, container.configuration).invocations)


class _Reader:
    """Reads the configuration files of one container."""

    def __init__(self, container: "Container", start: _Start) -> None:
        self._container = container
        self._start = start
        self._folder = FOLDER
        self._parsed: dict[str, Parsed] = {}

    def read(self) -> Fact[Config | None]:
        """The configuration."""
        path = self._main_path()
        if path is None:
            return Unknown("it is not known which file nginx reads")
        self._folder = path.rpartition("/")[0] or "/"
        main = given_file(self._container, path)
        if isinstance(main, Unknown):
            return Unknown(main.why)
        if main.value is None and path != MAIN:
            return Unknown(f"{path} is not in the repository")
        parsed = _default_main() if main.value is None else parse(main.value)
        whole = expand_includes(parsed, self._find)
        if whole.problem is not None:
            place = whole.problem.place
            return Unknown(f"{place.path}:{place.line}: {whole.problem.message}")
        return Known(config_of(whole.directives))

    def _main_path(self) -> str | None:
        """The file that `-c` names; None when options move it elsewhere."""
        path = MAIN
        for program in self._start.programs:
            options = program.values if program.name in PROGRAMS else ()
            for option, value in pairwise((*options, "")):
                if option == "-c":
                    path = joined(FOLDER, value)
                elif option.startswith(("-c", "-p")):
                    return None
        return path

    def _find(self, pattern: str) -> Found:
        """What an `include` means."""
        path = joined(self._folder, pattern)
        folder, _, name = path.rpartition("/")
        if any(character in folder for character in "*?["):
            return Found(gap=f"what {pattern} means is not known")
        if not any(character in name for character in "*?["):
            return self._file(path)
        names = self._names(folder)
        if isinstance(names, Unknown):
            return Found(gap=names.why)
        found = [self._file(f"{folder}/{each}") for each in names.value if fnmatchcase(each, name)]
        gap = next((each.gap for each in found if each.gap is not None), None)
        return Found(tuple(parsed for each in found for parsed in each.files), gap)

    def _names(self, folder: str) -> Fact[tuple[str, ...]]:
        names = given_names(self._container, folder, "")
        if folder != SITES or isinstance(names, Unknown):
            return names
        templates = self._templates()
        if isinstance(templates, Unknown):
            return templates
        return Known(tuple(sorted({*names.value, *templates.value})))

    def _templates(self) -> Fact[tuple[str, ...]]:
        """The names of the files that templates are made into."""
        if not self._start.fills_templates:
            return Known(())
        given = Environment(self._container.env.layers[1:])
        if any(not _is_unset(given.get(name)) for name in _SETTINGS):
            return Unknown("templates are read from elsewhere")
        names = given_names(self._container, TEMPLATES, SUFFIX)
        if isinstance(names, Unknown):
            return names
        return Known(tuple(name.removesuffix(SUFFIX) for name in names.value))

    def _file(self, path: str) -> Found:
        folder, _, name = path.rpartition("/")
        templates = self._templates() if folder == SITES else Known(())
        if isinstance(templates, Unknown):
            return Found(gap=templates.why)
        from_template = name in templates.value
        fact = given_file(self._container, f"{TEMPLATES}/{name}{SUFFIX}" if from_template else path)
        if isinstance(fact, Unknown):
            return Found(gap=fact.why)
        if fact.value is None:
            own = any(is_under(path, f"{FOLDER}/{each}") for each in OWN_FILES)
            return Found() if own else Found(gap=f"{path} is not in the repository")
        if path not in self._parsed:
            parsed = parse(fact.value)
            env = self._container.env
            self._parsed[path] = filled(parsed, env) if from_template else parsed
        return Found((self._parsed[path],))


def _is_unset(fact: Fact[str | None]) -> bool:
    return isinstance(fact, Known) and fact.value is None


def _default_main() -> Parsed:
    """The main file of the images."""
    return parse(Source(MAIN, f"http {{ include {SITES}/*.conf; }}"))


def filled(parsed: Parsed, env: Environment) -> Parsed:
    """A template with the known variables put in; the others stay, as if they were nginx's own."""
    return parsed._replace(directives=tuple(_filled(each, env) for each in parsed.directives))


def _filled(directive: Directive, env: Environment) -> Directive:
    block = directive.block
    return directive._replace(
        args=tuple(_filled_word(word, env) for word in directive.args),
        block=None if block is None else tuple(_filled(each, env) for each in block),
    )


def _filled_word(word: Word, env: Environment) -> Word:
    def value_of(match: re.Match[str]) -> str:
        fact = env.get(match[1] or match[2])
        if isinstance(fact, Unknown) or fact.value is None or _SPECIAL.search(fact.value):
            return match[0]
        return fact.value

    return word._replace(text=_VARIABLE.sub(value_of, word.text)) if word.dynamic else word
