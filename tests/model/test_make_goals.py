"""Containers that start with make."""

import pytest

from dockerlint_py.model.container import Container
from dockerlint_py.testing import project

SLIM = "FROM python:3.13-slim\nRUN apt-get install -y make\nWORKDIR /app\nCOPY . .\n"
ALPINE = "FROM python:3.13-alpine\nRUN apk add make\nWORKDIR /app\nCOPY . .\n"
RUN = 'CMD ["make", "run"]\n'


def container(dockerfile: str, makefile: str, **files: str) -> Container:
    named = {name.replace("_", "/", 1): text for name, text in files.items()}
    tree = {"Dockerfile": dockerfile, "Makefile": makefile, **named}
    [only] = project(tree).repository().containers
    return only


@pytest.mark.parametrize(
    ("dockerfile", "recipe", "final", "gets_signals"),
    [
        (SLIM + RUN, "\tgunicorn app\n", "gunicorn app", True),
        (SLIM + RUN, "\t@exec gunicorn app\n", "gunicorn app", True),
        (SLIM + RUN, "\tcd src && gunicorn app\n", "gunicorn app", False),
        (SLIM + RUN, "\tA=1 gunicorn app\n", "gunicorn app", False),
        (SLIM + RUN, "\tcd src && exec gunicorn app\n", "gunicorn app", True),
        (SLIM + RUN, "\tgunicorn -b :$(PORT) app\n", "gunicorn -b :${PORT} app", None),
        (ALPINE + RUN, "\tcd src && gunicorn app\n", "gunicorn app", True),
        (SLIM + RUN, "\tmigrate\n\tgunicorn app\n", "gunicorn app", True),
        (SLIM + RUN, "\tgunicorn app\n\techo never\n", "gunicorn app", True),
        (SLIM + RUN, "\t$(MAKE) web\nweb:\n\tgunicorn app\n", "gunicorn app", True),
        (SLIM + RUN, "\t$(MAKE) -C src\n", "hypercorn app", True),
        (SLIM + "CMD make run\n", "\tgunicorn app\n", "gunicorn app", False),
        (SLIM + 'CMD ["tini", "--", "make", "run"]', "\tgunicorn app\n", "gunicorn app", True),
        (SLIM + 'CMD ["make", "-sC", "src"]', "\tgunicorn app\n", "hypercorn app", True),
        (SLIM + 'CMD ["make", "-f", "src/Makefile"]', "\ttrue\n", "hypercorn app", True),
        (SLIM + 'CMD ["make", "run", "APP=x"]', "\tgunicorn $(APP)\n", "gunicorn x", True),
        (SLIM + "ENV APP=y\n" + RUN, "\tgunicorn $(APP)\n", "gunicorn y", True),
        (SLIM + "ENV APP=y\n" + RUN, "\tgunicorn $$APP\n", "gunicorn y", False),
        (SLIM + RUN, "\t./start.sh\n", "gunicorn app", False),
    ],
)
def test_finals(dockerfile: str, recipe: str, final: str, gets_signals: bool | None) -> None:
    other = "serve:\n\thypercorn app\n"
    files = {"src_Makefile": other, "start.sh": "#!/bin/sh\ngunicorn app\n"}
    process = container(dockerfile, "run:\n" + recipe, **files).process
    assert process.unknown is None
    assert [(f.invocation.text, f.gets_signals) for f in process.finals] == [(final, gets_signals)]


@pytest.mark.parametrize(
    ("dockerfile", "makefile"),
    [
        (SLIM + RUN, "include x\nrun:\n\tgunicorn app\n"),
        (SLIM + RUN, "run:\n\t$(MAKE) run\n"),
        (SLIM + RUN, "src:\nrun: src\n\tgunicorn app\n"),
        (SLIM + 'CMD ["make", "-n", "run"]', "run:\n\tgunicorn app\n"),
        (SLIM + 'CMD ["make", "-j2", "run"]', "run:\n\tgunicorn app\n"),
        (SLIM + 'CMD ["make", "--jobs", "run"]', "run:\n\tgunicorn app\n"),
        (SLIM + 'CMD ["make", "-f"]', "run:\n\tgunicorn app\n"),
        (SLIM + 'CMD ["make", "A+=1", "run"]', "run:\n\tgunicorn app\n"),
        (SLIM + "ENV MAKEFLAGS=-n\n" + RUN, "run:\n\tgunicorn app\n"),
        (SLIM + "CMD make $GOAL", "run:\n\tgunicorn app\n"),
        (SLIM + "WORKDIR /else\n" + RUN, "run:\n\tgunicorn app\n"),
        (SLIM + "ARG D\nWORKDIR $D\n" + RUN, "run:\n\tgunicorn app\n"),
        (SLIM + "RUN ./configure\n" + RUN, "run:\n\tgunicorn app\n"),
    ],
)
def test_what_make_runs_is_not_known(dockerfile: str, makefile: str) -> None:
    process = container(dockerfile, makefile, src_x="").process
    assert process.unknown is not None
    assert [final.invocation.name for final in process.finals] == ["make"]


def test_recipes_get_the_variables_that_make_exports() -> None:
    makefile = "A = 1\nB = 2\nC ?= 3\nexport B\nexport D = $(A)\nrun:\n\tgunicorn app\n"
    dockerfile = SLIM + "ENV A=0 C=9\n" + 'CMD ["make", "run", "E=5"]'
    env = container(dockerfile, makefile).start_env
    values = {name: getattr(env.get(name), "value", "?") for name in "ABCDEF"}
    assert values == {"A": "1", "B": "2", "C": "9", "D": "1", "E": "5", "F": None}


def test_a_mounted_makefile_counts() -> None:
    tree = {
        "compose.yml": "services:\n  web:\n    image: python:3.13-slim\n    working_dir: /app\n"
        "    command: make serve\n    volumes: ['./app:/app']\n",
        "app/Makefile": ".PHONY: serve\nserve:\n\tgunicorn app\n",
    }
    [only] = project(tree).repository().containers
    assert [final.invocation.text for final in only.process.finals] == ["gunicorn app"]
