"""The nginx that a container runs, and its configuration put together as nginx reads it."""

import re
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import TYPE_CHECKING

from dockerlint_py.facts import Environment, Fact, Known, Unknown
from dockerlint_py.knowledge.nginx_layouts import NginxLayout
from dockerlint_py.model.image.given_files import given_file, given_names
from dockerlint_py.model.image.paths import is_under, joined
from dockerlint_py.model.image.provenance import FileFact
from dockerlint_py.model.networking.nginx_start import PROGRAMS, NginxStart, nginx_start_of
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
from dockerlint_py.text import Source
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

SUFFIX = ".template"

_SETTINGS = (
    *("NGINX_ENVSUBST_TEMPLATE_DIR", "NGINX_ENVSUBST_OUTPUT_DIR"),
    *("NGINX_ENVSUBST_TEMPLATE_SUFFIX", "NGINX_ENVSUBST_FILTER"),
)
"""Variables that tell the entry script to make the configuration in another way."""

_VARIABLE = regex(r"\$(?:\{([A-Za-z_][A-Za-z0-9_]*)\}|([A-Za-z_][A-Za-z0-9_]*))")
_SPECIAL = regex(r"[ \t\r\n;{}\"'\\$#]")


def nginx_of(container: "Container") -> Fact[Config | None]:
    """The configuration of the nginx that a container runs; None when it is seen to run none."""
    start = nginx_start_of(container)
    if isinstance(start, Unknown):
        return Unknown(start.why)
    return Known(None) if start.value is None else _Reader(container, start.value).read()


class _Reader:
    """Reads the configuration files of one container."""

    def __init__(self, container: "Container", start: NginxStart) -> None:
        self._container = container
        self._start = start
        self._layout = start.layout
        self._folder = start.layout.folder
        self._parsed: dict[str, Parsed] = {}

    def read(self) -> Fact[Config | None]:
        """The configuration."""
        path = self._main_path()
        if path is None:
            return Unknown("it is not known which file nginx reads")
        self._folder = path.rpartition("/")[0] or "/"
        main = self._main(path)
        if isinstance(main, Unknown):
            return Unknown(main.why)
        if main.value is None and path != self._layout.main:
            return Unknown(f"{path} is not in the repository")
        parsed = _default_main(self._layout) if main.value is None else parse(main.value)
        whole = expand_includes(parsed, self._find)
        if whole.problem is not None:
            place = whole.problem.place
            return Unknown(f"{place.path}:{place.line}: {whole.problem.message}")
        return Known(config_of(whole.directives))

    def _main(self, path: str) -> FileFact:
        """The main file; a line that `echo` adds to the one of the package says nothing new."""
        found = given_file(self._container, path)
        added = isinstance(found, Unknown) and self._start.shares and path == self._layout.main
        mount = self._container.mounts.at(path)
        if not added or isinstance(mount, Unknown) or mount.value is not None:
            return found
        copies = [copy for stage in self._container.chain for copy in stage.copies]
        given = any(isinstance(c.destination, Unknown) or c.comes_from(path) for c in copies)
        return found if given else Known(None)

    def _main_path(self) -> str | None:
        """The file that `-c` names; None when options move it elsewhere."""
        path = self._layout.main
        for program in self._start.programs:
            options = program.values if program.name in PROGRAMS else ()
            for option, value in pairwise((*options, "")):
                if option == "-c":
                    path = joined(self._layout.prefix, value)
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
        if isinstance(names, Unknown):
            return names
        linked = (link for link in self._start.links if link.rpartition("/")[0] == folder)
        names = Known(tuple(sorted({*names.value, *(link.rpartition("/")[2] for link in linked)})))
        if folder != self._layout.sites:
            return names
        templates = self._templates()
        if isinstance(templates, Unknown):
            return templates
        return Known(tuple(sorted({*names.value, *templates.value})))

    def _templates(self) -> Fact[tuple[str, ...]]:
        """The names of the files that templates are made into."""
        if not self._start.fills_templates or not self._layout.template_folder:
            return Known(())
        given = Environment(self._container.env.layers[1:])
        if any(not _is_unset(given.get(name)) for name in _SETTINGS):
            return Unknown("templates are read from elsewhere")
        names = given_names(self._container, self._layout.template_folder, SUFFIX)
        if isinstance(names, Unknown):
            return names
        return Known(tuple(name.removesuffix(SUFFIX) for name in names.value))

    def _file(self, path: str) -> Found:
        folder, _, name = path.rpartition("/")
        layout = self._layout
        templates = self._templates() if folder == layout.sites else Known(())
        if isinstance(templates, Unknown):
            return Found(gap=templates.why)
        from_template = name in templates.value
        template = f"{layout.template_folder}/{name}{SUFFIX}"
        path = self._followed(path)
        fact = given_file(self._container, template if from_template else path)
        if isinstance(fact, Unknown):
            return Found(gap=fact.why)
        if fact.value is None:
            names = (*layout.own, *(link for pair in layout.links for link in pair))
            own = any(is_under(path, joined(layout.folder, each)) for each in names)
            return Found() if own else Found(gap=f"{path} is not in the repository")
        if path not in self._parsed:
            parsed = parse(fact.value)
            env = self._container.env
            self._parsed[path] = filled(parsed, env) if from_template else parsed
        return Found((self._parsed[path],))

    def _followed(self, path: str) -> str:
        """Where a link leads; a file of the repository may stand in place of one of the package."""
        links = self._start.links
        of_package = path in dict(self._layout.links)
        own = given_file(self._container, path) if of_package else None
        return path if isinstance(own, Known) and own.value else links.get(path, path)


def _is_unset(fact: Fact[str | None]) -> bool:
    return isinstance(fact, Known) and fact.value is None


def _default_main(layout: NginxLayout) -> Parsed:
    """The main file as it is installed."""
    lines = " ".join(f"include {pattern};" for pattern in layout.includes)
    return parse(Source(layout.main, f"http {{ {lines} }}"))


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
