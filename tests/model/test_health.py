"""Whether a health check can run: which of its programs are needed, and what an image has."""

import pytest

from dockerlint_py.testing import project

CURL = "curl -f http://localhost:8000/"
SLIM = "FROM python:3.13-slim\n"
START = 'CMD ["python", "-m", "shop"]\n'


def missing(dockerfile: str, **files: str) -> list[str]:
    """The tools that the health check of a Dockerfile's last stage lacks."""
    found = project({"Dockerfile": dockerfile, **files}).repository()
    return [each.name for each in found.containers[0].network.missing_health_tools]


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        (CURL, ["curl"]),
        (f"{CURL} || exit 1", ["curl"]),
        (f"{CURL} >/dev/null && echo fine", ["curl"]),
        ("wget -qO- http://localhost:8000/ || kill 1", ["wget"]),
        ("sh -c 'test -e /tmp/ready; nc -z localhost 8000'", ["nc"]),
        ("echo stats | nc localhost 11211", ["nc"]),
        ('["pg_isready"]', ["pg_isready"]),
        ('["/usr/bin/curl", "-f", "http://localhost:8000/"]', ["curl"]),
        (f"{CURL} || python -m shop.health", []),
        (f"{CURL} || wget -q http://localhost:8000/ || exit 1", []),
        (f"if command -v curl; then {CURL}; fi", []),
        (f"test -e /tmp/ready && {CURL}", []),
        ("python -m shop.health", []),
    ],
)
def test_what_a_check_needs(check: str, expected: list[str]) -> None:
    assert missing(f"{SLIM}HEALTHCHECK CMD {check}\n{START}") == expected


@pytest.mark.parametrize(
    ("image", "tool", "expected"),
    [
        ("python:3.13", "curl", False),
        ("python:3.13", "nc", True),
        ("python:3.13-alpine", "curl", True),
        ("python:3.13-alpine", "wget", False),
        ("ghcr.io/astral-sh/uv:python3.13-trixie-slim", "curl", True),
        ("gcr.io/distroless/python3", "curl", None),
        ("registry.example/python:3.13-slim", "curl", False),
        ("postgres:17", "pg_isready", False),
    ],
)
def test_images(image: str, tool: str, expected: bool | None) -> None:
    found = missing(f'FROM {image}\nHEALTHCHECK CMD ["{tool}"]\n{START}')
    assert (found == [tool]) is bool(expected)


@pytest.mark.parametrize(
    "step",
    [
        "RUN apt-get update && apt-get install -y curl",
        "ARG PACKAGES\nRUN apt-get update && apt-get install -y $PACKAGES",
        "RUN ./install.sh",
        "COPY --from=curlimages/curl /usr/bin/curl /usr/local/bin/",
        "COPY --from=curlimages/curl /usr/bin/ /usr/bin/",
        "COPY tools/ /usr/local/bin/",
        "ADD https://files.example/curl /usr/local/bin/curl",
        "RUN apt-get update && apt-get install -y gettext",
    ],
)
def test_what_may_bring_a_tool(step: str) -> None:
    dockerfile = f"{SLIM}{step}\nHEALTHCHECK CMD {CURL}\n{START}"
    assert missing(dockerfile, **{"tools/curl": "#!/bin/sh\n"}) == []


@pytest.mark.parametrize(
    "step",
    [
        "RUN apt-get update && apt-get install -y libpq5",
        "RUN pip install --no-cache-dir gunicorn",
        "COPY . /app",
        "COPY tools/ /usr/local/bin/",
        "COPY --from=builder /opt/venv /opt/venv",
    ],
)
def test_what_brings_no_tool(step: str) -> None:
    builder = "FROM python:3.13 AS builder\nRUN apt-get update && apt-get install -y curl\n"
    dockerfile = f"{builder}{SLIM}{step}\nHEALTHCHECK CMD {CURL}\n{START}"
    assert missing(dockerfile, **{"tools/other": "#!/bin/sh\n"}) == ["curl"]


def test_what_is_installed_at_the_start_may_be_it() -> None:
    script = "apt-get install -y curl\nexec python -m shop\n"
    dockerfile = f'{SLIM}COPY start.sh .\nHEALTHCHECK CMD {CURL}\nCMD ["sh", "start.sh"]\n'
    assert missing(dockerfile, **{"start.sh": script}) == []
    assert missing(dockerfile, **{"start.sh": "exec python -m shop\n"}) == ["curl"]
