import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockerlint_py.knowledge.images import (
    ImageFacts,
    image_facts,
    official_python,
    parse_image,
    services,
    vendors,
)

ALL_NAMES = sorted(
    {
        *("python", "debian", "ubuntu", "alpine", "amazonlinux", "centos", "busybox", "scratch"),
        *("buildpack-deps", "gcr.io/distroless/python3-debian12", "gcr.io/distroless/static"),
        *("tiangolo/uvicorn-gunicorn-fastapi", "continuumio/miniconda3"),
        *vendors.FACTS,
        *services.ROWS,
    }
)


def facts(text: str) -> ImageFacts:
    ref = parse_image(text)
    assert ref is not None
    return image_facts(ref)


@pytest.mark.parametrize(
    ("tag", "python", "distro", "release", "floats", "variant"),
    [
        ("3.10.5-slim-buster", (3, 10), "debian", "buster", False, "slim"),
        ("3.12", (3, 12), "debian", "trixie", True, "full"),
        ("3.12-slim", (3, 12), "debian", "trixie", True, "slim"),
        ("3.12.4", (3, 12), "debian", "bookworm", False, "full"),
        ("3.12.4-slim", (3, 12), "debian", "bookworm", False, "slim"),
        ("3.12.4-alpine", (3, 12), "alpine", "3.20", False, "alpine"),
        ("3.12-alpine3.19", (3, 12), "alpine", "3.19", False, "alpine"),
        ("3.9", (3, 9), "debian", "trixie", False, "full"),
        ("3.8-slim", (3, 8), "debian", "bookworm", False, "slim"),
        ("3.7-alpine", (3, 7), "alpine", "3.18", False, "alpine"),
        ("3.6.9", (3, 6), "debian", "buster", False, "full"),
        ("3.13t-slim", (3, 13), "debian", "trixie", True, "slim"),
        ("3.15-rc-slim", (3, 15), "debian", "trixie", True, "slim"),
        ("3.15.0rc1", (3, 15), "debian", "trixie", True, "full"),
        ("bookworm", None, "debian", "bookworm", False, "full"),
        ("slim", None, "debian", "trixie", True, "slim"),
        ("alpine", None, "alpine", "3.24", True, "alpine"),
        ("latest", None, "debian", "trixie", True, "full"),
        ("3", None, "debian", "trixie", True, "full"),
        ("2", (2, 7), "debian", "buster", False, "full"),
        ("3.12-windowsservercore-ltsc2022", (3, 12), None, None, False, None),
        ("3.12-mystery", (3, 12), None, None, False, None),
    ],
)
def test_python_tags(
    tag: str,
    python: tuple[int, int] | None,
    distro: str | None,
    release: str | None,
    floats: bool,
    variant: str | None,
) -> None:
    found = facts(f"python:{tag}")
    assert (found.kind, found.python) == ("language", python)
    assert (found.distro, found.release) == (distro, release)
    assert (found.release_floats, found.variant) == (floats, variant)


@pytest.mark.parametrize(
    ("image", "present", "absent"),
    [
        (
            "python:3.13",
            "curl wget bash gcc git pg_config mysql_config pip",
            "msgfmt nc setuptools uv",
        ),
        ("python:3.11", "setuptools", "nc"),
        ("python:3.12", "curl", "setuptools"),
        (
            "python:3.13-slim",
            "bash sh python3",
            "curl wget gcc pg_config msgfmt nc uv ps",
        ),
        ("python:3.11-slim-bookworm", "setuptools", "curl"),
        ("python:3.13-alpine", "sh wget nc", "curl bash gcc msgfmt git"),
        ("ghcr.io/astral-sh/uv:python3.13-trixie-slim", "uv bash python3", "curl wget gcc"),
        ("ghcr.io/astral-sh/uv:debian-slim", "uv bash", "curl python3"),
        ("ghcr.io/astral-sh/uv:latest", "uv", "sh bash python3"),
        ("gcr.io/distroless/python3-debian12", "python3", "sh bash curl pip"),
        ("postgres:17", "pg_isready psql bash", "curl python3"),
        ("postgres:17-alpine", "pg_isready wget bash", "curl"),
        ("redis:8", "redis-cli", ""),
        ("nginx:1.29", "curl envsubst", "python3"),
        ("nginx:1.29-alpine", "curl wget", "python3"),
        ("nginx:alpine", "curl", ""),
        ("debian:12-slim", "bash", "curl wget python3 pip git"),
        ("alpine:3.22", "sh wget", "bash curl python3"),
        ("scratch", "", "sh python3 curl"),
        ("buildpack-deps:bookworm", "curl gcc python3", "pip msgfmt"),
        ("node:22-slim", "node npm bash", "curl gcc"),
        ("continuumio/miniconda3", "conda wget git", "nc"),
        ("condaforge/miniforge3", "conda mamba tini", ""),
        ("cgr.dev/chainguard/python:latest", "python3", "sh bash pip"),
        ("cgr.dev/chainguard/python:latest-dev", "python3 pip sh", ""),
    ],
)
def test_programs(image: str, present: str, absent: str) -> None:
    found = facts(image)
    assert {found.has(tool) for tool in present.split()} <= {True}
    assert {found.has(tool) for tool in absent.split()} <= {False}


