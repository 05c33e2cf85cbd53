"""Which repository file a command of a RUN finds at a path."""

import pytest

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.model.image.view import View
from dockerlint_py.testing import project

FILES = {"requirements.txt": "flask\n", "app/setup.py": "", "deploy/base.txt": "", "uv.lock": ""}
PATH = "/usr/src/app/requirements.txt"

CASES = {
    "copied": ("COPY requirements.txt ./", "requirements.txt"),
    "copied with the context": ("COPY . .", "requirements.txt"),
    "under another name": ("COPY deploy/base.txt requirements.txt", "deploy/base.txt"),
    "copied twice": ("COPY . .\nCOPY deploy/base.txt requirements.txt", "deploy/base.txt"),
    "nothing": ("COPY app app", None),
    "taken out": ("COPY . .\nRUN rm requirements.txt", ...),
    "edited": ("COPY . .\nRUN sed -i s/a/b/ requirements.txt", ...),
    "written": ("COPY . .\nRUN echo flask > requirements.txt", ...),
    "exported": ("COPY . .\nRUN poetry export -o requirements.txt", ...),
    "only named by an installer": ("COPY . .\nRUN pip install -r requirements.txt", PATH[13:]),
    "unknown program": ("RUN ./make-everything", ...),
    "unknown program after a COPY": ("COPY . .\nRUN ./make-everything", "requirements.txt"),
    "computed source": ("ARG FILE\nCOPY ${FILE} .", ...),
    "other image": ("COPY --from=busybox /x /usr/src/app/", ...),
    "here-document": ("COPY <<EOF requirements.txt\nflask\nEOF", ...),
}


def view(steps: str, command: str = "RUN pip list", base: str = "python:3.13-slim") -> View:
    text = f"FROM {base}\nWORKDIR /usr/src/app\n{steps}\n{command}\n"
    stage = project({**FILES, "Dockerfile": text}).repository().stages[-1]
    run = stage.runs[-1]
    return View(stage, run, run.invocations[-1])


@pytest.mark.parametrize(("steps", "expected"), CASES.values(), ids=CASES)
def test_the_file_at_a_path(steps: str, expected: object) -> None:
    found = view(steps).file(PATH)
    if expected is ...:
        assert isinstance(found, Unknown) or steps.endswith("rm requirements.txt")
    else:
        assert isinstance(found, Known)
        wanted = None if expected is None else str(expected).rpartition("app/")[2]
        assert (found.value and found.value.path) == wanted


def test_a_bind_mount_lies_over_the_stage() -> None:
    mounted = "RUN --mount=type=bind,source=deploy/base.txt,target=requirements.txt pip list"
    found = view("COPY . .", mounted).file(PATH)
    assert isinstance(found, Known)
    assert found.value is not None
    assert found.value.path == "deploy/base.txt"


def test_a_cache_mount_may_hold_anything() -> None:
    cached = "RUN --mount=type=cache,target=/usr/src/app pip list"
    assert isinstance(view("COPY . .", cached).has(PATH), Unknown)


@pytest.mark.parametrize(
    ("earlier", "there"),
    [
        ("pip install uv", False),
        ("apt-get update && apt-get install -y gcc", False),
        ("pip install uv && uv sync", None),
        ("pip install uv && uv lock", None),
        ("touch uv.lock", True),
        ("./script.sh", None),
    ],
)
def test_what_earlier_commands_of_the_same_run_make(earlier: str, there: bool | None) -> None:
    answer = view("COPY app app", f"RUN {earlier} && pip list").has("/usr/src/app/uv.lock")
    assert (answer.value if isinstance(answer, Known) else None) is there


def test_an_unknown_base_image_may_have_any_file() -> None:
    answer = view("COPY app app", base="example.com/base:1").has("/usr/src/app/uv.lock")
    assert isinstance(answer, Unknown)
