"""`.dockerignore`: answers recorded from Docker's own matcher, and what people write."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockerlint_py.context.dockerignore import DockerIgnore
from dockerlint_py.context.gomatch import BadPatternError, go_glob
from dockerlint_py.text import Source

GOLDEN = Path(__file__).parent.parent / "golden" / "dockerignore.json"


def parse(*lines: str) -> DockerIgnore:
    return DockerIgnore.parse(Source(".dockerignore", "\n".join(lines)))


def ignored(ignore: DockerIgnore, *candidates: str) -> list[str]:
    return [path for path in candidates if ignore.ignores(path).ignored]


def test_answers_of_dockers_own_matcher() -> None:
    """Recorded from moby/patternmatcher, which BuildKit uses, on folders walked from the top."""
    rows = json.loads(GOLDEN.read_text())
    wrong = [row["text"] for row in rows if _answer(row) != (row["error"] != "", row["yes"])]
    assert wrong == []
    assert len(rows) > 500


def _answer(row: dict[str, list[str]]) -> tuple[bool, list[str]]:
    candidates = row["yes"] + row["no"]
    if row["kind"] == "match":
        try:
            glob = go_glob(str(row["text"]))
        except BadPatternError:
            return True, []
        return False, [path for path in candidates if glob.matches(path)]
    # A file is read without its byte order mark by the time it is parsed.
    ignore = parse(str(row["text"]).removeprefix("\ufeff"))
    return bool(ignore.problems), [] if ignore.problems else ignored(ignore, *candidates)


# https://docs.docker.com/build/concepts/context/#dockerignore-files
@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["*/temp*"], ["somedir/temporary.txt", "somedir/temp"]),
        (["*/*/temp*"], ["somedir/subdir/temporary.txt"]),
        (["temp?"], ["tempa", "tempb"]),
        (["**/*.go"], ["a.go", "somedir/a.go"]),
        (["*.md", "!README.md"], ["CHANGES.md", "README-secret.md"]),
        (["*.md", "!README*.md", "README-secret.md"], ["CHANGES.md", "README-secret.md"]),
        (["*.md", "README-secret.md", "!README*.md"], ["CHANGES.md"]),
    ],
)
def test_examples_of_the_documentation(lines: list[str], expected: list[str]) -> None:
    candidates = ["CHANGES.md", "README.md", "README-secret.md", "a.go", "tempa", "tempb"]
    candidates += ["somedir/a.go", "somedir/temporary.txt", "somedir/temp"]
    candidates += ["somedir/subdir/temporary.txt", "somedir/subdir/a"]
    assert sorted(ignored(parse(*lines), *candidates)) == sorted(expected)


def test_patterns_without_stars_hold_at_the_root_only() -> None:
    ignore = parse("__pycache__/", ".env*", ".venv")
    paths = ["__pycache__/a.pyc", "src/__pycache__/a.pyc", ".env", "src/.env", ".venv/x", "b/.venv"]
    assert ignored(ignore, *paths) == ["__pycache__/a.pyc", ".env", ".venv/x"]


def test_an_exception_for_a_folder_that_was_not_ignored_brings_nothing_back() -> None:
    ignore = parse("**/__pycache__", "!src")
    assert ignored(ignore, "src/__pycache__/a.pyc", "src/a.py") == ["src/__pycache__/a.pyc"]


def test_two_stars_take_whole_folders_unless_plain_text_follows_at_the_start() -> None:
    paths = ["env", "xenv", "a/env", "a/xenv"]
    assert ignored(parse("**/env"), *paths) == ["env", "a/env"]
    assert ignored(parse("**env"), *paths) == paths
    assert ignored(parse("**en?"), *paths) == ["env", "a/env"]


def test_allow_list() -> None:
    ignore = parse("*", "!src", "!pyproject.toml", "**/*.pyc")
    paths = ["README.md", "src/a.py", "src/a.pyc", "pyproject.toml", "tests/a.py"]
    assert ignored(ignore, *paths) == ["README.md", "src/a.pyc", "tests/a.py"]


def test_the_pattern_that_decides_and_its_place() -> None:
    ignore = parse("# secrets", "  **/.env*  ", "! **/.env.example")
    found = ignore.ignores("a/.env.example")
    assert found.pattern is not None
    assert (found.ignored, found.pattern.exception) == (False, True)
    assert found.pattern.place.text == "! **/.env.example"
    found = ignore.ignores("a/.env")
    assert found.pattern is not None
    assert (found.pattern.text, found.pattern.place.line) == ("**/.env*", 2)
    assert ignore.ignores("a/b") == (False, None)


@pytest.mark.parametrize(
    ("lines", "pruned"),
    [
        (["a"], True),
        (["b"], False),
        (["a", "!b"], True),
        (["a", "!a/b"], False),
        (["a", "!a/b/**"], False),
        (["a", "!**/b"], False),
        (["*", "!b"], True),
    ],
)
def test_folders_that_need_not_be_entered(lines: list[str], *, pruned: bool) -> None:
    assert parse(*lines).prunes("a") is pruned


def test_what_docker_refuses_is_a_problem() -> None:
    ignore = parse("a[", "!", "fine", "x\\")
    assert [problem.place.line for problem in ignore.problems] == [1, 2, 4]
    assert [pattern.text for pattern in ignore.patterns] == ["fine"]


def test_without_a_file_nothing_is_ignored() -> None:
    assert not DockerIgnore.absent().ignores("a/b").ignored


PATHS = st.lists(st.sampled_from(["a", "b", ".env", "src"]), min_size=1, max_size=5).map("/".join)


@given(st.text("ab.*?/!#[]\\ \n\t", max_size=40), PATHS)
def test_pruning_loses_nothing(text: str, path: str) -> None:
    ignore = parse(text)
    folder, _, _ = path.rpartition("/")
    if folder and ignore.prunes(folder):
        assert ignore.ignores(path).ignored


@given(st.text(max_size=60), st.text(max_size=10))
def test_never_raises(text: str, path: str) -> None:
    parse(text).ignores(path)


def test_deep_paths_need_no_recursion() -> None:
    assert parse("**/x").ignores("a/" * 1500 + "x").ignored
