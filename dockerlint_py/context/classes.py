"""What kind of file a path is, as far as an image should not hold it.

Names only: a path needs not exist. A file inside a folder such as `tests` or `.venv` is of the
folder's class, so a key that tests use is no secret.
"""

import re
from enum import Enum
from functools import cache

LARGE = 1_000_000
"""From this size on (in bytes), media and archives are worth a word."""


class FileClass(Enum):
    """A class of files that an image rarely needs; the value is the plural used in messages."""

    ENVIRONMENT = "environment files"
    SECRET = "secrets"
    VERSION_CONTROL = "version control"
    PYTHON_CACHE = "Python caches"
    VIRTUAL_ENVIRONMENT = "virtual environments"
    NODE_MODULES = "node_modules"
    TESTS = "tests"
    DATABASE = "databases"
    EDITOR = "editor settings"
    DOCS = "documentation"
    NOTEBOOK = "notebooks"
    COVERAGE = "coverage reports"
    MEDIA = "large media"


_OWN_FOLDERS = {
    **dict.fromkeys((".git", ".hg", ".svn", ".bzr"), FileClass.VERSION_CONTROL),
    **dict.fromkeys(
        (
            *("__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"),
            *(".pytype", ".pyre", ".tox", ".nox", ".ipynb_checkpoints", ".eggs", ".uv-cache"),
        ),
        FileClass.PYTHON_CACHE,
    ),
    **dict.fromkeys(
        (".venv", "venv", "virtualenv", ".virtualenv", ".virtualenvs"),
        FileClass.VIRTUAL_ENVIRONMENT,
    ),
    "node_modules": FileClass.NODE_MODULES,
    **dict.fromkeys(("tests", "test", "__tests__", "e2e"), FileClass.TESTS),
    **dict.fromkeys(("htmlcov", ".nyc_output"), FileClass.COVERAGE),
}
"""Folders whose whole content is of one class."""

_OTHER_FOLDERS = {
    ".envs": FileClass.ENVIRONMENT,
    **dict.fromkeys((".idea", ".vscode", ".vs", ".fleet", ".zed"), FileClass.EDITOR),
}
"""Folders that give their class to files that have none by name."""

_DOCS_DEPTH = 2  # `docs/`, `backend/docs/`; further down it may be a page of the application

_EXAMPLE_WORDS = frozenset(
    {
        *("example", "examples", "sample", "samples", "template", "tmpl", "tpl", "j2", "jinja"),
        *("dist", "default", "defaults", "schema", "skeleton", "stub"),
        *("enc", "encrypted", "gpg", "age", "sops", "vault", "patch", "diff", "md"),
    }
)
"""Parts of a name that say: nothing secret in here, or not readable."""


def classify(path: str, size: int = 0) -> FileClass | None:
    """The class of a file by its path and size in bytes; None for an ordinary file.

    Files of a project template (`{{cookiecutter.name}}/.env`) are what the application works with.
    """
    if "{{" in path:
        return None
    *folders, name = path.split("/")
    for folder in folders:
        if folder in _OWN_FOLDERS:
            return _OWN_FOLDERS[folder]
    by_name = classify_name(name, size)
    if by_name is not None:
        return by_name
    for folder in folders:
        if folder in _OTHER_FOLDERS:
            return _OTHER_FOLDERS[folder]
    return None if {"docs", "doc"}.isdisjoint(folders[:_DOCS_DEPTH]) else FileClass.DOCS


def classify_folder(name: str) -> FileClass | None:
    """The class that a folder of this name gives to all that it holds."""
    return _OWN_FOLDERS.get(name)


def classify_name(name: str, size: int = 0) -> FileClass | None:
    """The class of a file by its name alone."""
    for file_class, pattern in _patterns():
        if pattern.fullmatch(name) is None:
            continue
        secret = file_class in (FileClass.ENVIRONMENT, FileClass.SECRET)
        if secret and is_example(name):
            return None
        if file_class is not FileClass.MEDIA or size >= LARGE:
            return file_class
    return None


def is_example(name: str) -> bool:
    """Whether a name says that the file is an example, a template or encrypted."""
    return not _EXAMPLE_WORDS.isdisjoint(_parts().split(name.lower()))


@cache
def _parts() -> re.Pattern[str]:
    return re.compile(r"[._-]")


@cache
def _patterns() -> tuple[tuple[FileClass, re.Pattern[str]], ...]:
    """The names of every class, in the order in which they are tried."""
    archives = "zip|tar|tgz|gz|bz2|xz|7z|rar|iso"
    pictures = "png|jpe?g|gif|bmp|tiff?|psd|webp|heic"
    sound = "mp3|mp4|m4a|wav|flac|ogg|avi|mov|mkv|webm"
    names = {
        FileClass.ENVIRONMENT: r"\.env|\.env[._-].+|.+\.env|\.envrc",
        FileClass.SECRET: (
            r".+\.(?:pem|key|p12|pfx|jks|keystore|ppk)|id_(?:rsa|dsa|ecdsa|ed25519)"
            r"|credentials\.json|service[_-]?account.*\.json|client_secrets?.*\.json"
            r"|secrets?\.(?:ya?ml|json|toml)|\.netrc|\.pgpass|\.pypirc|\.htpasswd"
        ),
        FileClass.PYTHON_CACHE: r".+\.py[co]",
        FileClass.TESTS: r"test_.+\.py|.+_test\.py|tests\.py|conftest\.py",
        FileClass.DATABASE: (
            r".+\.(?:sqlite3?|db3?|sqlite3?-journal|dump|pgdump|rdb)"
            r"|(?:.*[._-])?(?:dump|backup)(?:[._-].*)?\.(?:sql|json)(?:\.gz)?|.+\.sql\.gz"
        ),
        FileClass.EDITOR: r".+\.sw[op]|.+\.code-workspace|\.DS_Store|Thumbs\.db",
        FileClass.NOTEBOOK: r".+\.ipynb",
        FileClass.COVERAGE: r"\.coverage(?:\..+)?|coverage\.(?:xml|json|lcov)|lcov\.info",
        FileClass.MEDIA: rf".+\.(?:{pictures}|{sound}|{archives}|pdf|csv|parquet|h5|onnx|pt|bin)",
    }
    return tuple((kind, re.compile(pattern)) for kind, pattern in names.items())
