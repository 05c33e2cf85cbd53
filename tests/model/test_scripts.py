"""What a RUN runs: folders, variables and environments followed from command to command."""

import pytest

from dockerlint_py.facts import Known
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.testing import project


def invocations(script: str, before: str = "") -> tuple[Invocation, ...]:
    dockerfile = f"FROM python:3.13-slim\nWORKDIR /app\n{before}\nRUN {script}\n"
    [stage] = project({"Dockerfile": dockerfile}).repository().stages
    return stage.runs[-1].invocations


@pytest.mark.parametrize(
    ("script", "folder"),
    [
        ("go", "/app"),
        ("cd src && go", "/app/src"),
        ("cd src && cd .. && go", "/app"),
        ("cd /srv; go", "/srv"),
        ("(cd src && make); go", "/app"),
        ("(cd src && go)", "/app/src"),
        ("{ cd src && make; }; go", "/app/src"),
        ("if make; then cd src; fi; go", None),
        ("if make; then cd src; go; fi", "/app/src"),
        ("[ -d src ] && cd src; go", None),
        ("make || cd src; go", None),
        ("make && cd src && go", "/app/src"),
        ("cd $X && go", None),
        ("cd - && go", None),
        ("sh -c 'cd src'; go", "/app"),
        ("sh -c 'cd src && go'", "/app/src"),
    ],
)
def test_folder(script: str, folder: str | None) -> None:
    [go] = [i for i in invocations(script) if i.name == "go"]
    assert (go.cwd.value if isinstance(go.cwd, Known) else None) == folder


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("A=1; go $A", "go 1"),
        ("A=1 && go ${A}2", "go 12"),
        ("go $BUILD", "go 7"),
        ("go $NOTHING end", "go end"),
        ("go ${NOTHING:-9}", "go 9"),
        ("if make; then A=1; fi; go $A", "go $A"),
        ("A=$(make); go $A", "go $A"),
        ("A=1; A+=2; go $A", "go $A"),
        ("read A; go $A", "go $A"),
        ('A=1; sh -c "go $A"', "go 1"),
        ("for x in a b; do go $x; done", "go $x"),
        ("go $1", "go $1"),
        ("go ~/x $HOME", "go /root/x /root"),
        ("cd src && go $PWD", "go /app/src"),
        ("go $USER", "go $USER"),
    ],
)
def test_variables(script: str, text: str) -> None:
    [go] = [i for i in invocations(script, "ARG BUILD=7") if i.name == "go"]
    assert go.text == text


def test_virtual_environments_are_activated_for_their_own_shell() -> None:
    script = ". .venv/bin/activate && pip install x; sh -c '. /v/bin/activate && pip install y'"
    assert [i.venv for i in invocations(script)] == ["/app/.venv", "/v"]
    unknown = invocations(". $V/bin/activate && pip install x", "ARG V")
    assert [i.venv for i in unknown] == ["$V"]


@pytest.mark.parametrize(
    ("script", "conditional"),
    [
        ("go", False),
        ("make && go", False),
        ("make; (go)", False),
        ("{ go; }", False),
        ("if go; then make; fi", False),
        ("if make; then go; fi", True),
        ("make || go", True),
        ("[ -f x ] && go", True),
        ("test -n $X && make && go", True),
        ("[ -f x ]; go", False),
        ("if make; then X=$(cat f | grep x) && touch $X; fi && go", False),
        ("for x in a; do go; done", True),
        ("f() { go; }; f", True),
    ],
)
def test_what_may_not_run_is_conditional(script: str, conditional: bool) -> None:
    [go] = [i for i in invocations(script) if i.name == "go"]
    assert go.is_conditional == conditional
