"""Jobs of GitHub Actions and GitLab CI."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockerlint_py.pipelines import Job, Pipeline, read_pipeline
from dockerlint_py.text import Source

GITLAB = """\
variables: {A: one, B: {value: two, description: text}}
default:
  cache: {paths: [.cache/pip], key: {files: [poetry.lock]}}
  before_script: [pip install tox]
.base: &base
  variables: {C: three}
  services: [docker:dind, {name: postgres:17}]
test:
  <<: *base
  tags: [mine]
  script:
    - tox
    - - nested
other:
  extends: .base
  variables: {A: four}
  before_script: []
  cache: []
  script: make
"""
GITHUB = """\
env: {A: one}
jobs:
  test:
    runs-on: [self-hosted, linux]
    env: {B: two}
    steps:
      - uses: actions/cache@v4
        with:
          path: |
            ~/.cache/pip
            .venv
          key: ${{ hashFiles('poetry.lock') }}
      - run: |
          pip install tox
          tox
"""


def pipeline(path: str, text: str) -> Pipeline:
    found = read_pipeline(Source(path, text))
    assert found is not None
    return found


def texts(job: Job) -> list[str]:
    return [script.text for script in job.scripts]


def test_a_job_of_gitlab_has_what_it_extends_and_the_defaults() -> None:
    test, other = pipeline(".gitlab-ci.yml", GITLAB).jobs
    assert texts(test) == ["pip install tox", "tox", "nested"]
    assert {name: s.value for name, s in test.variables.items()} == {
        "A": "one", "B": "two", "C": "three",
    }  # fmt: skip
    assert [s.value for s in test.services] == ["docker:dind", "postgres:17"]
    assert [s.value for s in test.runner] == ["mine"]
    assert [p.value for c in test.caches for p in c.paths] == [".cache/pip"]
    assert [p.value for c in test.caches for p in c.locked] == ["poetry.lock"]
    assert texts(other) == ["make"]
    assert other.variables["A"].value == "four"
    assert other.caches == ()


def test_a_job_of_github_has_steps_and_caches() -> None:
    (job,) = pipeline(".github/workflows/a.yml", GITHUB).jobs
    assert [label.value for label in job.runner] == ["self-hosted", "linux"]
    assert texts(job) == ["pip install tox\ntox\n"]
    assert [p.value for p in job.caches[0].paths] == ["~/.cache/pip", ".venv"]
    assert sorted(job.variables) == ["A", "B"]


@pytest.mark.parametrize("text", ["", "[]", "a: [", "a: &a [*a]", "jobs: {a: {steps: 1}}", "- a"])
def test_what_is_no_pipeline_has_no_steps(text: str) -> None:
    found = read_pipeline(Source(".github/workflows/a.yml", text))
    assert found is None or all(not texts(job) for job in found.jobs)


@given(st.text("ajobs:steps run-\n &*<[]{}", max_size=120))
def test_any_text_is_read(text: str) -> None:
    for path in (".github/workflows/a.yml", ".gitlab-ci.yml"):
        read_pipeline(Source(path, text))


def test_a_file_that_repeats_itself_without_end_is_read_once() -> None:
    lines = ["a0: &a0 {x: 1}", "l0: &l0 [echo]", "job0: {script: x}"]
    for number in range(1, 60):
        before = number - 1
        lines.append(f"a{number}: &a{number} {{<<: [{', '.join([f'*a{before}'] * 9)}]}}")
        lines.append(f"l{number}: &l{number} [{', '.join([f'*l{before}'] * 9)}]")
        lines.append(f"job{number}: {{extends: [{', '.join([f'job{before}'] * 9)}]}}")
    lines.append("job: {<<: *a59, extends: job59, script: *l59}")
    job = pipeline(".gitlab-ci.yml", "\n".join(lines)).jobs[-1]
    assert texts(job) == ["echo"]
