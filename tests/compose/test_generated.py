"""Our loader against Docker Compose itself, on random projects.

`$DOCKERLINT_GENERATED` says how many; without it, the same 200 each time, so that the answers of
Compose can be kept.
"""

import os

from hypothesis import HealthCheck, given, settings

from dockerlint_py.compose import Options
from tests.compose.generated import Project, projects
from tests.compose.oracle import ROOT, ask
from tests.compose.projects import loaded
from tests.compose.render import render

_COUNT = os.environ.get("DOCKERLINT_GENERATED")
# What we do not report, by design; and what Compose accepts but cannot print.
_BY_DESIGN = ("required variable", "env file", "label file", "json: error calling MarshalJSON")


@settings(
    max_examples=int(_COUNT or 200),
    derandomize=_COUNT is None,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(projects())
def test_equals_docker_compose(project: Project) -> None:
    answer = ask(project.files, project.use)
    made = loaded(project.files, *project.use, options=Options(strict=True, name="project"))
    if answer.config is not None:
        assert not made.problems
        assert render(made, ROOT) == answer.config
    elif not any(words in answer.error for words in _BY_DESIGN):
        assert made.problems, answer.error
