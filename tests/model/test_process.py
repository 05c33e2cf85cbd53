"""What a container ends up running, and whether `docker stop` reaches it."""

import pytest

from dockerlint_py.facts import Known
from dockerlint_py.model.container import Container
from dockerlint_py.testing import project

SLIM = "FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\n"
ALPINE = SLIM.replace("slim", "alpine")


def container(dockerfile: str, **files: str) -> Container:
    scripts = {f"{name}.sh": text for name, text in files.items()}
    [only] = project({"Dockerfile": dockerfile, **scripts}).repository().containers
    return only


@pytest.mark.parametrize(
    ("dockerfile", "final", "gets_signals"),
    [
        (SLIM + 'CMD ["gunicorn", "app"]', "gunicorn app", True),
        (SLIM + "CMD gunicorn app", "gunicorn app", False),
        (ALPINE + "CMD gunicorn app", "gunicorn app", True),
        (ALPINE + "CMD cd src && gunicorn app", "gunicorn app", True),
        (SLIM + "CMD exec gunicorn app", "gunicorn app", True),
        (SLIM + "CMD cd src && exec gunicorn app", "gunicorn app", True),
        (SLIM + 'SHELL ["/bin/bash", "-c"]\nCMD gunicorn app', "gunicorn app", True),
        (SLIM + 'SHELL ["/bin/bash", "-c"]\nCMD a; b app | tee log', "tee log", False),
        (ALPINE + "CMD gunicorn app; clean up", "gunicorn app", False),
        (ALPINE + "CMD gunicorn --check-config app; clean up", "clean up", True),
        (SLIM + 'CMD ["sh", "-c", "gunicorn app"]', "gunicorn app", False),
        (SLIM + 'CMD ["/bin/bash", "-c", "gunicorn app"]', "gunicorn app", True),
        (SLIM + 'ENTRYPOINT ["tini", "--"]\nCMD ["gunicorn", "app"]', "gunicorn app", True),
        (SLIM + 'ENTRYPOINT ["tini", "--"]\nCMD gunicorn app', "gunicorn app", False),
        (SLIM + 'ENTRYPOINT ["tini", "-g", "--"]\nCMD gunicorn app', "gunicorn app", True),
        (SLIM + 'ENTRYPOINT ["dumb-init"]\nCMD gunicorn app', "gunicorn app", True),
        (SLIM + 'ENTRYPOINT ["dumb-init", "-c"]\nCMD gunicorn app', "gunicorn app", False),
        (SLIM + "CMD trap stop TERM; gunicorn app", "gunicorn app", None),
        (SLIM + 'CMD ["env", "A=1", "uv", "run", "gunicorn", "app"]', "gunicorn app", True),
        ("FROM example.com/base\nCMD gunicorn app", "gunicorn app", None),
    ],
)
def test_signals(dockerfile: str, final: str, gets_signals: bool | None) -> None:
    process = container(dockerfile).process
    if "example.com" in dockerfile:
        assert process.unknown
        return
    assert [(f.invocation.text, f.gets_signals) for f in process.finals] == [(final, gets_signals)]


@pytest.mark.parametrize(
    ("script", "finals"),
    [
        ("#!/bin/sh\nmigrate\ngunicorn app\n", [("gunicorn app", False)]),
        ("#!/bin/bash\nmigrate\nexec gunicorn app\n", [("gunicorn app", True)]),
        ('#!/bin/sh\nexec "$@"\n', [("celery worker", True)]),
        ('#!/bin/sh\nshift\nexec "$@"\n', [("$@", True)]),
        (
            '#!/bin/sh\ncase "$1" in\nweb) exec gunicorn app ;;\n*) exec "$@" ;;\nesac\n',
            [("gunicorn app", True), ("celery worker", True)],
        ),
        ("#!/bin/sh\nexec gosu app sh -c 'exec gunicorn app'\n", [("gunicorn app", True)]),
        ("#!/bin/sh\nexec sh -c 'gunicorn app'\n", [("gunicorn app", False)]),
    ],
)
def test_entry_script(script: str, finals: list[tuple[str, bool]]) -> None:
    dockerfile = SLIM + 'ENTRYPOINT ["/app/start.sh"]\nCMD ["celery", "worker"]'
    process = container(dockerfile, start=script).process
    assert [(f.invocation.text, f.gets_signals) for f in process.finals] == finals


