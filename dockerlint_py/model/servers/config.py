"""Configuration files of servers: gunicorn's and Hypercorn's in Python, TOML, uWSGI's ini."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dockerlint_py.facts import Environment, Fact, Known, Unknown
from dockerlint_py.model.container_files import file_in
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.model.servers.phrase import Phrase
from dockerlint_py.model.servers.sources import Doubt, SettingSource, Texts, Values
from dockerlint_py.text import Source
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

DEFAULT_FILE = "gunicorn.conf.py"
"""What gunicorn reads in the folder it is started in when it is told nothing else."""

_PLACEHOLDER = regex(r"\$\(([A-Za-z_][A-Za-z0-9_]{0,80})\)|%\([^)\n]{0,80}\)|%[A-Za-z]|@\(")
_NOT_FOLLOWED = ("if-", "for", "end", "ini ", "ini=", "include", "inherit", "jinja")
_MAX_LINES = 5000


class ConfigFiles:
    """Reads the configuration files that an invocation of a server finds."""

    def __init__(self, container: "Container", invocation: Invocation) -> None:
        self._container = container
        self._cwd = invocation.cwd
        self._env = invocation.env

    def named(self, program: str, location: Fact[str] | None) -> SettingSource | None:
        """The file that a server is told to read; gunicorn looks for one when it is told none."""
        if location is None and program != "gunicorn":
            return None
        name = "configuration file"
        if isinstance(location, Unknown):
            return Doubt(name, f"which {name} is read is not known", location.places)
        path = location.value if location is not None else DEFAULT_FILE
        if path.startswith("python:"):
            return self._of_module(path.removeprefix("python:"))
        found = self.file(path.removeprefix("file:"))
        if isinstance(found, Unknown):
            return Doubt(path, found.why, found.places)
        if found.value is None:
            return Doubt(path, f"{path} is not found") if location is not None else None
        return self._read(program, found.value, path)

    def fastapi(self) -> SettingSource | None:
        """The entry point that FastAPI's own table of `pyproject.toml` names."""
        found = self.file("pyproject.toml")
        if isinstance(found, Unknown):
            return Doubt("pyproject.toml", found.why, found.places, only=("entrypoint",))
        if found.value is None:
            return None
        from dockerlint_py.manifests.toml import TomlFile

        file = TomlFile(found.value)
        text = file.text("tool", "fastapi", "entrypoint")
        if text is None:
            return None
        place = file.place("tool", "fastapi", "entrypoint")
        return Texts(found.value.path, {"entrypoint": (Phrase.of(text, place),)})

    def file(self, path: str) -> Fact[Source | None]:
        """The file that a path means."""
        if path.startswith("/"):
            return file_in(self._container, joined("/", path))
        if isinstance(self._cwd, Unknown):
            return Unknown(self._cwd.why)
        return file_in(self._container, joined(self._cwd.value, path))

    def _read(self, program: str, source: Source, path: str) -> SettingSource:
        if self._container.blur.hides(self._container.id, source.path, 0):
            return Doubt(source.path, f"{source.path} is hidden")
        if source.path.endswith(".py"):
            return self._python(source)
        if program == "hypercorn" and not path.startswith("file:"):
            return _toml(source)
        if program == "uwsgi" and source.path.endswith((".ini", ".conf")):
            return read_ini(source, self._env)
        return Doubt(source.path, f"{source.path} is in a format that is not read")

    def _of_module(self, dotted: str) -> SettingSource:
        found = self.file(f"{dotted.replace('.', '/')}.py")
        if isinstance(found, Unknown) or found.value is None:
            return Doubt(dotted, f"{dotted} is not found")
        return self._read("gunicorn", found.value, found.value.path)

    def _python(self, source: Source) -> SettingSource:
        files = self._container.repository.python_files
        if source.path not in files.modules.known or not files.is_understood(source.path):
            return Doubt(source.path, f"{source.path} could not be read")
        from dockerlint_py.python.evaluate import Evaluator

        frame = Evaluator(files.graph, self._env).module(source.path)
        return Values(source.path, frame.names)


def _toml(source: Source) -> SettingSource:
    from dockerlint_py.manifests.toml import TomlFile

    file = TomlFile(source)
    if file.error:
        return Doubt(source.path, f"{source.path} could not be read")
    values: dict[str, tuple[Phrase, ...]] = {}
    for key, value in file.data.items():
        items = value if isinstance(value, list) else [value]
        place = file.place(key)
        values[key] = tuple(Phrase.of(_text(item), place) for item in items)
    return Texts(source.path, values)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def read_ini(source: Source, env: Environment, section: str = "uwsgi") -> SettingSource:
    """The section of an ini file; names are taken as they are, a dash for an underscore."""
    values: dict[str, tuple[Phrase, ...]] = {}
    inside = False
    at = 0
    for line in source.text.split("\n")[:_MAX_LINES]:
        text = line.strip(" \t\r")
        if text.startswith("["):
            inside = text.rstrip("]") == f"[{section}"
        elif inside and text and text[0] not in "#;":
            if text.startswith(
                ("if-", "for", "end", "ini ", "ini=", "include", "inherit", "jinja")
            ):
                return Doubt(source.path, f"{source.path} has conditions or takes in other files")
            name, equals, value = text.partition("=")
            key = name.strip(" \t").replace("_", "-")
            shown = value.strip(" \t") if equals else "true"
            start = at + line.index(shown) if shown in line else at
            place = source.place(start, start + len(shown)) if equals else source.place(at, at)
            values[key] = (*values.get(key, ()), Phrase(_parts(shown, env), place))
        at += len(line) + 1
    return Texts(source.path, _with_synonyms(values))


_SYNONYMS = {
    "file": "module",
    "wsgi": "module",
    "wsgi-file": "module",
    "workers": "processes",
    "python-path": "pythonpath",
    "pp": "pythonpath",
    "python-autoreload": "py-autoreload",
    "env-file": "env",
}


def _with_synonyms(values: Mapping[str, tuple[Phrase, ...]]) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, tuple[Phrase, ...]] = {}
    for key, phrases in values.items():
        name = _SYNONYMS.get(key, key)
        found[name] = (*found.get(name, ()), *phrases)
    return found


def _parts(text: str, env: Environment) -> tuple[str | None, ...]:
    """A value with its placeholders: variables of the environment are known, others are not."""
    parts: list[str | None] = []
    at = 0
    for match in _PLACEHOLDER.finditer(text):
        parts.append(text[at : match.start()])
        fact = env.get(match[1]) if match[1] else None
        parts.append(fact.value if isinstance(fact, Known) else None)
        at = match.end()
    parts.append(text[at:])
    return tuple(part for part in parts if part != "")
