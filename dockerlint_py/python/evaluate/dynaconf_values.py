"""What dynaconf makes of texts: of variables, of strings in its files, and of the files."""

from functools import lru_cache
from typing import TYPE_CHECKING

from dockerlint_py.python.evaluate.values import Box, Items, Origin, Plain, Unresolved, Value
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.manifests.toml import TomlFile
    from dockerlint_py.python.expressions import Scalar
    from dockerlint_py.yaml import Node

_TRUE = ("t", "true", "enabled", "1", "on", "yes")
_NOTHING = ("@none", "@null", "@note", "@comment")
_MARKS = ("dynaconf_merge", "dynaconf_merge_unique")
_TOKEN = regex(r"@[a-z_]+")
_LARGEST = 500_000
_LARGEST_VALUE = 20_000
_DEEPEST = 20
_MOST_DOTS = 100
"""`tomllib` takes quadratic time for dotted keys."""
_YAML_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_YAML_INTEGER = regex(r"-?(?:0|[1-9][0-9]{0,17})")
_YAML_FLOAT = regex(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
_YAML_TEXT = regex(r"[A-Za-z/][^\n]*")
_YAML_NULLS = ("null", "true", "false", "nan", "inf")
UNREAD = object()
"""Stands for a part of a file that is not understood."""


def from_variable(text: str, origin: Origin) -> Value:
    """The value of a variable, which may be written as TOML."""
    if text.strip() in ("True", "False"):
        text = text.lower()
    return from_default(text, origin)


def from_default(text: str, origin: Origin) -> Value:
    """The same for the default of a validator, where `True` is a word like any other."""
    if _TOKEN.match(text):
        return _cast(text, origin)
    return from_data(_toml(text), origin)


def _toml(text: str) -> object:
    import tomllib

    if len(text) > _LARGEST_VALUE or text.count(".") > _MOST_DOTS:
        return UNREAD
    try:
        return tomllib.loads(f"key={text}")["key"]
    except (tomllib.TOMLDecodeError, KeyError):
        return text
    except (RecursionError, ValueError):
        return UNREAD


def _cast(text: str, origin: Origin) -> Value:
    """A text with a token in front, `@int 5`."""
    import json

    token, _, rest = text.partition(" ")
    if rest.startswith("@"):
        return Unresolved(f"{token} of a token", origin)
    if token in _NOTHING:
        return Plain(None, origin)
    if token == "@str":
        return Plain(rest, origin)
    if token == "@bool":
        return Plain(rest.strip().lower() in _TRUE, origin)
    try:
        if token == "@int":
            return Plain(int(rest[:50]), origin)
        if token == "@float":
            return Plain(float(rest[:50]), origin)
        if token == "@json" and len(rest) <= _LARGEST_VALUE:
            return from_data(json.loads(rest), origin)
    except (ValueError, RecursionError):
        pass
    return Unresolved(f"{token} is not followed", origin)


def from_data(data: object, origin: Origin, depth: int = 0) -> Value:
    """A value of a file; its strings may have tokens in front."""
    if isinstance(data, str):
        return _cast(data, origin) if _TOKEN.match(data) else Plain(data, origin)
    if isinstance(data, int | float | None):
        return Plain(data, origin)
    if depth < _DEEPEST and isinstance(data, list):
        if any(mark in data for mark in _MARKS):
            return Unresolved("it is merged", origin)
        return Items("list", tuple(from_data(item, origin, depth + 1) for item in data), origin)
    if depth < _DEEPEST and isinstance(data, dict):
        if any(str(key).lower() in _MARKS for key in data):
            return Unresolved("it is merged", origin)
        entries: dict[Scalar, Value] = {}
        for key, value in data.items():
            if not isinstance(key, str | int) or "__" in str(key) or "." in str(key):
                return Unresolved("it has keys that are not followed", origin)
            entries[key] = from_data(value, origin, depth + 1)
        return Box(entries, origin)
    return Unresolved("a value of another type", origin)


class FileData(NamedTuple):
    """The data of a file, None when it is not understood, and its keys' places if it is TOML."""

    source: Source
    data: dict[object, object] | None
    toml: "TomlFile | None" = None

    def place(self, *path: object) -> Place:
        """Where a value stands, or the file begins."""
        keys = [key for key in path if isinstance(key, str)]
        whole = Place(self.source, self.source.line_span(1))
        return self.toml.place(*keys) if self.toml is not None else whole


@lru_cache(maxsize=16)
def read(source: Source) -> FileData:
    """What a file of settings says."""
    if len(source.text) > _LARGEST:
        return FileData(source, None)
    if source.path.endswith((".toml", ".tml")):
        from dockerlint_py.manifests.toml import TomlFile

        file = TomlFile(source)
        data: dict[object, object] = dict(file.data.items())
        return FileData(source, None if file.error else data, file)
    found = _yaml(source) if source.path.endswith((".yaml", ".yml")) else _json(source)
    return FileData(source, found if isinstance(found, dict) else None)


def _json(source: Source) -> object:
    import json

    try:
        return json.loads(source.text)
    except (ValueError, RecursionError):
        return None


def _yaml(source: Source) -> object:
    from dockerlint_py.yaml import parse

    parsed = parse(source)
    if parsed.problems or len(parsed.documents) > 1:
        return None
    root = parsed.documents[0].root if parsed.documents else None
    return {} if root is None else _node(root, 0)


def _node(node: "Node", depth: int) -> object:
    """A node as YAML 1.2 has it; what readers of YAML do not agree about is not read."""
    from dockerlint_py.yaml import MappingNode, ScalarNode, SequenceNode, Style

    if depth > _DEEPEST or node.tag is not None or node.anchor is not None:
        return UNREAD
    if isinstance(node, ScalarNode):
        return _plain(node.value) if node.style is Style.PLAIN else node.value
    if isinstance(node, SequenceNode):
        return [_node(item, depth + 1) for item in node.items]
    if not isinstance(node, MappingNode):
        return UNREAD
    data: dict[object, object] = {}
    for key, value in node.pairs:
        name = _node(key, depth + 1)
        if not isinstance(name, str) or name in data or name == "<<":
            return UNREAD
        data[name] = _node(value, depth + 1)
    return data


def _plain(text: str) -> object:
    word = text if text in _YAML_WORDS else text.lower() if text.istitle() else text
    if word in _YAML_WORDS:
        return _YAML_WORDS[word]
    if _YAML_INTEGER.fullmatch(text):
        return int(text)
    if _YAML_FLOAT.fullmatch(text):
        return float(text)
    is_text = _YAML_TEXT.fullmatch(text) and text.lower() not in _YAML_NULLS
    return text if is_text else UNREAD
