"""Relative paths of a model, made relative to the folder of the project that the model is part of.

Source: compose-spec, "relative paths"; which keys hold paths was checked with `docker compose
config`.
"""

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from dockerlint_py.compose.patterns import ITEM, Patterns
from dockerlint_py.compose.reader import is_remote, join
from dockerlint_py.compose.tree import Mapping, Scalar, Sequence, Value, text_of

Resolver: TypeAlias = Callable[[Value, str], Value]


def resolve_paths(root: Mapping, folder: str) -> None:
    """Makes all relative paths of a model relative to the folder that `folder` is relative to."""
    _mapping(root, resolvers(), folder)


def _mapping(value: Mapping, patterns: Patterns[Resolver], folder: str) -> None:
    for name, each in value.entries.items():
        below = patterns.down(name)
        if below is not None:
            value.entries[name] = _resolved(each, below, folder)


def _resolved(value: Value, patterns: Patterns[Resolver], folder: str) -> Value:
    if patterns.found is not None:
        return patterns.found(value, folder)
    if isinstance(value, Mapping):
        _mapping(value, patterns, folder)
    elif isinstance(value, Sequence):
        below = patterns.down(ITEM)
        if below is not None:
            value.items = [_resolved(each, below, folder) for each in value.items]
    return value


def _path(value: Value, folder: str) -> Value:
    text = text_of(value)
    if not text or not isinstance(value, Scalar):
        return value
    return value.made(join(folder, text))


def _context(value: Value, folder: str) -> Value:
    text = text_of(value)
    if text is None or is_remote(text) or text.startswith("service:"):
        return value
    return _path(value, folder)


def _mount(value: Value, folder: str) -> Value:
    if isinstance(value, Mapping) and text_of(value.get("type")) == "bind":
        source = value.get("source")
        if source is not None:
            value.entries["source"] = _host_path(source, folder)
    return value


def _host_path(value: Value, folder: str) -> Value:
    text = text_of(value)
    if text is None or not isinstance(value, Scalar) or _is_windows_path(text):
        return value
    # An empty source is the project folder itself.
    return value.made(text if text.startswith("/") else join(folder, text))


def _is_windows_path(text: str) -> bool:
    drive = len(text) > 2 and text[0].isascii() and text[0].isalpha() and text[1] == ":"
    return text.startswith("\\\\") or (drive and text[2] in "\\/")


def _driver_options(value: Value, folder: str) -> Value:
    """A named volume that binds a folder of the host."""
    if not isinstance(value, Mapping) or text_of(value.get("driver")) != "local":
        return value
    options = value.get("driver_opts")
    if isinstance(options, Mapping) and text_of(options.get("o")) == "bind":
        device = options.get("device")
        if device is not None:
            options.entries["device"] = _host_path(device, folder)
    return value


@cache
def resolvers() -> Patterns[Resolver]:
    """The keys that hold paths."""
    table: dict[str, Resolver] = {
        "services.*.build.context": _context,
        "services.*.build.additional_contexts.*": _context,
        "services.*.build.ssh.*": _host_path,
        "services.*.env_file.*.path": _path,
        "services.*.label_file.*": _path,
        "services.*.extends.file": _path,
        "services.*.develop.watch.*.path": _path,
        "services.*.volumes.*": _mount,
        "configs.*.file": _host_path,
        "secrets.*.file": _host_path,
        "volumes.*": _driver_options,
    }
    return Patterns(table)
