"""Pipfile.lock."""

from bisect import bisect_left

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.manifests.model import Lock, LockedPackage, Problem
from dockerlint_py.manifests.naming import normalise
from dockerlint_py.manifests.versions import Versions, pep440
from dockerlint_py.text import Place, Source
from dockerlint_py.text.regex import regex

_LARGEST = 5_000_000
_KEY = regex(r'"((?:[^"\\\n]|\\.)*)"\s*:')
_GROUPS = {"default": "main", "develop": "dev"}


def read_pipfile_lock(source: Source) -> Lock:
    """Pipfile.lock: its files are known only by their hashes, its graph not at all."""
    import json

    try:
        if len(source.text) > _LARGEST:
            raise ValueError("too large")
        data = json.loads(source.text)
    except (ValueError, RecursionError) as error:
        problem = Problem(f"not JSON: {error}", source.place(0, 0))
        return Lock("pipenv", source, {}, problems=(problem,))
    if not isinstance(data, dict):
        problem = Problem("not a lock file", source.place(0, 0))
        return Lock("pipenv", source, {}, problems=(problem,))
    keys = _Keys(source)
    packages: dict[str, tuple[LockedPackage, ...]] = {}
    for section, entries in data.items():
        if section == "_meta" or not isinstance(entries, dict):
            continue
        group = _GROUPS.get(str(section), str(section))
        for name, entry in entries.items():
            if isinstance(entry, dict):
                _add(packages, _package(name, entry, group, keys.place(name, section)))
    meta = data.get("_meta")
    return _with_meta(
        Lock("pipenv", source, packages), keys, meta if isinstance(meta, dict) else {}
    )


def _package(name: str, entry: dict[str, object], group: str, place: Place) -> LockedPackage:
    version = entry.get("version")
    markers = entry.get("markers")
    origin = next((key for key in ("git", "path", "file") if key in entry), "registry")
    return LockedPackage(
        normalise(name),
        version.removeprefix("==") if isinstance(version, str) else "",
        place,
        marker=markers if isinstance(markers, str) else "",
        groups=frozenset({group}),
        origin={"file": "url"}.get(origin, origin),
    )


class _Keys:
    """Where the keys of the file stand, found in one pass."""

    __slots__ = ("offsets", "source")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.offsets: dict[str, list[int]] = {}
        for found in _KEY.finditer(source.text):
            self.offsets.setdefault(found.group(1), []).append(found.start())

    def place(self, name: str, section: str) -> Place:
        """The key after the key of its section; the start of the file when it is not found."""
        start = self.offsets.get(section, [0])[0]
        offsets = self.offsets.get(name, [])
        at = bisect_left(offsets, start)
        if at == len(offsets):
            return self.source.place(0, 0)
        return self.source.place(offsets[at], offsets[at] + len(name) + 2)


def _add(packages: dict[str, tuple[LockedPackage, ...]], found: LockedPackage) -> None:
    """One package for all groups that lock the same version of it."""
    known = packages.get(found.name, ())
    for index, package in enumerate(known):
        if package.version == found.version:
            merged = package._replace(groups=package.groups | found.groups)
            packages[found.name] = (*known[:index], merged, *known[index + 1 :])
            return
    packages[found.name] = (*known, found)


def _with_meta(lock: Lock, keys: _Keys, meta: dict[str, object]) -> Lock:
    digest = meta.get("hash")
    sha256 = digest.get("sha256") if isinstance(digest, dict) else None
    requires = meta.get("requires")
    return lock._replace(
        content_hash=sha256 if isinstance(sha256, str) else None,
        requires_python=_requires_python(keys, requires),
    )


def _requires_python(keys: _Keys, requires: object) -> Fact[Versions]:
    if isinstance(requires, dict):
        for key in ("python_full_version", "python_version"):
            version = requires.get(key)
            if isinstance(version, str):
                exact = version if key == "python_full_version" else f"{version}.*"
                says = f"{keys.source.path} is locked for Python {version}"
                return Known(pep440(f"=={exact}"), (keys.place(key, "requires"),), says=says)
    return Unknown(f"{keys.source.path} does not say which Python it is for")