def test_the_keeper_is_the_first_shell_in_the_way() -> None:
    dockerfile = SLIM + "CMD /app/start.sh"
    [final] = container(dockerfile, start="#!/bin/sh\nexec gunicorn app\n").process.finals
    assert final.keeper is not None
    assert (final.keeper.place.path, final.keeper.of_file) == ("Dockerfile", False)
    dockerfile = SLIM + 'CMD ["/app/start.sh"]'
    [final] = container(dockerfile, start="#!/bin/sh\ngunicorn app\n").process.finals
    assert final.keeper is not None
    assert (final.keeper.place.path, final.keeper.of_file) == ("start.sh", True)


def test_a_script_that_is_not_found_makes_the_rest_unknown() -> None:
    process = container("FROM python:3.13-slim\nCMD /run.sh").process
    assert process.unknown == "the script /run.sh is not found in the build context"


def test_scripts_may_call_one_another_without_end() -> None:
    process = container(SLIM + 'CMD ["/app/a.sh"]', a="#!/bin/sh\nexec /app/a.sh\n").process
    assert [f.invocation.name for f in process.finals] == ["a.sh"]


def test_variables_that_a_container_may_be_given_stay_open() -> None:
    dockerfile = SLIM + "ENV HOST=0.0.0.0\nCMD gunicorn -b $HOST:$PORT -w ${N:-2} app"
    [final] = container(dockerfile).process.finals
    assert final.invocation.text == "gunicorn -b $HOST:$PORT -w 2 app"


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("export A=1\nexec app\n", "1"),
        ("A=1\nexec app\n", None),
        ("set -a\nA=1\nset +a\nexec app\n", "1"),
        ("A=1 exec app\n", "1"),
        ("exec env A=1 app\n", "1"),
        ("declare -x A=1\nexec app\n", "1"),
        ("export A=1\nunset A\nexec app\n", None),
        ("export A=1\n. /b.sh\nexec app\n", "?"),
        ("eval $(b)\nexec app\n", "?"),
        ("export $(cat .env)\nexec app\n", "?"),
        ("if b; then export A=1; fi\nexec app\n", "?"),
        ("if b; then export A=1; exec app; fi\n", "1"),
        ("[ -n b ] && export A=1\nexec app\n", "?"),
        ("b || export A=1\nexec app\n", "?"),
        ("{ export A=1; }\nexec app\n", "1"),
        ("exec env -i app\n", "?"),
        ("exec uv run --env-file .env app\n", "?"),
        ("export A=1\nexec su app -c 'exec app'\n", "?"),
        ("export A=1\nexec sh -c 'exec app'\n", "1"),
        ("f() { export A=1; }\nexec app\n", "?"),
    ],
)
def test_environment_of_the_final_program(script: str, expected: str | None) -> None:
    found = container(SLIM + 'CMD ["/app/start.sh"]', start="#!/bin/sh\n" + script)
    fact = found.start_env.get("A")
    assert (fact.value if isinstance(fact, Known) else "?") == expected


def test_user_of_scripts_inside_of_switches() -> None:
    found = container(
        SLIM + 'CMD ["gosu", "app", "/app/start.sh"]', start="#!/bin/sh\nexec gunicorn app\n"
    )
    assert [i.user for i in found.process.invocations] == ["app"]


def test_a_python_script_is_run_as_its_first_line_says() -> None:
    files = {"Dockerfile": SLIM + 'CMD ["./run.py"]', "run.py": "#!/usr/local/bin/python -u\n"}
    [found] = project(files).repository().containers
    [program] = found.process.python
    assert program.program.python_flags == {"u"}
