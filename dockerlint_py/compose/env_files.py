"""The variables that `env_file` gives to a service, one layer a file.

A missing file is not an error here, though Compose stops at it: in a repository it is usually a
file that a developer or a deployment writes. What it would set is unknown.
"""

from typing import TYPE_CHECKING

from dockerlint_py.compose import decode, gofmt
from dockerlint_py.compose.dotenv import Assignment, EnvFile, parse_env_file, parse_raw
from dockerlint_py.compose.environment import report
from dockerlint_py.compose.reader import find
from dockerlint_py.compose.template import Setting
from dockerlint_py.compose.tree import Mapping, Scalar, Sequence, Value, text_of
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source

if TYPE_CHECKING:
    from dockerlint_py.compose.loader import Loading


class EnvFileLayer(NamedTuple):
    """One entry of `env_file`; `missing` says why its variables are not known."""

    path: str
    place: Place
    values: dict[str, Assignment]
    source: Source | None = None
    missing: str | None = None
    required: bool = True


def env_file_layers(service: Mapping, loading: "Loading") -> tuple[EnvFileLayer, ...]:
    """The files of a service, the first (and weakest) first."""
    entries = service.get("env_file")
    if not isinstance(entries, Sequence):
        return ()
    own = {
        name: Setting(gofmt.text(each.value), each.place, each.doubt)
        for name, each in decode.pairs_of(service.get("environment")).items()
        if each.value is not None
    }
    before: dict[str, Assignment] = {}
    layers: list[EnvFileLayer] = []
    for entry in entries.items:
        layer = _layer(entry, own, before, loading)
        before.update(layer.values)
        layers.append(layer)
    return tuple(layers)


def label_file_layers(service: Mapping, loading: "Loading") -> tuple[EnvFileLayer, ...]:
    """The files of `label_file`; their values may use labels of earlier files, nothing else."""
    entries = service.get("label_file")
    before: dict[str, Assignment] = {}
    layers: list[EnvFileLayer] = []
    for entry in entries.items if isinstance(entries, Sequence) else []:
        text = text_of(entry)
        found = find(loading.read, text or "")
        if text is None or found.source is None:
            layers.append(EnvFileLayer(text or "", entry.place, {}, None, found.why))
            continue
        result = parse_env_file(found.source, lambda _: None, before)
        report(result, loading)
        before.update(result.values)
        layers.append(EnvFileLayer(text, entry.place, result.values, found.source))
    return tuple(layers)


def _layer(
    entry: Value, own: dict[str, Setting], before: dict[str, Assignment], loading: "Loading"
) -> EnvFileLayer:
    path = entry.get("path") if isinstance(entry, Mapping) else entry
    needed = entry.get("required") if isinstance(entry, Mapping) else None
    required = not (isinstance(needed, Scalar) and needed.value is False)
    text = text_of(path)
    at = path if path is not None else entry
    if text is None or (isinstance(at, Scalar) and at.doubt is not None):
        return EnvFileLayer(text or "", at.place, {}, None, "its name is not known", required)
    found = find(loading.read, text)
    if found.source is None:
        return EnvFileLayer(text, at.place, {}, None, found.why, required)

    values = _parsed(entry, found.source, own, before, loading).values
    if loading.strict:
        values = {name: each._replace(doubt=None) for name, each in values.items()}
    return EnvFileLayer(text, at.place, values, found.source, None, required)


def _parsed(
    entry: Value,
    source: Source,
    own: dict[str, Setting],
    before: dict[str, Assignment],
    loading: "Loading",
) -> EnvFile:
    def lookup(name: str) -> Setting | None:
        return loading.settings.get(name) or own.get(name)

    style = text_of(entry.get("format")) if isinstance(entry, Mapping) else None
    raw = style == "raw"
    result = parse_raw(source, lookup) if raw else parse_env_file(source, lookup, before)
    if style not in (None, "", "raw", ".env") and isinstance(entry, Mapping):
        message = f"`{style}` is not a format of env_file"
        loading.problems.add("value", message, entry.entries["format"].place)
    report(result, loading)
    return result
