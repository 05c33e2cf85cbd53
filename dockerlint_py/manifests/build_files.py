"""The files and folders that building the project of a pyproject.toml needs."""

from collections.abc import Iterator

from dockerlint_py.manifests.model import Reference, ReferenceKind
from dockerlint_py.manifests.toml import Key, TomlFile

_FILES: tuple[tuple[ReferenceKind, tuple[Key, ...]], ...] = (
    ("readme", ("project", "readme")),
    ("readme", ("project", "readme", "file")),
    ("license", ("project", "license", "file")),
    ("readme", ("tool", "poetry", "readme")),
    ("version", ("tool", "hatch", "version", "path")),
    ("version", ("tool", "pdm", "version", "path")),
    ("version", ("tool", "setuptools", "dynamic", "version", "file")),
    ("readme", ("tool", "setuptools", "dynamic", "readme", "file")),
    ("requirements", ("tool", "setuptools", "dynamic", "dependencies", "file")),
    ("package", ("tool", "hatch", "build", "targets", "wheel", "packages")),
    ("package", ("tool", "hatch", "build", "packages")),
    ("package", ("tool", "setuptools", "packages", "find", "where")),
)
_PATTERNS: tuple[tuple[ReferenceKind, tuple[Key, ...]], ...] = (
    ("license", ("project", "license-files")),
    ("license", ("tool", "setuptools", "license-files")),
)


def build_references(toml: TomlFile) -> tuple[Reference, ...]:
    """Every file that the build is told of; what a backend finds by itself is not among them."""
    return (
        *_listed(toml, _FILES, pattern=False),
        *_listed(toml, _PATTERNS, pattern=True),
        *_included(toml),
        *_poetry_packages(toml),
    )


def _listed(
    toml: TomlFile,
    rows: tuple[tuple[ReferenceKind, tuple[Key, ...]], ...],
    *,
    pattern: bool,
) -> Iterator[Reference]:
    for kind, path in rows:
        value = toml.get(*path)
        if isinstance(value, str):
            yield Reference(kind, value, toml.place(*path), pattern)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, str):
                    yield Reference(kind, item, toml.place(*path, index), pattern)


def _included(toml: TomlFile) -> Iterator[Reference]:
    for path in (
        ("tool", "hatch", "build", "targets", "wheel", "force-include"),
        ("tool", "hatch", "build", "force-include"),
    ):
        for name in toml.table(*path):
            yield Reference("include", name, toml.place_with_key(*path, name))


def _poetry_packages(toml: TomlFile) -> Iterator[Reference]:
    """`packages = [{include = "app", from = "src"}]`."""
    path = ("tool", "poetry", "packages")
    for index, item in enumerate(toml.array(*path)):
        if not isinstance(item, dict) or not isinstance(item.get("include"), str):
            continue
        folder = item.get("from")
        name = f"{folder}/{item['include']}" if isinstance(folder, str) else str(item["include"])
        yield Reference("package", name, toml.place(*path, index), "*" in name)
