"""Hostile projects: bounded time and memory, and never an exception."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dockerlint_py.compose import Options
from tests.compose.generated import Project, projects
from tests.compose.projects import file_set, loaded

_QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
_SECONDS = 10.0  # of this process; the point is that it is not minutes

_LAUGHS = "x-0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9]\n" + "".join(
    f"x-{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
_MERGES = "x-0: &m0 {a: 1}\n" + "".join(
    f"x-{n}: &m{n} {{<<: [{', '.join([f'*m{n - 1}'] * 9)}]}}\n" for n in range(1, 12)
)
_CHAIN = (
    "services:\n"
    + "".join(f"  s{n}: {{image: x, extends: s{n + 1}}}\n" for n in range(300))
    + "  s300: {image: x}\n"
)
_WAITING = (
    "services:\n"
    + "".join(f"  s{n}: {{image: x, depends_on: [s{n + 1}]}}\n" for n in range(2000))
    + "  s2000: {image: x}\n"
)
_NESTED = "services: {a: {image: '" + "${A:-" * 3000 + "}" * 3000 + "'}}\n"
_OPEN = "services: {a: {image: '" + "${A:-x " * 20_000 + "'}}\n"
_MANY = "services: {a: {image: '" + "${A:-x}" * 20_000 + "'}}\n"
_RANGES = "services: {a: {image: x, ports: [" + "'1-65535:1-65535', " * 50 + "]}}\n"
_DEEP = "services: {a: {image: x, x-a: " + "[" * 150 + "]" * 150 + "}}\n"
_COMMAND = "services: {a: {image: x, command: '" + 'a "b" ' * 20_000 + "'}}\n"
_DURATION = "services: {a: {image: x, stop_grace_period: '" + "1h" * 50_000 + "'}}\n"
_NUMBER = "services: {a: {image: x, environment: {A: 1" + "0" * 100_000 + "}}}\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=name)
        for name, text in {
            "laughs": _LAUGHS,
            "named laughs": "name: x\n" + _LAUGHS,
            "merges": _MERGES,
            "extends": _CHAIN,
            "waiting": _WAITING,
            "nested": _NESTED,
            "open": _OPEN,
            "many": _MANY,
            "ranges": _RANGES,
            "deep": _DEEP,
            "command": _COMMAND,
            "duration": _DURATION,
            "number": _NUMBER,
        }.items()
    ],
)
def test_growth_is_bounded(text: str) -> None:
    start = time.process_time()
    made = file_set({"compose.yml": text})
    for service in made.services.values():
        assert service.command.argv.places is not None
        assert service.ports is not None
    assert time.process_time() - start < _SECONDS


def test_an_env_file_of_many_variables() -> None:
    lines = "".join(f"A{n}=${{A{n - 1}:-x}}y\n" for n in range(1, 5000))
    start = time.process_time()
    file_set({"compose.yml": "services: {a: {image: x, env_file: a.env}}\n", "a.env": lines})
    assert time.process_time() - start < _SECONDS


def test_a_project_that_includes_itself_under_other_names() -> None:
    files = {f"c{n}.yml": f"include: [c{n + 1}.yml, c{n + 1}.yml]\n" for n in range(40)}
    start = time.process_time()
    loaded(files, "c0.yml")
    assert time.process_time() - start < _SECONDS


@_QUICK
@given(st.text(max_size=80), st.text("AB=: '\"$#\\{}\n-x", max_size=60))
def test_any_text_loads(text: str, env: str) -> None:
    files = {
        "compose.yml": text,
        "other.yml": f"services:\n  a: {{image: x, env_file: a.env}}\n  b: {{{text}}}\n",
        "a.env": env,
        ".env": env,
    }
    file_set(files)
    file_set(files, "other.yml", "compose.yml")


_SCALARS = st.sampled_from(
    ["~", "1", "x", "[]", "{}", "[~]", "{a: ~}", "[{a: b}]", "[[x]]", "'${A}'", "!reset x", "1.5"]
)
_NAMES = st.sampled_from(
    "image build command environment env_file ports volumes depends_on healthcheck deploy"
    " networks secrets configs extends labels logging ulimits develop devices extra_hosts"
    " profiles models gpus links provider tmpfs expose scale blkio_config".split()
)


@_QUICK
@given(st.dictionaries(_NAMES, _SCALARS, max_size=6), st.dictionaries(_NAMES, _SCALARS))
def test_any_type_for_any_key_loads(one: dict[str, str], other: dict[str, str]) -> None:
    def text(keys: dict[str, str]) -> str:
        pairs = ", ".join(f"{name}: {value}" for name, value in keys.items())
        return f"services: {{a: {{{pairs}}}, b: {{extends: a}}, c: {{<<: {{{pairs}}}}}}}\n"

    made = file_set({"a.yml": text(one), "b.yml": text(other)}, "a.yml", "b.yml")
    for service in made.services.values():
        parts = (service.build, service.command, service.ports, service.mounts)
        more = (service.healthcheck, service.dependencies, service.environment, service.replicas)
        assert len(parts + more) == 8


@_QUICK
@given(projects())
def test_doubt_only_removes_problems(project: Project) -> None:
    """Without the strict mode a problem that needs an unset variable is not reported."""
    sure = loaded(project.files, *project.use)
    strict = loaded(project.files, *project.use, options=Options(strict=True))
    known = {(one.code, one.place.path, one.place.span) for one in strict.problems}
    assert {(one.code, one.place.path, one.place.span) for one in sure.problems} <= known


@_QUICK
@given(projects())
def test_places_lie_in_their_files(project: Project) -> None:
    made = file_set(project.files, *project.use)
    for service in made.services.values():
        for port in service.ports:
            for fact in (port.target, port.published, port.host_ip):
                for place in fact.places:
                    assert place.span.end <= len(place.source.text)
        for name, value in service.variables.items():
            if isinstance(value.value, str) and value.doubt is None and "$" not in value.place.text:
                assert value.value in value.place.text or "\\" in value.place.text, name
