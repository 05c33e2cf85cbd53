"""Which broker a Celery has when several places name one: the argument is not the last word."""

import pytest
from celery import Celery


def test_an_argument_wins_over_objects_of_configuration() -> None:
    app = Celery("x", broker="amqp://argument//")
    app.config_from_object({"broker_url": "amqp://object//"})
    assert app.conf.broker_url == "amqp://argument//"


def test_later_settings_win_over_the_argument() -> None:
    app = Celery("x", broker="amqp://argument//")
    app.conf.update(broker_url="amqp://later//")
    assert app.conf.broker_url == "amqp://later//"


def test_variables_win_over_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CELERY_BROKER_URL", "amqp://variable//")
    monkeypatch.setenv("CELERY_RESULT_BACKEND", "rpc://variable")
    app = Celery("x", broker="amqp://argument//", backend="rpc://argument")
    app.conf.update(broker_url="amqp://later//")
    assert app.conf.broker_url == "amqp://variable//"
    assert app.conf.result_backend == "rpc://variable"
