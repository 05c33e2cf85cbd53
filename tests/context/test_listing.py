"""What a build context sends and what a COPY takes."""

import pytest

from dockerlint_py.context import DockerIgnore, FileSpec, Snapshot
from dockerlint_py.context.classes import FileClass
from dockerlint_py.context.leftovers import leftovers
from dockerlint_py.context.listing import ContextListing, dockerignore_path, read_dockerignore
from dockerlint_py.text import Source

Files = dict[str, str | bytes | FileSpec]

PROJECT: Files = {
    "Dockerfile": "FROM a\n",
    "README.md": "r",
    "src/app.py": "import a",
    "src/.env": "SECRET=1",
    "src/deep/a.py": "",
    "src/deep/b.txt": "",
    "tests/test_app.py": "",
    ".git/HEAD": "ref",
    ".git/objects/00/1": "x",
    "env/pyvenv.cfg": "",
    "env/lib/a.py": "",
    "node_modules/a/index.js": "",
}


def listing(files: Files, *lines: str, folder: str = "") -> ContextListing:
    ignore = DockerIgnore.parse(Source(".dockerignore", "\n".join(lines)))
    return ContextListing(Snapshot.of(files), folder, ignore)


def taken(found: ContextListing, *sources: str, exclude: tuple[str, ...] = ()) -> list[str]:
    return [file.path for file in found.copied(sources, exclude).files]


def test_everything_is_sent_and_large_folders_are_one_thing() -> None:
    assert [file.path for file in listing(PROJECT).files] == [
        ".git",
        "Dockerfile",
        "README.md",
        "env",
        "node_modules",
        "src/.env",
        "src/app.py",
        "src/deep/a.py",
        "src/deep/b.txt",
        "tests/test_app.py",
    ]


def test_classes_of_a_copy_of_everything() -> None:
    totals = listing(PROJECT).copied(["."]).by_class()
    assert totals[FileClass.ENVIRONMENT] == (1, 8, ("src/.env",))
    assert totals[FileClass.VERSION_CONTROL] == (1, 0, (".git",))
    assert totals[FileClass.VIRTUAL_ENVIRONMENT].examples == ("env",)
    assert list(totals) == [
        FileClass.ENVIRONMENT,
        FileClass.VERSION_CONTROL,
        FileClass.VIRTUAL_ENVIRONMENT,
        FileClass.NODE_MODULES,
        FileClass.TESTS,
    ]


def test_the_ignore_file_counts() -> None:
    found = listing(PROJECT, ".git", "node_modules", "env/**", "tests/*", ".env", "*.md")
    assert taken(found, ".") == [
        "Dockerfile",
        "src/.env",
        "src/app.py",
        "src/deep/a.py",
        "src/deep/b.txt",
    ]
    assert not found.sends("README.md")
    assert found.sends("src/.env")
    assert not found.sends("nothing")


def test_an_exception_inside_an_ignored_folder() -> None:
    assert taken(listing(PROJECT, "src", "!src/deep/*.py"), "src") == ["src/deep/a.py"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("src/app.py", ["src/app.py"]),
        ("/src/app.py", ["src/app.py"]),
        ("./src/", ["src/.env", "src/app.py", "src/deep/a.py", "src/deep/b.txt"]),
        ("src/*.py", ["src/app.py"]),
        ("src/d*", ["src/deep/a.py", "src/deep/b.txt"]),
        ("*.md", ["README.md"]),
        ("**/*.py", ["src/app.py", "tests/test_app.py"]),
        ("src/deep/?.*", ["src/deep/a.py", "src/deep/b.txt"]),
        ("../README.md", ["README.md"]),
        ("nothing*", []),
        ("app.py", []),
        ("[", []),
    ],
)
def test_sources(source: str, expected: list[str]) -> None:
    selection = listing(PROJECT).copied([source])
    assert [file.path for file in selection.files] == expected
    assert selection.unmatched == (() if expected else (source,))


def test_an_empty_folder_is_a_source() -> None:
    assert listing({"empty/": ""}).copied(["empty"]) == ((), ())
    assert listing({"empty/": ""}, "empty").copied(["empty"]).unmatched == ("empty",)


def test_exclude_option() -> None:
    assert taken(listing(PROJECT), "src", exclude=("*.py",)) == [
        "src/.env",
        "src/deep/a.py",
        "src/deep/b.txt",
    ]
    assert taken(listing(PROJECT), "src", exclude=("deep", ".env", "[")) == ["src/app.py"]


