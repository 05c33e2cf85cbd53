"""Which builds share the list of what is sent to the builder."""

from dockerlint_py.facts import Known
from dockerlint_py.testing import project

FROM = "FROM python:3.13\nCOPY . /app\n"


def test_builds_with_the_same_context_and_ignore_file_share_it() -> None:
    files = {"Dockerfile": FROM, "worker.Dockerfile": FROM, ".dockerignore": "*.md\n", "a.md": ""}
    first, second = project(files).repository().dockerfiles
    assert first.listing is not None
    assert first.listing is second.listing


def test_an_ignore_file_of_its_own_makes_a_difference() -> None:
    files = {
        "Dockerfile": FROM,
        "worker.Dockerfile": FROM,
        "worker.Dockerfile.dockerignore": "*.md\n",
        "a.md": "",
    }
    first, second = project(files).repository().dockerfiles
    assert first.listing is not None
    assert second.listing is not None
    assert first.listing.sends("a.md")
    assert not second.listing.sends("a.md")


def _context(copied: str, **files: str) -> str | None:
    compose = "services:\n  api:\n    build: {context: ., dockerfile: api/Dockerfile}\n"
    dockerfile = f"FROM python:3.13\nCOPY {copied} /app/\n"
    tree = {"compose.yaml": compose, "api/Dockerfile": FROM, "api/dev.Dockerfile": dockerfile}
    for each in project({**tree, **files}).repository().dockerfiles:
        if each.path == "api/dev.Dockerfile":
            return each.context.value if isinstance(each.context, Known) else None
    raise AssertionError


def test_a_neighbour_built_from_elsewhere_leaves_the_context_open() -> None:
    assert _context(".") is None


def test_what_is_copied_settles_the_context_in_spite_of_a_neighbour() -> None:
    assert _context("main.py", **{"api/main.py": ""}) == "api"
    assert _context("api/main.py", **{"api/main.py": ""}) == ""
