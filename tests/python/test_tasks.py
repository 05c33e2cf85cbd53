"""Which calls send tasks to workers."""

import pytest

from dockerlint_py.python.frameworks.tasks import SentTask, tasks_sent_in
from dockerlint_py.python.origins import Origins
from dockerlint_py.testing import project

TASKS = """\
import dramatiq
from celery import Celery, shared_task
from rq import Queue

app = Celery("shop")
queue = Queue()

@shared_task(bind=True)
def shared(self): ...

@app.task
def own():
    shared.delay()

@dramatiq.actor
def act(): ...

def plain(): ...
"""


@pytest.mark.parametrize(
    ("call", "library"),
    [
        ("tasks.shared.delay()", "Celery"),
        ("tasks.own.apply_async(countdown=5)", "Celery"),
        ("tasks.app.send_task('x')", "Celery"),
        ("tasks.queue.enqueue(tasks.plain)", "RQ"),
        ("tasks.act.send()", "Dramatiq"),
        ("tasks.act.delay()", None),
        ("tasks.own.send()", None),
        ("tasks.plain.delay()", None),
        ("tasks.own()", None),
        ("unknown.delay()", None),
    ],
)
def test_calls(call: str, library: str | None) -> None:
    files = {"tasks.py": TASKS, "app.py": f"import tasks\n\ndef view():\n    {call}\n"}
    assert [task.library for task in sent(files, "app.py")] == ([library] if library else [])


def test_what_a_task_sends_is_left_out() -> None:
    assert sent({"tasks.py": TASKS}, "tasks.py") == []


def sent(files: dict[str, str], path: str) -> list[SentTask]:
    python = project(files).repository().python_files
    return list(tasks_sent_in(Origins(python.graph, sorted(files)), path))