@pytest.mark.parametrize(
    ("image", "tool"),
    [
        ("nginx:alpine-slim", "curl"),
        ("nginx:1.17", "curl"),
        ("rabbitmq:4-management", "python3"),
        ("private.registry.io/base:1", "curl"),
        ("python:3.12-mystery", "curl"),
        ("python@sha256:" + "0a" * 32, "curl"),
        ("python:3.13", "no-such-tool"),
        ("mysql:8", "curl"),
        ("bitnami/postgresql:15", "psql"),
    ],
)
def test_programs_that_nobody_can_tell(image: str, tool: str) -> None:
    assert facts(image).has(tool) is None


def test_packages() -> None:
    names = ("libpq-dev", "libpq5", "gettext", "openssl")
    full, slim = facts("python:3.13-bookworm"), facts("python:3.13-slim")
    assert [full.has_package(name) for name in names] == [True, True, False, True]
    assert [slim.has_package(name) for name in names] == [False, False, False, True]
    old = facts("python:3.8.0")
    assert [old.has_package(name) for name in ("libpq-dev", "libmagic1")] == [True, None]
    assert facts("alpine:3.22").has_package("gcc") is False
    assert facts("python:3.13").has_package("no-such-package") is None


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("python:3.13", False),
        ("debian:11", False),
        ("debian:bookworm", True),
        ("debian:trixie-slim", True),
        ("ubuntu:22.04", False),
        ("ubuntu:noble", True),
        ("alpine:3.18", False),
        ("alpine:3.19.1", True),
        ("alpine:3", None),
        ("alpine:edge", None),
        ("ghcr.io/astral-sh/uv:0.8.3-debian-slim", None),
        ("gcr.io/distroless/python3-debian12", True),
    ],
)
def test_pep_668(image: str, expected: bool | None) -> None:
    assert facts(image).externally_managed is expected


def test_shells() -> None:
    images = ("python:3.13-slim", "python:3.13-alpine", "amazonlinux:2023", "scratch", "x/y")
    assert [facts(image).shell for image in images] == ["dash", "ash", "bash", "none", None]


def test_users() -> None:
    images = ("python:3", "gcr.io/distroless/python3-debian13:nonroot", "mambaorg/micromamba")
    images += ("nginxinc/nginx-unprivileged", "mcr.microsoft.com/devcontainers/python:3.12", "x/y")
    assert [facts(image).user for image in images] == [
        *("root", "nonroot", "mambauser", "101", None, None)
    ]


def test_environments() -> None:
    tiangolo = facts("tiangolo/uvicorn-gunicorn-fastapi:python3.11").environment
    assert tiangolo is not None
    assert tiangolo["PYTHONUNBUFFERED"] == "1"
    plain = facts("python:3.13-slim").environment
    assert plain is not None
    assert "PYTHONUNBUFFERED" not in plain
    assert "LANG" not in plain
    assert (facts("python:3.12").environment or {})["LANG"] == "C.UTF-8"
    assert facts("x/y").environment is None


