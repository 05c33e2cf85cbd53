"""What Compose makes of services whose author meant something else; the binary agrees."""

import pytest

from dockerlint_py.compose import Service, load_file_set
from dockerlint_py.compose.filesets import Plan
from dockerlint_py.text import Source
from tests.compose.oracle import ask


def service(body: str, **more: str) -> Service:
    files = {"compose.yml": f"services:\n  web:\n    image: x\n{body}", **more}
    made = load_file_set(
        Plan(("compose.yml",), "default"),
        lambda path: Source(path, files[path]) if path in files else None,
    )
    assert made is not None
    return made.services["web"]


def config(body: str, **more: str) -> dict[str, object]:
    """The service as the binary prints it."""
    files = {"compose.yml": f"services:\n  web:\n    image: x\n{body}", **more}
    answer = ask(files, ("compose.yml",)).config
    assert isinstance(answer, dict), answer
    made = answer["services"]["web"]
    assert isinstance(made, dict)
    return made


@pytest.mark.parametrize(
    ("written", "argv", "place"),
    [
        ("|\n      run \\\n        -w 2\n", ["run", "\n", "-w", "2"], "\\\n        "),
        ("run \\\n      -w 2\n", ["run", " -w", "2"], "\\\n      -w"),
        ("|\n      gunicorn a\n        -w 2\n", ["gunicorn", "a", "-w", "2"], None),
    ],
)
def test_a_backslash_joins_no_lines(written: str, argv: list[str], place: str | None) -> None:
    body = f"    command: {written}"
    assert config(body)["command"] == argv
    found = service(body).command.line_feed_word
    assert (found.place.text if found else None) == place


def test_the_next_line_is_arguments() -> None:
    body = "    command: |\n      alembic upgrade head\n      uvicorn a\n"
    assert config(body)["command"] == ["alembic", "upgrade", "head", "uvicorn", "a"]
    found = service(body).command.second_command
    assert found is not None
    assert (found.text, found.place.line) == ("uvicorn", 6)


@pytest.mark.parametrize(
    ("written", "arrives", "is_version"),
    [
        ("PYTHON_VERSION: 3.10", "3.1", True),
        ("PYTHON_VERSION: 3.0", "3", True),
        ("RATE: 0.50", "0.5", False),
        ("PYTHON_VERSION: '3.10'", "3.10", None),
        ("PYTHON_VERSION: 3.11", "3.11", None),
    ],
)
def test_zeros_are_lost(written: str, arrives: str, is_version: bool | None) -> None:
    body = f"    environment:\n      {written}\n"
    environment = config(body)["environment"]
    assert isinstance(environment, dict)
    assert list(environment.values()) == [arrives]
    found = service(body).lost_zeros
    assert [(one.arrives, one.is_version) for one in found] == (
        [] if is_version is None else [(arrives, is_version)]
    )


@pytest.mark.parametrize("entry", ["{A: }", "[A]"])
def test_an_entry_without_value_hides_the_file(entry: str) -> None:
    body = f"    env_file: a.env\n    environment: {entry}\n"
    assert config(body, **{"a.env": "A=1\nB=2\n"})["environment"] == {"A": None, "B": "2"}
    (hidden,) = service(body, **{"a.env": "A=1\nB=2\n"}).hidden_values
    assert (hidden.name, hidden.value.says) == ("A", "a.env sets A")


def test_compose_does_not_look_into_the_container() -> None:
    body = "    command: run $A $$A ${B:-b} $C\n    environment: {A: 1, B: 2}\n"
    assert config(body)["command"] == ["run", "$$A", "b"]
    assert [each.name for each in service(body).swallowed_variables] == ["A"]


def test_the_string_none_is_a_command_and_a_list_needs_a_word() -> None:
    string = config("    healthcheck: {test: NONE}\n")["healthcheck"]
    assert string == {"test": ["CMD-SHELL", "NONE"]}
    files = {"compose.yml": "services: {web: {image: x, healthcheck: {test: [curl, x]}}}"}
    assert "must start" in ask(files, ("compose.yml",)).error
