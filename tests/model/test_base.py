"""What the reference of a base image tells about its age."""

from datetime import date

import pytest

from dockerlint_py.facts import Confidence, Known, Unknown
from dockerlint_py.model.image.base import Base
from dockerlint_py.model.image.package_sources import Packages
from dockerlint_py.testing import project


def base(image: str) -> Base:
    return project({"Dockerfile": f"FROM {image}\n"}).repository().stages[0].base


def test_language_and_distribution_end_on_their_own_days() -> None:
    software = base("python:3.10-slim-buster").software_end
    system = base("python:3.10-slim-buster").system_end
    assert isinstance(software, Known)
    assert isinstance(system, Known)
    assert (software.value.title, software.value.last) == ("Python 3.10", date(2026, 10, 31))
    assert (system.value.title, system.value.last) == ("Debian 10 (buster)", date(2024, 6, 30))


def test_a_release_that_the_tag_does_not_name_is_only_likely() -> None:
    system = base("python:3.13").system_end
    assert isinstance(system, Known)
    assert system.confidence is Confidence.LIKELY


@pytest.mark.parametrize("image", ["python:3", "debian:bookworm", "corp/base:1", "${BASE}"])
def test_unknown_ends(image: str) -> None:
    assert isinstance(base(image).software_end, Unknown)


@pytest.mark.parametrize(
    ("image", "floats"),
    [
        ("python", True),
        ("python:3", True),
        ("python:slim", True),
        ("python:3-alpine3.23", True),
        ("docker.io/library/python:latest", True),
        ("corp/base", True),
        ("scratch", False),
        ("python:3.13", False),
        ("python:corporate", False),
        ("python:3@sha256:" + "a" * 64, False),
        ("debian:bookworm", False),
    ],
)
def test_floating_references(image: str, floats: bool) -> None:
    fact = base(image).version_floats
    assert isinstance(fact, Known)
    assert fact.value is floats


@pytest.mark.parametrize(
    ("image", "rebuilt"),
    [
        ("python:3.13-slim-trixie", True),
        ("python:3.13-alpine3.20", False),
        ("python:3.12-bullseye", False),
        ("python:3.13.1-alpine3.20", None),
        ("python:3.13-alpine", None),
        ("ghcr.io/astral-sh/uv:python3.13-bullseye", None),
        ("python:3.6-stretch", None),
    ],
)
def test_tags_that_are_rebuilt(image: str, rebuilt: bool | None) -> None:
    fact = base(image).is_rebuilt
    assert (fact.value if isinstance(fact, Known) else None) is rebuilt


@pytest.mark.parametrize(
    ("steps", "origin"),
    [
        ("RUN apt-get update", Packages.DISTRIBUTION),
        ("RUN echo deb x > /etc/apt/sources.list.d/x.list", Packages.DISTRIBUTION),
        ("RUN sed -i s/a/b/ /etc/apt/sources.list", Packages.OTHER),
        ("COPY sources.list /etc/apt/", Packages.OTHER),
        ("RUN sed -i s/deb.d/archive.d/ /etc/apt/sources.list", Packages.OTHER),
        ("RUN echo deb http://archive.debian.org/debian x > /etc/apt/x", Packages.ARCHIVE),
        ("RUN <<E\nsed -i s/deb.debian.org/archive.debian.org/ /etc/apt/*\nE", Packages.ARCHIVE),
    ],
)
def test_where_packages_come_from(steps: str, origin: Packages) -> None:
    stage = project({"Dockerfile": f"FROM debian:buster\n{steps}\n"}).repository().stages[0]
    assert stage.package_sources.origin == Known(origin)
