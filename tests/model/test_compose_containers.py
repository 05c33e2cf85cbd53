"""Containers that Compose describes: which there are, and what is laid over their images."""

import pytest

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.model.container import Container
from dockerlint_py.testing import project

DOCKERFILE = """\
FROM python:3.13-slim AS base
ENV A=image B=image
WORKDIR /app
FROM base AS web
USER app
ENTRYPOINT ["tini", "--"]
CMD ["gunicorn", "shop.wsgi"]
HEALTHCHECK CMD ["check"]
"""


def containers(compose: str, path: str = "compose.prod.yml", **more: str) -> dict[str, Container]:
    files = {"Dockerfile": DOCKERFILE, path: compose, **more}
    return {c.id: c for c in project(files).repository().containers}


def service(body: str, **more: str) -> Container:
    compose = f"services:\n  web:\n    build: .\n{body}"
    return containers(compose, **more)["compose.prod.yml:web"]


def test_an_image_that_production_composes_does_not_run_alone() -> None:
    assert list(containers("services: {web: {build: .}}")) == ["compose.prod.yml:web"]
    assert list(containers("services: {web: {build: .}}", "compose.dev.yml")) == [
        "Dockerfile",
        "compose.dev.yml:web",
    ]
    assert list(containers("services: {web: {build: {context: ., target: base}}}")) == [
        "Dockerfile",
        "compose.prod.yml:web",
    ]


@pytest.mark.parametrize(
    ("build", "image"),
    [
        ("build: .", "Dockerfile#web"),
        ("build: {context: ., target: base}", "Dockerfile#base"),
        ("build: {context: ., target: none}", None),
        ("build: {context: ., target: '${TARGET}'}", None),
        ("build: {context: ., dockerfile: other/Dockerfile}", None),
        ("image: postgres:17", "postgres:17"),
    ],
)
def test_the_image_of_a_service(build: str, image: str | None) -> None:
    found = containers(f"services:\n  web:\n    {build}\n")
    assert found["compose.prod.yml:web"].image == image


def test_the_role_is_that_of_the_file_set() -> None:
    container = service("")
    assert (container.role, container.evidence) == ("prod", "file name compose.prod.yml")


def test_the_environment_lies_over_that_of_the_image() -> None:
    container = service(
        "    env_file: web.env\n    environment: {B: compose, D: '${D}'}\n",
        **{"web.env": "B=file\nC=file\n"},
    )
    values = {name: container.env.get(name) for name in "ABCD"}
    assert [values[name].value for name in "ABC"] == ["image", "compose", "file"]  # type: ignore[union-attr]
    assert isinstance(values["D"], Unknown)


def test_a_missing_env_file_may_hold_anything() -> None:
    container = service("    env_file: secret.env\n    environment: {B: compose}\n")
    assert isinstance(container.env.get("A"), Unknown)
    assert container.env.get("B").value == "compose"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("body", "argv"),
    [
        ("", ["tini", "--", "gunicorn", "shop.wsgi"]),
        ("    command: [celery, worker]\n", ["tini", "--", "celery", "worker"]),
        (
            "    command: celery -A shop 'work er'\n",
            ["tini", "--", "celery", "-A", "shop", "work er"],
        ),
        ("    entrypoint: [sh]\n", ["sh"]),
        ("    entrypoint: [sh]\n    command: [start]\n", ["sh", "start"]),
        ("    entrypoint: []\n    command: [start]\n", ["start"]),
        ("    command: null\n", ["tini", "--", "gunicorn", "shop.wsgi"]),
    ],
)
def test_entrypoint_and_command(body: str, argv: list[str]) -> None:
    lines = service(body).process.lines
    assert [word.text for line in lines for word in line.value.argv or ()] == argv


def test_user_folder_and_health_check() -> None:
    plain = service("")
    assert (plain.user.known, plain.workdir.known) == ("app", "/app")
    check = plain.health_check.known
    assert check is not None
    assert check.text == "check"
    other = service(
        "    user: '1000:1000'\n    working_dir: /srv\n    healthcheck: {disable: true}\n"
    )
    assert (other.user.known, other.workdir.known) == ("1000", "/srv")
    assert other.health_check.effective == Known(
        None,
        other.health_check.effective.places,
        says="service web disables the health check",
    )


def test_an_absence_is_reported_where_it_can_be_mended() -> None:
    both = "services:\n  web: {build: .}\n  worker: {build: ., command: celery worker"
    alike = project({"Dockerfile": DOCKERFILE, "compose.prod.yml": both + "}\n"})
    assert alike.check("PYR002").lines == {("Dockerfile", 4, "PYR002")}
    (problem,) = alike.check("PYR002").problems
    assert problem.containers == ("compose.prod.yml:web", "compose.prod.yml:worker")
    other = both + ", environment: {PYTHONUNBUFFERED: 1}}\n"
    differing = project({"Dockerfile": DOCKERFILE, "compose.prod.yml": other})
    assert differing.check("PYR002").lines == {("compose.prod.yml", 2, "PYR002")}


def test_compose_tells_the_build_context() -> None:
    compose = "services:\n  web: {build: {context: backend, dockerfile: ../docker/Dockerfile}}\n"
    files = {"docker/Dockerfile": "FROM a\nCOPY . .\n", "compose.yml": compose, "backend/x.py": ""}
    (build,) = project(files).repository().builds
    assert build.context == Known("backend", build.context.places, says=build.context.says)  # type: ignore[union-attr]
