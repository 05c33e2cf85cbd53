"""What WRK005 says of several beats, done by Celery with files for a broker."""

import json
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.behaviour.gunicorn import running, wait_until

TASKS = """\
from celery import Celery

app = Celery("tasks", broker="filesystem://")
app.conf.broker_transport_options = {"data_folder_in": "queue", "data_folder_out": "queue"}
app.conf.beat_schedule = {"often": {"task": "mail", "schedule": 0.05}}
"""
BEAT = ["beat", "-s"]
WORKER = ["worker", "-P", "solo", "-Q", "other", "-B", "-s"]


def senders(folder: Path) -> set[str]:
    """The processes that have sent the periodic task."""
    found = set()
    for path in (folder / "queue").glob("*.celery.msg"):
        try:
            found.add(json.loads(path.read_bytes())["headers"]["origin"])
        except ValueError:  # just being written
            continue
    return found


@pytest.mark.parametrize(
    "commands",
    [(BEAT, BEAT), (WORKER, WORKER), (BEAT, WORKER)],
    ids=["two beats", "two workers -B", "a beat and a worker -B"],
)
def test_each_beat_sends_the_periodic_tasks(tmp_path: Path, commands: list[list[str]]) -> None:
    (tmp_path / "tasks.py").write_text(TASKS)
    (tmp_path / "queue").mkdir()
    with ExitStack() as stack:
        for number, command in enumerate(commands):
            argv = ["celery", "-A", "tasks", *command, f"schedule-{number}"]
            stack.enter_context(running(tmp_path, argv, C_FORCE_ROOT="1"))
        wait_until(lambda: len(senders(tmp_path)) >= 2, "the tasks of two were not sent")
