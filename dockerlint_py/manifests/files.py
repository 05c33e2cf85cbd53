"""From a file's name to its reader. Readers are imported when they are needed."""

import re

from dockerlint_py.manifests.model import Lock, LockKind, Manifest, ManifestKind, Reader
from dockerlint_py.text import Source
from dockerlint_py.text.regex import regex

_MANIFESTS: dict[str, ManifestKind] = {
    "pyproject.toml": "pyproject",
    "Pipfile": "pipfile",
    "setup.cfg": "setup.cfg",
    "setup.py": "setup.py",
}
_LOCKS: dict[str, LockKind] = {
    "poetry.lock": "poetry",
    "uv.lock": "uv",
    "Pipfile.lock": "pipenv",
    "pdm.lock": "pdm",
    "pylock.toml": "pylock",
}
_CONDA = regex(r"(?:conda[-_])?env(?:ironment)?(?:[-_.][A-Za-z0-9_.-]+)?\.ya?ml$")
_REQUIREMENTS = regex(
    r"(?:[A-Za-z0-9_.-]*[-_.])?(?:requirements?|constraints?|reqs?)(?:[-_.][A-Za-z0-9_.-]*)?\.(?:txt|in|pip)$",
    re.IGNORECASE,
)
_FOLDER = regex(r"(?:^|/)(?:requirements?|constraints?|reqs?)/(?:[^/]+/)*[^/]+\.(?:txt|in|pip)$")
_PYLOCK = regex(r"pylock\.[^.]+\.toml$")


def manifest_kind(path: str) -> ManifestKind | None:
    """What kind of manifest a file is, by its name; None when it is not known to be one."""
    name = path.rpartition("/")[2]
    known = _MANIFESTS.get(name)
    if known is not None:
        return known
    if _CONDA.match(name):
        return "conda"
    if _REQUIREMENTS.match(name) or _FOLDER.search(path):
        return "requirements"
    return None


def lock_kind(path: str) -> LockKind | None:
    """What kind of lock file a file is, by its name."""
    name = path.rpartition("/")[2]
    return "pylock" if _PYLOCK.match(name) else _LOCKS.get(name)


def read_manifest(
    source: Source, read: Reader | None = None, kind: ManifestKind | None = None
) -> Manifest | None:
    """Read a manifest of a kind, by default the one that its name tells; None when it tells none.

    `read` gives the files that the manifest includes. What cannot be understood is a problem of
    the result, never an exception.
    """
    kind = kind or manifest_kind(source.path)
    if kind == "requirements":
        from dockerlint_py.manifests.requirements import read_requirements

        return read_requirements(source, read)
    if kind == "pyproject":
        from dockerlint_py.manifests.pyproject import read_pyproject

        return read_pyproject(source, read)
    if kind == "conda":
        from dockerlint_py.manifests.conda import read_conda_environment

        return read_conda_environment(source, read)
    return _read_other(source, kind)


def _read_other(source: Source, kind: ManifestKind | None) -> Manifest | None:
    if kind == "pipfile":
        from dockerlint_py.manifests.pipfile import read_pipfile

        return read_pipfile(source)
    if kind == "setup.cfg":
        from dockerlint_py.manifests.setup_cfg import read_setup_cfg

        return read_setup_cfg(source)
    if kind == "setup.py":
        from dockerlint_py.manifests.setup_py import read_setup_py

        return read_setup_py(source)
    return None


def read_lock(source: Source, kind: LockKind | None = None) -> Lock | None:
    """Read a lock file of a kind, by default the one that its name tells, None without one."""
    kind = kind or lock_kind(source.path)
    if kind is None:
        return None
    if kind == "pipenv":
        from dockerlint_py.manifests.pipfile_lock import read_pipfile_lock

        return read_pipfile_lock(source)
    from dockerlint_py.manifests import locks

    readers = {
        "poetry": locks.read_poetry_lock,
        "uv": locks.read_uv_lock,
        "pdm": locks.read_pdm_lock,
        "pylock": locks.read_pylock,
    }
    return readers[kind](source)
