"""Which builds share the list of what is sent to the builder."""

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
