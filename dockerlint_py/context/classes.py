"""What kind of file a path is, as far as an image should not hold it.

Names only: a path needs not exist. A file inside a folder such as `tests` or `.venv` is of the
folder's class, so a key that tests use is no secret.
"""

from enum import Enum
from functools import lru_cache

from dockerlint_py.text.regex import regex

LARGE = 1_000_000
"""From this size on (in bytes), media and archives are worth a word."""


_ACCOUNT = regex(r"service[_-]?account.*\.json|client_secrets?.*\.json")
_DUMP = regex(r"(?:.*[._-])?(?:dump|backup)(?:[._-].*)?\.(?:sql|json)(?:\.gz)?|.+\.sql\.gz")
_TEST = regex(r"test_.+\.py|.+_test\.py")
_PARTS = regex(r"[._-]")


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

_NAMES = {
    **dict.fromkeys((".env", ".envrc"), FileClass.ENVIRONMENT),
    **dict.fromkeys(
        (
            *("id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "credentials.json"),
            *("secret.yml", "secret.yaml", "secret.json", "secret.toml"),
            *("secrets.yml", "secrets.yaml", "secrets.json", "secrets.toml"),
            *(".netrc", ".pgpass", ".pypirc", ".htpasswd"),
        ),
        FileClass.SECRET,
    ),
    **dict.fromkeys(("tests.py", "conftest.py"), FileClass.TESTS),
    **dict.fromkeys((".DS_Store", "Thumbs.db"), FileClass.EDITOR),
    **dict.fromkeys(
        (".coverage", "coverage.xml", "coverage.json", "coverage.lcov", "lcov.info"),
        FileClass.COVERAGE,
    ),
}

_SUFFIXES = {
    "env": FileClass.ENVIRONMENT,
    **dict.fromkeys(("pem", "key", "p12", "pfx", "jks", "keystore", "ppk"), FileClass.SECRET),
    **dict.fromkeys(("pyc", "pyo"), FileClass.PYTHON_CACHE),
    **dict.fromkeys(
        (
            *("sqlite", "sqlite3", "db", "db3", "sqlite-journal", "sqlite3-journal"),
            *("dump", "pgdump", "rdb"),
        ),
        FileClass.DATABASE,
    ),
    **dict.fromkeys(("swo", "swp", "code-workspace"), FileClass.EDITOR),
    "ipynb": FileClass.NOTEBOOK,
    **dict.fromkeys(
        (
            *("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "psd", "webp", "heic"),
            *("mp3", "mp4", "m4a", "wav", "flac", "ogg", "avi", "mov", "mkv", "webm"),
            *("zip", "tar", "tgz", "gz", "bz2", "xz", "7z", "rar", "iso"),
            *("pdf", "csv", "parquet", "h5", "onnx", "pt", "bin"),
        ),
        FileClass.MEDIA,
    ),
}
"""What the part of a name behind its last dot tells."""


_PATTERNS = {
    "json": ((FileClass.SECRET, _ACCOUNT), (FileClass.DATABASE, _DUMP)),
    "sql": ((FileClass.DATABASE, _DUMP),),
    "gz": ((FileClass.DATABASE, _DUMP),),
    "py": ((FileClass.TESTS, _TEST),),
}
"""The names that a suffix alone does not tell, by that suffix, in the order of trial."""

_DOCS_DEPTH = 2  # `docs/`, `backend/docs/`; further down it may be a page of the application

_PAGES = "templates"
"""The folder of what an application renders: `templates/docs/` is part of it."""

_COMMANDS = "/management/commands"
"""The folder of Django's own commands: `test_email.py` there is one, no test."""

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
    folder, _, name = path.rpartition("/")
    whole, rest = _classes_in(folder)
    found = whole or classify_name(name, size) or rest
    is_command = f"/{folder}".endswith(_COMMANDS) and whole is None
    return None if found is FileClass.TESTS and is_command else found


@lru_cache(maxsize=1024)
def _classes_in(path: str) -> tuple[FileClass | None, FileClass | None]:
    """The class of everything in a folder, and that of files which have none by name."""
    folders = path.split("/")
    whole = next((_OWN_FOLDERS[folder] for folder in folders if folder in _OWN_FOLDERS), None)
    rest = next((_OTHER_FOLDERS[folder] for folder in folders if folder in _OTHER_FOLDERS), None)
    is_docs = _PAGES not in folders and not {"docs", "doc"}.isdisjoint(folders[:_DOCS_DEPTH])
    return whole, rest or (FileClass.DOCS if is_docs else None)


def classify_folder(name: str) -> FileClass | None:
    """The class that a folder of this name gives to all that it holds."""
    return _OWN_FOLDERS.get(name)


def classify_name(name: str, size: int = 0) -> FileClass | None:
    """The class of a file by its name alone."""
    found = _class_of_name(name)
    if found in (FileClass.ENVIRONMENT, FileClass.SECRET) and is_example(name):
        return None
    return None if found is FileClass.MEDIA and size < LARGE else found


def _class_of_name(name: str) -> FileClass | None:
    stem, _, suffix = name.rpartition(".")
    if name.startswith((".env.", ".env-", ".env_")) and len(name) > len(".env."):
        return FileClass.ENVIRONMENT
    if name in _NAMES:
        return _NAMES[name]
    for file_class, pattern in _PATTERNS.get(suffix, ()):
        if pattern.fullmatch(name):
            return file_class
    found = _SUFFIXES.get(suffix) if stem else None
    return FileClass.COVERAGE if not found and name.startswith(".coverage.") else found


def is_example(name: str) -> bool:
    """Whether a name says that the file is an example, a template or encrypted."""
    return not _EXAMPLE_WORDS.isdisjoint(_PARTS.split(name.lower()))
