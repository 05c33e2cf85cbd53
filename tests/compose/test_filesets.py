"""Which files are merged together."""

import pytest

from dockerlint_py.compose import Plan, Requests, Usage, is_compose_name, plan_file_sets
from dockerlint_py.text import Source
from tests.compose.projects import reader

BASE = "services:\n  web:\n    image: x\n"
OVERLAY = "services:\n  web:\n    tty: true\n"


def plans(files: dict[str, str], requests: Requests = Requests()) -> list[Plan]:  # noqa: B008
    candidates = [path for path in files if is_compose_name(path)]
    return plan_file_sets(candidates, reader(files), requests)


def sets(files: dict[str, str], requests: Requests = Requests()) -> list[tuple[object, ...]]:  # noqa: B008
    return [(plan.how, *plan.files) for plan in plans(files, requests)]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("compose.yml", True),
        ("docker-compose.prod.yaml", True),
        ("docker_compose.yml", True),
        ("deploy-docker-compose.yml", True),
        ("local.yml", True),
        ("production.yml", True),
        ("mkdocs.yml", False),
        ("compose.yml.j2", False),
        ("compose.py", False),
    ],
)
def test_names(path: str, expected: bool) -> None:
    assert is_compose_name(path) is expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"compose.yml": BASE}, [("default", "compose.yml")]),
        (
            {"compose.yml": BASE, "compose.override.yml": OVERLAY},
            [("default", "compose.yml", "compose.override.yml")],
        ),
        (
            {"compose.yml": BASE, "compose.prod.yml": OVERLAY},
            [("default", "compose.yml"), ("overlay", "compose.yml", "compose.prod.yml")],
        ),
        (
            {"compose.dev.yml": BASE, "compose.prod.yml": BASE},
            [("alone", "compose.dev.yml"), ("alone", "compose.prod.yml")],
        ),
        ({"compose.prod.yml": OVERLAY}, [("fragment", "compose.prod.yml")]),
        ({"local.yml": "mkdocs: 1\n"}, []),
        (
            {
                "compose.yml": "services:\n  a: {extends: {file: compose.b.yml, service: b}}\n",
                "compose.b.yml": "services:\n  b: {image: x}\n",
            },
            [("default", "compose.yml")],
        ),
        (
            {
                "compose.yml": "include: [db/compose.yml]\n",
                "db/compose.yml": BASE,
                "ci/compose.yml": BASE,
            },
            [("default", "compose.yml"), ("default", "ci/compose.yml")],
        ),
        (
            {
                "a.compose.yml": BASE,
                "b.compose.yml": OVERLAY,
                ".env": "COMPOSE_FILE=a.compose.yml:b.compose.yml\n",
            },
            [("environment", "a.compose.yml", "b.compose.yml")],
        ),
    ],
)
def test_sets_of_a_repository(files: dict[str, str], expected: list[tuple[object, ...]]) -> None:
    assert sets(files) == expected


def test_an_option_is_the_only_set() -> None:
    files = {"compose.yml": BASE, "compose.override.yml": OVERLAY, "b.yml": OVERLAY}
    requests = Requests(options=(Usage(("compose.yml", "b.yml")),))
    assert sets(files, requests) == [("option", "compose.yml", "b.yml")]


def test_commands_and_configuration_come_before_names() -> None:
    files = {"compose.yml": BASE, "compose.prod.yml": OVERLAY, "compose.dev.yml": OVERLAY}
    requests = Requests(
        configured=(Usage(("compose.yml", "compose.prod.yml"), role="prod", name="live"),),
        commands=(
            Usage(("compose.yml", "compose.dev.yml"), Source("Makefile", "x").place(0, 1)),
            Usage(("compose.yml", "compose.prod.yml")),
            Usage(("compose.yml", "gone.yml")),
        ),
    )
    made = plans(files, requests)
    assert [(plan.how, plan.files[-1], len(plan.usages)) for plan in made] == [
        ("configuration", "compose.prod.yml", 2),
        ("command", "compose.dev.yml", 1),
    ]


def test_a_plain_command_uses_the_default_files_of_its_folder() -> None:
    files = {"app/compose.yml": BASE, "app/compose.override.yml": OVERLAY}
    requests = Requests(commands=(Usage((), folder="app"),))
    assert sets(files, requests) == [("command", "app/compose.yml", "app/compose.override.yml")]


def test_ids() -> None:
    files = {"compose.yml": BASE, "compose.override.yml": OVERLAY, "compose.prod.yml": OVERLAY}
    assert [plan.id for plan in plans(files)] == ["compose.yml", "compose.prod.yml"]


@pytest.mark.parametrize("commands", [(), (Usage(()),)])
def test_a_sample_of_an_override_leaves_the_set_open(commands: tuple[Usage, ...]) -> None:
    files = {"compose.yml": BASE, "compose.override.yml.example": OVERLAY}
    (plan,) = plans(files, Requests(commands=commands))
    assert plan.unseen is not None
    assert "compose.override.yml.example" in plan.unseen
