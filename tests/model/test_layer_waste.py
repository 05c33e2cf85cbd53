"""What stays in the layers of a stage."""

import pytest

from dockerlint_py.testing import project


def waste(*steps: str) -> list[str]:
    text = "\n".join(("FROM python:3.13-slim", *steps))
    return [each.key for each in project({"Dockerfile": text}).repository().stages[0].waste]


@pytest.mark.parametrize(
    ("steps", "keys"),
    [
        (("RUN apt-get update",), ["apt-lists"]),
        (("RUN apt-get install -y gcc",), []),
        (("RUN rm -rf /var/lib/apt/lists/* && apt-get update",), ["apt-lists"]),
        (("RUN apt-get update && rm -rf /var/lib/apt/lists/*",), []),
        (("RUN apt-get update && rm -rf /var/cache/apt",), ["apt-lists"]),
        (("RUN sh -c 'apt-get update && rm -r /var/lib/apt/lists'",), []),
        (("RUN --mount=type=cache,target=/var/lib/apt/lists apt-get update",), []),
        (("RUN --mount=type=cache,target=/var/cache/apt apt-get update",), ["apt-lists"]),
        (("RUN apk add gcc",), ["apk"]),
        (("RUN apk --no-cache add gcc",), []),
        (("RUN dnf install -y gcc && dnf clean all",), []),
        (("RUN yum -y install gcc",), ["dnf"]),
        (("RUN apt-get install -y gcc", "RUN apt-get remove -y make"), []),
        (("RUN apt-get install -y gcc make", "RUN apt-get remove -y make"), ["make"]),
        (("RUN apk add --no-cache -t .b gcc", "RUN apk del .b"), [".b"]),
        (("RUN apk add --no-cache -t .b gcc && apk del .b",), []),
        (("RUN pip install x", "RUN pip cache purge"), ["pip"]),
        (("RUN pip install --no-cache-dir x", "RUN pip cache purge"), []),
        (("RUN poetry install", "RUN poetry cache clear --all pypi"), ["poetry"]),
        (("COPY wheels /wheels", "RUN rm -rf /wheels"), ["/wheels"]),
        (("COPY wheels /wheels", "RUN rm -rf /tmp"), []),
        (("COPY . /app", "RUN rm -rf /app/tests"), []),
    ],
)
def test_waste(steps: tuple[str, ...], keys: list[str]) -> None:
    assert waste(*steps) == keys
