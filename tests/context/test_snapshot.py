"""Snapshots: the same answers on disk and in memory, never out of the root, never an exception."""

import os
from pathlib import Path

import pytest

from dockerlint_py.context import FileSpec, Kind, Snapshot, State, find_root
from dockerlint_py.context import snapshot as snapshot_module

FILES: dict[str, str | bytes | FileSpec] = {
    "Dockerfile": "FROM a\n",
    "src/app.py": FileSpec("import b\n", executable=True),
    "src/lib/x.bin": b"\0\1",
    "link.py": FileSpec(link="src/app.py"),
    "lib": FileSpec(link="src/lib"),
    "src/up": FileSpec(link="../Dockerfile"),
    "outside": FileSpec(link="../../etc/passwd"),
    "absolute": FileSpec(link="/etc/passwd"),
    "loop": FileSpec(link="loop"),
    "dangling": FileSpec(link="nothing"),
    "empty/": "",
}


def write(root: Path, files: dict[str, str | bytes | FileSpec]) -> None:
    for path, given in files.items():
        target = root / path
        spec = given if isinstance(given, FileSpec) else FileSpec(given)
        if path.endswith("/"):
            target.mkdir(parents=True, exist_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        if spec.link is not None:
            target.symlink_to(spec.link)
            continue
        target.write_bytes(spec.data.encode() if isinstance(spec.data, str) else spec.data)
        target.chmod(0o755 if spec.executable else 0o644)


@pytest.fixture(params=["memory", "disk"])
def snapshot(request: pytest.FixtureRequest, tmp_path: Path) -> Snapshot:
    if request.param == "memory":
        return Snapshot.of(FILES)
    write(tmp_path, FILES)
    return Snapshot.on_disk(tmp_path)


def test_folders_are_sorted_and_no_link_is_followed(snapshot: Snapshot) -> None:
    found = dict(snapshot.folders())
    assert list(found) == ["", "empty", "src", "src/lib"]
    assert list(found["src"].items()) == [
        ("app.py", Kind.FILE),
        ("lib", Kind.FOLDER),
        ("up", Kind.SYMLINK),
    ]
    assert [folder for folder, _ in snapshot.folders("src/lib")] == ["src/lib"]
    assert list(snapshot.folders("nowhere")) == []


def test_folders_are_entered_when_told_so(snapshot: Snapshot) -> None:
    found = dict(snapshot.folders(enters=lambda folder: folder != "src/lib"))
    assert "lib" in found["src"]
    assert "src/lib" not in found


def test_links_inside_the_root_are_followed(snapshot: Snapshot) -> None:
    assert snapshot.resolve("lib/x.bin") == "src/lib/x.bin"
    assert snapshot.kind("lib") is Kind.SYMLINK
    assert snapshot.is_dir("lib")
    source = snapshot.text("src/up")
    assert source is not None
    assert (source.path, source.text) == ("src/up", "FROM a\n")


@pytest.mark.parametrize("path", ["outside", "absolute", "loop", "dangling", "nothing", "src/a/b"])
def test_links_out_of_the_root_lead_nowhere(snapshot: Snapshot, path: str) -> None:
    assert not snapshot.exists(path)
    assert snapshot.text(path) is None
    assert snapshot.data(path, 10) is None


def test_files(snapshot: Snapshot) -> None:
    assert snapshot.file("src/app.py") == ("src/app.py", Kind.FILE, 9, True, State.TRACKED)
    assert snapshot.file("src") is None
    assert snapshot.file("nothing") is None
    link = snapshot.file("link.py")
    assert link is not None
    assert link.kind is Kind.SYMLINK
    through = snapshot.file("lib/x.bin")
    assert through is not None
    assert through.size == 2


def test_a_file_is_no_folder(snapshot: Snapshot) -> None:
    assert not snapshot.exists("Dockerfile/x")
    assert not snapshot.entries("Dockerfile")
    assert snapshot.is_dir("")
    assert snapshot.is_dir("empty")


@pytest.mark.parametrize(
    ("data", "text", "bom", "invalid", "binary"),
    [
        (b"a\r\n", "a\r\n", False, False, False),
        (b"\xef\xbb\xbfFROM a", "FROM a", True, False, False),
        ("é".encode(), "é", False, False, False),
        (b"caf\xe9 \xff", "caf\ufffd \ufffd", False, True, False),
        (b"a\0b", "a\0b", False, False, True),
    ],
)
def test_decoding(data: bytes, text: str, *, bom: bool, invalid: bool, binary: bool) -> None:
    reading = Snapshot.of({"f": data}).reading("f")
    assert reading.source is not None
    assert reading.source.text == text
    assert (reading.bom, reading.invalid, reading.binary) == (bom, invalid, binary)


def test_large_files_have_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot_module, "MAX_TEXT", 3 << 20)
    snapshot = Snapshot.of({"big": "x" * (3 << 20) + "y", "fits": "x" * (3 << 20)})
    assert snapshot.reading("big").why == "it has more than 3 MiB"
    assert snapshot.text("fits") is not None
    assert snapshot.data("big", 2) == b"xx"


def test_huge_trees_are_read_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot_module, "MAX_ENTRIES", 50)
    snapshot = Snapshot.of({f"{folder}/{name}": "" for folder in range(20) for name in range(20)})
    assert sum(len(entries) for _, entries in snapshot.folders()) < 100
    assert snapshot.truncated


def test_states_with_an_index() -> None:
    files: dict[str, str | bytes | FileSpec] = {
        ".gitignore": "*.log\n",
        "a.py": FileSpec(executable=True),
        "new.py": "",
        "kept.log": "",
        "gone.log": "",
        "secret": "",
    }
    snapshot = Snapshot.of(files, tracked=[".gitignore", "a.py", "kept.log"], ignored=["secret"])
    states = {path: snapshot.state(path) for path in files}
    assert states == {
        ".gitignore": State.TRACKED,
        "a.py": State.TRACKED,
        "new.py": State.UNTRACKED,
        "kept.log": State.TRACKED,
        "gone.log": State.IGNORED,
        "secret": State.IGNORED,
    }
    assert snapshot.is_executable("a.py")


def test_states_without_an_index() -> None:
    snapshot = Snapshot.of({".gitignore": ".env\n", ".env": "", "a": ""})
    assert snapshot.state(".env") is State.IGNORED
    assert snapshot.state("a") is State.TRACKED


def test_paths_of_an_in_memory_tree_are_checked() -> None:
    for path in ("/a", "../a", "a//b", "./a"):
        with pytest.raises(ValueError, match="relative to the root"):
            Snapshot.of({path: ""})


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipes_and_unreadable_names_are_left_out(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    Path(os.fsdecode(bytes(tmp_path) + b"/bad\xff")).touch()
    (tmp_path / "good").touch()
    snapshot = Snapshot.on_disk(tmp_path)
    assert list(snapshot.entries("")) == ["good"]
    assert snapshot.text("pipe") is None


def test_a_root_that_is_not_there(tmp_path: Path) -> None:
    snapshot = Snapshot.on_disk(tmp_path / "nothing")
    assert list(snapshot.folders()) == [("", {})]
    assert snapshot.text("a") is None
    assert snapshot.index is None


def test_find_root(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "file").touch()
    (tmp_path / "a" / ".git").mkdir()
    assert find_root(inner) == tmp_path / "a"
    assert find_root(inner / "file") == tmp_path / "a"
    (inner / ".git").write_text("gitdir: elsewhere\n")
    assert find_root(inner / "file") == inner
