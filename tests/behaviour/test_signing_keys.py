"""What CFG004 says of keys that each process makes for itself, done by Flask under gunicorn."""

from pathlib import Path

import pytest

from tests.behaviour.gunicorn import gunicorn

APP = """\
import secrets
from flask import Flask, session

app = Flask(__name__)
app.secret_key = secrets.token_hex()

@app.get("/login")
def login():
    session["user"] = "me"
    return ""

@app.get("/")
def root():
    return session.get("user", "nobody")
"""


@pytest.mark.parametrize(
    ("options", "seen"), [((), ["me", "nobody"]), (("--preload",), ["me", "me"])]
)
def test_a_worker_does_not_trust_what_another_has_signed(
    tmp_path: Path, options: tuple[str, ...], seen: list[str]
) -> None:
    with gunicorn(tmp_path, APP, *options) as server:
        cookie = server.ask("/login").headers["Set-Cookie"].partition(";")[0]
        answers = server.each("/", headers={"Cookie": cookie})
    assert sorted(answer.text for answer in answers) == seen