@pytest.mark.parametrize(
    "mirror",
    [
        *(
            "public.ecr.aws/docker/library/python:3.12-slim",
            "mirror.gcr.io/library/python:3.12-slim",
        ),
        *("docker.io/library/python:3.12-slim", "registry.hub.docker.com/library/python:3.12-slim"),
    ],
)
def test_mirrors_of_official_images(mirror: str) -> None:
    assert facts(mirror) == facts("python:3.12-slim")


@pytest.mark.parametrize(
    ("image", "product", "version"),
    [
        ("postgres:15-alpine", "postgresql", "15"),
        ("postgres:9.6", "postgresql", "9.6"),
        ("postgres", "postgresql", None),
        ("postgis/postgis:15-3.3", "postgresql", "15"),
        ("pgvector/pgvector:0.8.0-pg16", "postgresql", "16"),
        ("timescale/timescaledb:latest-pg14", "postgresql", "14"),
        ("redis:7.2-alpine", "redis", "7.2"),
        ("redis/redis-stack:7.2.0-v10", "redis", None),
        ("rabbitmq:3.13-management", "rabbitmq", "3.13"),
        ("traefik:v3.1", "traefik", "3.1"),
        ("node:20-alpine", "node", "20"),
        ("ubuntu:focal", "ubuntu", "20.04"),
        ("debian:buster-slim", "debian", "10"),
        ("debian:stable", "debian", None),
        ("centos:7", "centos", "7"),
        ("python:3.9-slim", "python", "3.9"),
        ("python:3", "python", None),
        ("ghcr.io/astral-sh/uv:0.8-python3.12-alpine", "python", "3.12"),
    ],
)
def test_products_for_the_end_of_life_tables(image: str, product: str, version: str | None) -> None:
    assert (facts(image).product, facts(image).version) == (product, version)


def test_distributions_for_the_end_of_life_tables() -> None:
    images = (
        "python:3.8-slim-buster",
        "python:3.12-alpine3.19",
        "nvidia/cuda:12-ubuntu20.04",
        "x/y",
    )
    found = [facts(image) for image in images]
    assert [(one.distro, one.distro_version) for one in found] == [
        *(("debian", "10"), ("alpine", "3.19"), ("ubuntu", "20.04"), (None, None))
    ]


def test_volume_of_postgresql_moved_in_18() -> None:
    images = ("postgres:17", "postgres:18-alpine", "postgres", "postgis/postgis:17-3.5")
    assert [facts(image).volumes for image in images] == [
        *(("/var/lib/postgresql/data",), ("/var/lib/postgresql",), None, None)
    ]


def test_interpreters() -> None:
    images = ("python:3", "gcr.io/distroless/python3-debian13", "continuumio/miniconda3")
    images += ("bitnami/python:3.12", "ghcr.io/astral-sh/uv:debian-slim")
    assert [facts(image).interpreter for image in images] == [
        *("/usr/local/bin/python3", "/usr/bin/python3", "/opt/conda/bin/python3"),
        *("/opt/bitnami/python/bin/python3", None),
    ]


def test_images_that_nobody_knows() -> None:
    assert facts("registry.corp.io/team/base:1") == ImageFacts()
    assert image_facts(None) == ImageFacts()


def test_what_is_still_rebuilt() -> None:
    assert official_python.is_built((3, 13), "debian", "trixie")
    assert not official_python.is_built((3, 13), "debian", "bullseye")
    assert not official_python.is_built((3, 9), "debian", "trixie")


@pytest.mark.parametrize("name", ALL_NAMES)
def test_every_known_image_says_where_from_and_when(name: str) -> None:
    found = facts(name)
    assert found.kind is not None
    assert found.source
    assert date.fromisoformat(found.as_of or "") <= date(2026, 11, 24)


@given(
    st.sampled_from(ALL_NAMES),
    st.from_regex(r"(?:[0-9]{1,3}|alpine|slim|debian|pg|python|nonroot|dev|[.-]|[a-z]){0,8}"),
)
def test_no_tag_raises_and_facts_can_be_pickled(name: str, tag: str) -> None:
    ref = parse_image(f"{name}:{tag}")
    if ref is not None:
        found = image_facts(ref)
        assert pickle.loads(pickle.dumps(found)) == found
