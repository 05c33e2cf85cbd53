"""What pages of rules say of Docker Compose, asked of Docker Compose itself."""

from typing import Any

import pytest

from tests.compose.oracle import ask

BASE = """\
services:
  web:
    image: app
    user: root
    ports: ["8000:8000"]
    environment: {A: "1"}
    depends_on: [db]
    volumes: [".:/app"]
    logging: {driver: local}
    command: run
    entrypoint: start
    healthcheck: {test: check}
  db: {image: postgres}
"""


def merged(over: str) -> Any:
    answer = ask({"a.yml": BASE, "b.yml": f"services:\n  web:\n{over}"}, ("a.yml", "b.yml"))
    assert answer.config is not None, answer.error
    assert isinstance(answer.config, dict)
    return answer.config["services"]["web"]


@pytest.mark.parametrize(
    "over",
    [
        *("    ports: []\n", "    user: null\n", "    environment: {}\n", "    depends_on: []\n"),
        *("    volumes: []\n", "    ports:\n"),
    ],
)
def test_an_empty_value_clears_nothing(over: str) -> None:
    assert merged(over) == merged("    image: app\n")


def test_a_reset_does() -> None:
    assert "ports" not in merged("    ports: !reset []\n")
    assert "user" not in merged("    user: !reset null\n")


@pytest.mark.parametrize("key", ["command", "entrypoint"])
def test_null_clears_a_command(key: str) -> None:
    assert merged(f"    {key}: null\n")[key] is None


def test_an_empty_test_clears_that_of_the_health_check() -> None:
    assert "test" not in merged("    healthcheck: {test: []}\n").get("healthcheck", {})


def test_ports_and_volumes_of_a_later_file_stand_beside_the_earlier_ones() -> None:
    both = merged("    ports: ['127.0.0.1:8000:8000']\n    volumes: ['/app/.venv']\n")
    assert [(port.get("host_ip"), port["published"]) for port in both["ports"]] == [
        (None, "8000"),
        ("127.0.0.1", "8000"),
    ]
    assert [volume["target"] for volume in both["volumes"]] == ["/app", "/app/.venv"]
    replaced = merged("    ports: !override ['127.0.0.1:8000:8000']\n")
    assert [port["host_ip"] for port in replaced["ports"]] == ["127.0.0.1"]


@pytest.mark.parametrize(
    "service",
    [
        "build: {context: ., target: nothing}",
        "build: {context: ., dockerfile: Nothing}",
        "build: ./nothing",
        "image: app\n    depends_on: {db: {condition: service_healthy}}",
    ],
)
def test_config_accepts_what_up_cannot_start(service: str) -> None:
    text = f"services:\n  web:\n    {service}\n  db: {{image: postgres}}\n"
    assert ask({"compose.yml": text}, ("compose.yml",)).config is not None
