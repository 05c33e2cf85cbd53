"""What PYR005 says of workers that rotate one file, done by logging under gunicorn."""

from pathlib import Path

import pytest

from tests.behaviour.gunicorn import Gunicorn, gunicorn

APP = """\
import logging, time
from logging.handlers import RotatingFileHandler, TimedRotatingFileHandler

handler = {handler}
handler.setFormatter(logging.Formatter("%(message)20s"))
has_rotated = False

def write(*words):
    for word in words:
        handler.emit(logging.makeLogRecord({{"msg": word}}))

def midnight():
    if isinstance(handler, TimedRotatingFileHandler):
        handler.rolloverAt = int(time.time()) - 1

def app(environ, start_response):
    global has_rotated
    name = environ["PATH_INFO"]
    if name == "/rotate":
        has_rotated = True
        midnight()
        write(*"one two three four five six".split())
    elif name == "/others-rotate":
        if not has_rotated:
            midnight()
            write("last")
    else:
        write(name[1:])
    start_response("200 OK", [])
    return []
"""
BY_SIZE = "RotatingFileHandler('app.log', maxBytes=64, backupCount=1)"
BY_TIME = "TimedRotatingFileHandler('app.log', when='midnight')"
NEVER = "RotatingFileHandler('app.log')"
ALL = {"first", "one", "two", "three", "four", "five", "six", "last"}
KEPT = {BY_SIZE: ALL - {"first", "one", "two"}, BY_TIME: ALL, NEVER: ALL}
"""The lines that are left when one process writes them all."""


def is_kept(folder: Path, handler: str) -> bool:
    """Whether the lines are there, and the last one in the file that is not rotated yet."""
    words = {word for path in folder.glob("app.log*") for word in path.read_text().split()}
    return words == KEPT[handler] and (folder / "app.log").read_text().endswith("last\n")


def rotate(server: Gunicorn, last: str) -> None:
    server.each("/first")
    server.ask("/rotate")
    server.each(last)


@pytest.mark.parametrize("handler", [BY_SIZE, BY_TIME])
def test_several_workers_lose_lines_or_write_to_old_files(tmp_path: Path, handler: str) -> None:
    with gunicorn(tmp_path, APP.format(handler=handler)) as server:
        rotate(server, "/others-rotate")
    assert not is_kept(tmp_path, handler)


@pytest.mark.parametrize("handler", [BY_SIZE, BY_TIME])
def test_one_worker_does_not(tmp_path: Path, handler: str) -> None:
    with gunicorn(tmp_path, APP.format(handler=handler), workers=1) as server:
        rotate(server, "/last")
    assert is_kept(tmp_path, handler)


@pytest.mark.parametrize("handler", [NEVER, "RotatingFileHandler('app.log', maxBytes=64)"])
def test_a_file_that_is_never_renamed_keeps_all(tmp_path: Path, handler: str) -> None:
    with gunicorn(tmp_path, APP.format(handler=handler)) as server:
        rotate(server, "/others-rotate")
    assert is_kept(tmp_path, NEVER)
