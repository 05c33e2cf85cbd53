"""What becomes of folders that are not there, held against Starlette and Flask themselves."""

from pathlib import Path

import pytest


def test_starlette_refuses_a_missing_folder(tmp_path: Path) -> None:
    from starlette.staticfiles import StaticFiles

    with pytest.raises(RuntimeError, match="does not exist"):
        StaticFiles(directory=tmp_path / "static")
    StaticFiles(directory=tmp_path / "static", check_dir=False)


def test_flask_answers_not_found() -> None:
    from flask import Flask

    app = Flask("x", static_folder="/nowhere/static", template_folder="/nowhere/pages")
    client = app.test_client()
    assert client.get("/static/site.css").status_code == 404
