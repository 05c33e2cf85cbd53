"""Our reading of `.gitignore` and `.git/index` against git's, in repositories made here."""

import os
import random
import shutil
import struct
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockerlint_py.context import Snapshot, State, paths
from dockerlint_py.context.gitignore import GitIgnoreFile
from dockerlint_py.context.gitindex import read_index
from dockerlint_py.text import Source

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


def git(folder: Path, *arguments: str, given: str = "", ok: tuple[int, ...] = (0,)) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    clean |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(folder)}
    clean |= {"XDG_CONFIG_HOME": str(folder / "none"), "LC_ALL": "C.UTF-8"}
    people = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "core.quotePath=false"]
    done = subprocess.run(
        ["git", *people, *arguments],
        cwd=folder, env=clean, input=given, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in ok, done.stderr
    return done.stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    return tmp_path


def touch(root: Path, *files: str) -> None:
    for path in files:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()


NAMES = ["a", "b", "ab", "x.py", "y.pyc", "__pycache__", ".env", "env", "é", "a b"]
ATOMS = [*NAMES, "*", "**", "?", "*.py[cod]", "a*", "*b", "[ab]", "[!a]", "[^x]*", "[[:alpha:]]",
         r"\a", r"a\ b", "***", "a**", "x.*", "[a", "[]a]", "[a-]", "[-b]*", r"[\]a]"]  # fmt: skip


def random_ignore_file(dice: random.Random) -> str:
    lines = []
    for _ in range(dice.choice([1, 2, 4, 8])):
        line = "/".join(dice.choice(ATOMS) for _ in range(dice.choice([1, 1, 1, 2, 3])))
        line = "!" * (dice.random() < 0.3) + "/" * (dice.random() < 0.2) + line
        lines.append(line + dice.choice(["", "", "", "/", " ", "  ", "\\ ", "\r"]))
    return "\n".join([*lines, dice.choice(["", "# a", "\\#a", "\\!a"])])


@needs_git
@pytest.mark.parametrize("seed", range(12))
def test_ignored_paths_as_git_sees_them(repository: Path, seed: int) -> None:
    dice = random.Random(seed)
    files = {
        "/".join(dice.choice(NAMES) for _ in range(dice.choice([1, 2, 3, 4]))) for _ in range(60)
    }
    folders = {path.rsplit("/", n)[0] for path in files for n in range(1, path.count("/") + 1)}
    files -= folders
    touch(repository, *files)
    for folder in ["", *sorted(folders)[:6]]:
        (repository / folder / ".gitignore").write_text(random_ignore_file(dice), newline="")
    (repository / ".git/info/exclude").write_text(random_ignore_file(dice), newline="")

    asked = sorted(files | folders)
    listed = git(repository, "check-ignore", "-z", "--stdin", given="\0".join(asked), ok=(0, 1))
    snapshot = Snapshot.on_disk(repository)
    assert [path for path in asked if snapshot.ignored_by(path)] == listed.split("\0")[:-1]


ODD_PATTERNS = [
    *("a**/b", "a**/*", "?**/b", "***/b", "a/***", "**/", "/**", "a/**/b", "**b", "a\\/b"),
    *("?", "[!x]", "a[/]b", "a?b", "*/", "/*", "!a", "a//b", "[[:bad:]]", "\\"),
]


@needs_git
@pytest.mark.parametrize("pattern", ODD_PATTERNS)
def test_odd_patterns_as_git_sees_them(repository: Path, pattern: str) -> None:
    touch(repository, "a/b/c", "a/x/b", "ab/x", "a1", "b", "x/a/b", "é", "axb", "x/y/z")
    (repository / ".gitignore").write_text(pattern + "\n")
    snapshot = Snapshot.on_disk(repository)
    asked = [
        paths.join(folder, name)
        for folder, entries in snapshot.folders(enters=lambda folder: folder != ".git")
        for name in entries
    ]
    listed = git(repository, "check-ignore", "-z", "--stdin", given="\0".join(asked), ok=(0, 1))
    assert [path for path in asked if snapshot.ignored_by(path)] == listed.split("\0")[:-1]


@needs_git
def test_check_ignore_names_the_same_line(repository: Path) -> None:
    touch(repository, "src/.env", "src/deep/x.log", ".env")
    (repository / ".gitignore").write_text("# a\n.env\n*.log\n")
    (repository / "src/.gitignore").write_text("!x.log\n/deep/\n")
    snapshot = Snapshot.on_disk(repository)
    for path in ("src/.env", "src/deep/x.log", ".env"):
        ours = snapshot.ignored_by(path)
        assert ours is not None
        theirs = git(repository, "check-ignore", "-v", path).split("\t")[0]
        assert f"{ours.place.path}:{ours.place.line}:{ours.place.text}" == theirs


@needs_git
@pytest.mark.parametrize("version", [2, 3, 4])
@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_index_versions(tmp_path: Path, version: int, object_format: str) -> None:
    git(tmp_path, "init", "-q", f"--object-format={object_format}")
    long = "/".join(["x" * 200] * 3)
    touch(tmp_path, "a/b", "dir/sub/file.py", "dir/sub/file2.py", "é ü", "run.sh", long)
    (tmp_path / "run.sh").chmod(0o755)
    (tmp_path / "link").symlink_to("run.sh")
    git(tmp_path, "update-index", "--index-version", str(version))
    git(tmp_path, "add", ".")
    if version == 3:
        touch(tmp_path, "later")
        git(tmp_path, "add", "--intent-to-add", "later")
    index = read_index((tmp_path / ".git/index").read_bytes())
    assert index is not None
    staged = [line.split("\t") for line in git(tmp_path, "ls-files", "-s", "-z").split("\0")[:-1]]
    expected = {path: int(info.split()[0], 8) for info, path in staged}
    assert {path: index.mode(path) for path in index.paths()} == expected
    assert index.tracks_below("dir")
    assert index.tracks_below("")
    assert not index.tracks_below("di")


@needs_git
def test_states_in_a_worktree_and_a_submodule(tmp_path: Path) -> None:
    main, tree = tmp_path / "main", tmp_path / "tree"
    main.mkdir()
    git(main, "init", "-q")
    touch(main, "a.py", "log.txt")
    (main / ".git/info/exclude").write_text("*.tmp\n")
    git(main, "add", ".")
    git(main, "commit", "-q", "-m", "first")
    git(main, "worktree", "add", "-q", str(tree))
    git(tree, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(main), "sub")
    touch(tree, "new.py", "x.tmp")
    snapshot = Snapshot.on_disk(tree)
    states = [snapshot.state(path) for path in ("a.py", "new.py", "x.tmp", "sub/a.py")]
    assert states == [State.TRACKED, State.UNTRACKED, State.IGNORED, State.TRACKED]
    assert Snapshot.on_disk(tree / "sub").state("log.txt") is State.TRACKED


@needs_git
def test_a_split_index_is_not_understood(repository: Path) -> None:
    touch(repository, "a", "b")
    git(repository, "add", ".")
    git(repository, "update-index", "--split-index")
    assert Snapshot.on_disk(repository).index is None
    touch(repository, "c")
    git(repository, "add", "c")
    assert Snapshot.on_disk(repository).index is None


@needs_git
def test_damaged_indexes_are_read_or_refused(repository: Path) -> None:
    touch(repository, "a/b", "c")
    for version in ("2", "4"):
        git(repository, "update-index", "--index-version", version)
        git(repository, "add", ".")
        data = (repository / ".git/index").read_bytes()
        for cut in range(0, len(data), 7):
            read_index(data[:cut])
        dice = random.Random(1)
        for _ in range(300):
            damaged = bytearray(data)
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
            read_index(bytes(damaged))


@given(st.binary(max_size=200))
def test_any_bytes_are_an_index_or_none(data: bytes) -> None:
    assert read_index(data) is None
    read_index(struct.pack(">4sII", b"DIRC", 4, 3) + data)


def test_prefix_bombs_are_refused() -> None:
    entry = struct.pack(">24xI32xH", 0o100644, 0) + b"\0" + b"x" * 4000 + b"\0"
    more = struct.pack(">24xI32xH", 0o100644, 0) + b"\0" + b"y\0"
    count = 200_000
    data = struct.pack(">4sII", b"DIRC", 4, count + 1) + entry + more * count
    assert read_index(data + bytes(20)) is None


@pytest.mark.parametrize("pointer", ["gitdir: /nothing\n", "gitdir:\n", "junk", "gitdir: \0\n"])
def test_odd_git_files(tmp_path: Path, pointer: str) -> None:
    (tmp_path / ".git").write_text(pointer)
    snapshot = Snapshot.on_disk(tmp_path)
    assert snapshot.index is None
    assert snapshot.state("a") is State.TRACKED


@given(st.text(max_size=60), st.text(min_size=1, max_size=10))
def test_any_gitignore_is_read(text: str, path: str) -> None:
    GitIgnoreFile(Source(".gitignore", text), "").decides(path, is_folder=True)
