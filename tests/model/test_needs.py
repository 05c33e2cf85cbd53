"""What a container waits for."""

from dockerlint_py.facts import Blur, Known, LayerId, Unknown
from dockerlint_py.model.services.needs import HEALTHY, STARTED, Need
from dockerlint_py.testing import project

COMPOSE = """\
services:
  web:
    image: a
    depends_on:
      db: {condition: service_healthy}
      cache: {condition: service_started, required: false}
  worker:
    image: a
    depends_on: [db]
  db: {image: b}
  cache: {image: c}
"""


def needs(service: str, blur: Blur | None = None, compose: str = COMPOSE) -> tuple[Need, ...]:
    (file_set,) = project({"compose.yml": compose}).repository(blur).file_sets
    container = file_set.container(service)
    assert container is not None
    fact = container.needs
    assert isinstance(fact, Known), fact
    return fact.value


def test_conditions() -> None:
    db, cache = needs("web")
    assert (db.name, db.waits_until(HEALTHY), db.is_strict) == ("db", True, True)
    assert (cache.name, cache.waits_until(STARTED), cache.is_strict) == ("cache", True, False)
    (short,) = needs("worker")
    assert short.waits_until(STARTED)
    assert short.condition_place.text == "db"
    assert short.fact.says == "it waits for db: service_started"


def test_an_unknown_service_is_left_out() -> None:
    compose = "services:\n  web: {image: a, depends_on: [gone]}\n"
    assert needs("web", compose=compose) == ()


def test_hidden_dependencies_are_unknown() -> None:
    blur = Blur(frozenset({LayerId("compose.yml:web", "depends_on", 0)}))
    (file_set,) = project({"compose.yml": COMPOSE}).repository(blur).file_sets
    assert isinstance(file_set.containers[0].needs, Unknown)
