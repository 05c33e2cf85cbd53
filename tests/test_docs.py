"""Generated files are current."""

from pathlib import Path

import pytest

from dockerlint_py.dev.generate import generated_files

ROOT = Path(__file__).parents[1]
FILES = dict(generated_files(ROOT))


@pytest.mark.parametrize("path", FILES)
def test_a_generated_file_is_current(path: str) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == FILES[path], (
        "run `python -m dockerlint_py.dev docs`"
    )


def test_no_page_is_left_over() -> None:
    pages = {f"docs/rules/{path.name}" for path in (ROOT / "docs" / "rules").glob("*.md")}
    assert pages <= set(FILES)
