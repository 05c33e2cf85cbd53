"""Which queues a worker of Celery takes from, and where Celery puts a task."""

import pytest
from celery import Celery


@pytest.mark.parametrize(
    ("chosen", "taken"),
    [(None, {"celery"}), (["mails"], {"mails"}), (["celery", "mails"], {"celery", "mails"})],
)
def test_a_worker_takes_from_the_queues_of_its_option_alone(
    chosen: list[str] | None, taken: set[str]
) -> None:
    app = Celery(broker="memory://")
    if chosen is not None:
        app.amqp.queues.select(chosen)
    assert set(app.amqp.queues.consume_from) == taken


@pytest.mark.parametrize(
    ("options", "queue"), [({}, "celery"), ({"queue": "mails"}, "mails")], ids=["none", "named"]
)
def test_where_a_task_is_put(options: dict[str, str], queue: str) -> None:
    app = Celery(broker="memory://")
    assert app.amqp.router.route(options, "send_mail")["queue"].name == queue
