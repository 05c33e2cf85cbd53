"""From a path in an image back to where a COPY took it from."""

import pytest

from dockerlint_py.facts import Known
from dockerlint_py.model.image.copies import Copy
from dockerlint_py.testing import project


def copy(instruction: str) -> Copy:
    dockerfile = f"FROM debian:12 AS build\nFROM debian:12\nWORKDIR /app\n{instruction}\n"
    return project({"Dockerfile": dockerfile}).repository().stages[-1].copies[0]


@pytest.mark.parametrize(
    ("instruction", "path", "origins"),
    [
        ("COPY . .", "/app/a.txt", ("a.txt",)),
        ("COPY ./ /srv/", "/srv/b/a.txt", ("b/a.txt",)),
        ("COPY src src", "/app/src/a.py", ("src/a.py",)),
        ("COPY src/a.py .", "/app/a.py", ("src/a.py/a.py", "src/a.py")),
        ("COPY . .", "/srv/a.txt", ()),
        ("COPY --from=build /app /app", "/app/x", ("/app/x",)),
        ("COPY --from=build / /", "/app/x", ("/app/x",)),
    ],
)
def test_comes_from(instruction: str, path: str, origins: tuple[str, ...]) -> None:
    assert set(origins) <= set(copy(instruction).comes_from(path))
    assert bool(origins) == bool(copy(instruction).comes_from(path))


def test_a_context_in_a_folder_is_searched() -> None:
    files = {
        "tests/Dockerfile": "FROM debian:12\nWORKDIR /t\nCOPY . .\n",
        "tests/a.txt": "text",
    }
    [stage] = project(files).repository().stages
    source = stage.source_of("a.txt", Known("/t"))
    assert source is not None
    assert source.path == "tests/a.txt"