def test_a_context_below_the_root() -> None:
    files: Files = {"backend/a.py": "", "backend/.env": "", "other/b.py": ""}
    found = listing(files, ".env", folder="backend")
    assert taken(found, ".") == ["backend/a.py"]
    assert taken(found, "a.py") == ["backend/a.py"]
    assert taken(found, "../other") == []


def test_a_link_as_a_source() -> None:
    files: Files = {"real/a.py": "", "link": FileSpec(link="real")}
    assert taken(listing(files), "link/") == ["real/a.py"]


@pytest.mark.parametrize(
    ("name", "data", "secret"),
    [
        ("a.pem", "-----BEGIN PRIVATE KEY-----", True),
        ("a.pem", "-----BEGIN CERTIFICATE-----", False),
        ("a.key", "-----BEGIN PUBLIC KEY-----", False),
        ("a.key", b"\x30\x82", True),
        ("a.key", b"\x30" * 100_000, False),
    ],
)
def test_certificates_are_no_secrets(name: str, data: str | bytes, *, secret: bool) -> None:
    totals = listing({name: data}).copied(["."]).by_class()
    assert (FileClass.SECRET in totals) is secret


def test_which_ignore_file() -> None:
    files: Files = {"app/Dockerfile": "", ".dockerignore": "a\n", "app/.dockerignore": "b\n"}
    assert dockerignore_path(Snapshot.of(files), "", "app/Dockerfile") == ".dockerignore"
    files["app/Dockerfile.dockerignore"] = "c\n"
    snapshot = Snapshot.of(files)
    assert dockerignore_path(snapshot, "", "app/Dockerfile") == "app/Dockerfile.dockerignore"
    assert [
        p.text for p in read_dockerignore(snapshot, "app/Dockerfile.dockerignore").patterns
    ] == ["c"]
    assert read_dockerignore(Snapshot.of({}), None).source is None


def test_byte_order_mark_in_an_ignore_file() -> None:
    snapshot = Snapshot.of({".dockerignore": "\ufeff.env\n"})
    assert read_dockerignore(snapshot, ".dockerignore").ignores(".env").ignored


def left(git: str, docker: str, kind: FileClass, *folders: str) -> list[tuple[str, bool]]:
    snapshot = Snapshot.of({".gitignore": git, "src/a.py": ""})
    ignore = DockerIgnore.parse(Source(".dockerignore", docker))
    found = leftovers(snapshot, "", ignore, kind, folders or ("",))
    return [(leftover.path, leftover.docker.ignored) for leftover in found]


def test_leftovers_of_a_fresh_checkout() -> None:
    git = ".env\n__pycache__/\n.venv/\n"
    assert left(git, ".env\n", FileClass.ENVIRONMENT, "", "src") == [
        (".env", True),
        ("src/.env", False),
    ]
    assert left(git, "**/__pycache__", FileClass.PYTHON_CACHE, "src") == [("src/__pycache__", True)]
    assert left(git, "**/*.pyc", FileClass.PYTHON_CACHE, "src") == [("src/__pycache__", True)]
    assert left(git, "", FileClass.VIRTUAL_ENVIRONMENT) == [(".venv", False)]
    assert left("", "", FileClass.ENVIRONMENT) == []
    assert left(git, "", FileClass.TESTS) == []


def test_env_is_a_virtual_environment_only_beside_its_other_names() -> None:
    assert left("env/\n", "", FileClass.VIRTUAL_ENVIRONMENT) == []
    assert left("env/\nvenv/\n", "", FileClass.VIRTUAL_ENVIRONMENT) == [
        ("venv", False),
        ("env", False),
    ]


def test_what_is_tracked_or_there_is_told() -> None:
    files: Files = {".gitignore": ".env\n.venv/\n", ".env": "", ".venv/pyvenv.cfg": ""}
    tracked = Snapshot.of(files, tracked=[".env"])
    assert leftovers(tracked, "", DockerIgnore.absent(), FileClass.ENVIRONMENT) == ()
    (venv,) = leftovers(tracked, "", DockerIgnore.absent(), FileClass.VIRTUAL_ENVIRONMENT)
    assert (venv.exists, venv.is_folder, venv.git.text) == (True, True, ".venv")
