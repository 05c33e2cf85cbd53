"""The configuration file: `[tool.dockerlint-py]` of pyproject.toml, or .dockerlint.toml."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dockerlint_py.engine.errors import ConfigError, did_you_mean
from dockerlint_py.engine.packs import Catalogue
from dockerlint_py.engine.rule import OptionInfo
from dockerlint_py.engine.select import PROFILES
from dockerlint_py.model.finding import Severity
from dockerlint_py.record import NamedTuple

DEFAULT_PACKS = ("dockerlint_rules",)
ROLES = ("prod", "dev", "test")
FAIL_ON = ("error", "warning", "info", "never")
FILE_NAMES = (".dockerlint.toml", "pyproject.toml")


class FileSetConfig(NamedTuple):
    """Compose files that are merged in this order, and what the result is for."""

    files: tuple[str, ...]
    role: str | None = None


class Config(NamedTuple):
    """What a configuration file may say; the defaults hold without one."""

    path: str | None = None
    profile: str = "default"
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "warning"
    exclude: tuple[str, ...] = ()
    plugins: tuple[str, ...] = DEFAULT_PACKS
    baseline: str | None = None
    file_sets: Mapping[str, FileSetConfig] = {}
    severity: Mapping[str, Severity] = {}
    per_path_ignores: Mapping[str, tuple[str, ...]] = {}
    rules: Mapping[str, Mapping[str, Any]] = {}


def find_config(start: Path, root: Path) -> Path | None:
    """The nearest configuration file at or above a path, not above the root."""
    folder = start if start.is_dir() else start.parent
    while True:
        for name in FILE_NAMES:
            candidate = folder / name
            if candidate.is_file() and (name != "pyproject.toml" or _has_our_table(candidate)):
                return candidate
        if folder in (root, folder.parent):
            return None
        folder = folder.parent


def load_config(path: Path, shown_as: str) -> Config:
    """Reads a configuration file; raises `ConfigError` naming the file and the line."""
    from tomllib import TOMLDecodeError, loads

    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        data: Mapping[str, Any] = loads(text)
    except TOMLDecodeError as error:
        raise ConfigError(shown_as, None, f"not TOML: {error}") from error
    prefix = "" if path.name != "pyproject.toml" else "tool.dockerlint-py"
    for key in prefix.split(".") if prefix else ():
        data = data.get(key, {})
    return _Reader(shown_as, text, prefix).read(data)


def check_against_rules(config: Config, catalogue: Catalogue) -> None:
    """Raises `ConfigError` when the configuration names a rule or an option that there is not."""
    reader = _Reader(config.path or "", "", "")
    for table, codes in (("severity", config.severity), ("rules", config.rules)):
        for code in codes:
            if catalogue.by_code(code) is None:
                words = [word for info in catalogue.rules for word in (info.id, info.name)]
                raise reader.error(
                    f"{table}: no rule is called {code!r}{did_you_mean(code, words)}"
                )
    for code, options in config.rules.items():
        info = catalogue.by_code(code)
        known = {option.name: option for option in info.options} if info else {}
        for name, value in options.items():
            if name not in known:
                hint = did_you_mean(name, known)
                raise reader.error(f"rules.{code}: no option is called {name!r}{hint}")
            _check_option(reader, code, known[name], value)


def _check_option(reader: "_Reader", code: str, option: OptionInfo, value: object) -> None:
    expected = type(option.default)
    given = list if expected is tuple else expected
    if type(value) is not given:
        raise reader.error(f"rules.{code}.{option.name}: expected {option.type}")


def _has_our_table(path: Path) -> bool:
    return "[tool.dockerlint-py" in path.read_text(encoding="utf-8", errors="replace")


class _Reader:
    """Turns the table into a `Config`, with the line of what is wrong."""

    def __init__(self, path: str, text: str, prefix: str) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.prefix = prefix

    def error(self, message: str, key: str | None = None, table: str = "") -> ConfigError:
        return ConfigError(self.path, self._line(table, key) if key else None, message)

    def read(self, data: Mapping[str, Any]) -> Config:
        known = {name.replace("_", "-") for name in Config._fields if name != "path"}
        values: dict[str, Any] = {"path": self.path}
        for key, value in data.items():
            if key not in known:
                raise self.error(f"unknown key {key!r}{did_you_mean(key, known)}", key)
            values[key.replace("-", "_")] = self._value(key, value)
        return Config(**values)

    def _value(self, key: str, value: Any) -> object:
        match key:
            case "profile":
                return self._one_of(key, value, tuple(PROFILES))
            case "fail-on":
                return self._one_of(key, value, FAIL_ON)
            case "baseline":
                return self._typed(key, value, str, "a string")
            case "file-sets":
                return {k: self._file_set(k, v) for k, v in self._table(key, value).items()}
            case "severity":
                words = tuple(severity.word for severity in Severity)
                return {
                    k: Severity[self._one_of(k, v, words, key).upper()]
                    for k, v in self._table(key, value).items()
                }
            case "per-path-ignores":
                return {k: self._strings(k, v, key) for k, v in self._table(key, value).items()}
            case "rules":
                table = self._table(key, value)
                return {k: self._table(k, v, f"{key}.{k}") for k, v in table.items()}
            case _:
                return self._strings(key, value)

    def _file_set(self, name: str, value: Any) -> FileSetConfig:
        table = self._table(name, value, "file-sets")
        for key in table:
            if key not in ("files", "role"):
                hint = did_you_mean(key, ("files", "role"))
                raise self.error(f"file-sets.{name}: unknown key {key!r}{hint}", name, "file-sets")
        files = self._strings("files", table.get("files", []), "file-sets")
        if not files:
            raise self.error(f"file-sets.{name}: no files", name, "file-sets")
        role = table.get("role")
        return FileSetConfig(files, role and self._one_of("role", role, ROLES, "file-sets"))

    def _typed(self, key: str, value: Any, kind: type[Any], words: str, table: str = "") -> Any:
        if not isinstance(value, kind):
            raise self.error(f"{key}: expected {words}", key, table)
        return value

    def _table(self, key: str, value: Any, table: str = "") -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._typed(key, value, dict, "a table", table)
        return found

    def _strings(self, key: str, value: Any, table: str = "") -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(f"{key}: expected a list of strings", key, table)
        return tuple(value)

    def _one_of(self, key: str, value: Any, words: tuple[str, ...], table: str = "") -> str:
        if not isinstance(value, str) or value not in words:
            hint = did_you_mean(value, words) if isinstance(value, str) else ""
            raise self.error(f"{key}: expected one of {', '.join(words)}{hint}", key, table)
        return value

    def _line(self, table: str, key: str) -> int | None:
        """The line that sets a key, found by its text: the key stands first on it."""
        header = ".".join(part for part in (self.prefix, table) if part)
        current = ""
        for number, line in enumerate(self.lines, 1):
            stripped = line.strip()
            if stripped.startswith("["):
                current = stripped.strip("[]").replace('"', "").strip()
                if current == f"{header}.{key}".lstrip("."):
                    return number
            elif current == header and stripped.partition("=")[0].strip().strip("\"'") == key:
                return number
        return None
