"""Which command or service is known to deliver a stage for development."""

import pytest

from dockerlint_py.testing import project

STAGES = "FROM python:3.13 AS prod\nFROM prod AS dev\n"


@pytest.mark.parametrize(
    ("script", "role"),
    [
        ("docker build -t r.example/a . && docker push r.example/a", "prod"),
        ("docker build -t r.example/a .", "dev"),
        ("docker build --target dev -t r.example/a . && docker push r.example/a", "dev"),
        ("docker build --target $T -t r.example/a . && docker push r.example/a", "dev"),
        ("docker build -t t .\ndocker build --target prod -t r/a .\ndocker push r/a", "dev"),
        ("docker build -f Dockerfile.dev -t r/a .\ndocker push r/a", "dev"),
    ],
)
def test_the_role_of_the_last_stage(script: str, role: str) -> None:
    files = {"Dockerfile": STAGES, "release.sh": f"#!/bin/sh\n{script}\n"}
    container = project(files).repository().containers[0]
    assert container.id == "Dockerfile"
    assert container.role == role
