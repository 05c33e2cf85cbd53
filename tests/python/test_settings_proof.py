"""What the evaluator knows of settings is what Django itself loads under the same environment."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from dockerlint_py.context import Snapshot
from dockerlint_py.facts import Environment, EnvLayer, Fact, Known, Unknown
from dockerlint_py.python.evaluate import Evaluator
from dockerlint_py.python.evaluate.results import RepoPath, to_fact
from dockerlint_py.python.graph import ModuleGraph
from dockerlint_py.python.modules import Modules
from dockerlint_py.text import Source

HERE = Path(__file__).parent
ALLOWED_UNKNOWN = {"settings": 0.10, "dynaconf": 0.25}
"""The share of settings that may be unknown; half of dynaconf's styles are there to be unknown."""
ARGUMENTS = ["server"]


class Case(NamedTuple):
    """Files of a project and its environment; the settings are in the last file named so."""

    name: str
    files: dict[str, str]
    env: dict[str, str]

    @property
    def path(self) -> str:
        """The settings file: `settings` if there is one, else the last file."""
        named = [p for p in self.files if p.endswith(("settings.py", "settings/__init__.py"))]
        last = list(self.files)[-1]
        return (
            last
            if "/settings/" in last and not self.files.get(named[-1], "")
            else (named[-1] if named else last)
        )

    @property
    def module(self) -> str:
        """Its dotted name."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def read_cases() -> Iterator[Case]:
    files = [HERE / f"{name}_cases.txt" for name in ("settings", "styles", "dynaconf")]
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    for block in text.split("=== ")[1:]:
        name, _, rest = block.partition("\n")
        files: dict[str, str] = {}
        env: dict[str, str] = {}
        for part in rest.split("--- ")[1:]:
            path, _, content = part.partition("\n")
            if path == "env":
                env = dict(line.split("=", 1) for line in content.splitlines() if line)
            else:
                files[path] = content
        yield Case(name, files, env)


CASES = list(read_cases())


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """What Django loads for each case: settings by name, or the error."""
    root = tmp_path_factory.mktemp("projects")
    jobs = []
    for number, case in enumerate(CASES):
        folder = root / f"p{number}"
        for path, text in case.files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        jobs.append({"root": str(folder), "module": case.module, "env": case.env})
    done = subprocess.run(
        [sys.executable, str(HERE / "load_settings.py"), *ARGUMENTS],
        input=json.dumps(jobs),
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(zip((case.name for case in CASES), json.loads(done.stdout), strict=True))


class CaseDisk:
    """The files of a case in the folder that it is started in."""

    cwd = Known("/case")

    def __init__(self, files: dict[str, str]) -> None:
        self._sources = {f"/case/{path}": Source(path, text) for path, text in files.items()}

    def file(self, path: str) -> Fact[Source | None]:
        return Known(self._sources.get(path))

    def beside(self, module: str, path: str) -> Fact[str]:
        return Known(f"/case/{path}")


def evaluated(case: Case) -> tuple[Evaluator, dict[str, object]]:
    """What we know of each case: settings by name, as `encode` writes them; None for unknown."""
    environment = Environment(
        (EnvLayer("given", {name: Known(value) for name, value in case.env.items()}),)
    )
    graph = ModuleGraph(Modules(Snapshot.of(case.files)), [""])
    evaluator = Evaluator(
        graph,
        environment,
        ARGUMENTS,
        lambda file: file.name is None or any(p.endswith(file.name) for p in case.files),
        disk=CaseDisk(case.files),
    )
    frame = evaluator.module(case.path)
    facts = {name: to_fact(name, value) for name, value in frame.names.items() if name.isupper()}
    return evaluator, {
        name: None if isinstance(fact, Unknown) else encode(fact.value)
        for name, fact in facts.items()
    }


def encode(value: object) -> object:
    """A value as `load_settings.py` writes it."""
    if isinstance(value, RepoPath):
        return {"path": value.path}
    if isinstance(value, list):
        return [encode(item) for item in value]
    if isinstance(value, tuple):
        return {"tuple": [encode(item) for item in value]}
    if isinstance(value, dict):
        return {"dict": sorted([encode(key), encode(item)] for key, item in value.items())}
    if isinstance(value, bytes):
        return {"bytes": value.decode("latin-1")}
    return value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_known_values_are_right(case: Case, loaded: dict[str, dict[str, object]]) -> None:
    real = loaded[case.name]
    evaluator, ours = evaluated(case)
    if "error" in real:
        assert evaluator.failures
        return
    assert not evaluator.failures
    settings = real["settings"]
    assert isinstance(settings, dict)
    for name, value in ours.items():
        assert name in settings, f"{name} is not a setting"
        if value is not None:
            assert value == settings[name], name


@pytest.mark.parametrize("kind", ALLOWED_UNKNOWN)
def test_little_is_unknown(kind: str, loaded: dict[str, dict[str, object]]) -> None:
    total = unknown = 0
    for case in CASES:
        if case.name.startswith("dynaconf") != (kind == "dynaconf"):
            continue
        settings = loaded[case.name].get("settings")
        if not isinstance(settings, dict):
            continue
        _, ours = evaluated(case)
        total += len(settings)
        unknown += sum(ours.get(name) is None and settings[name] is not None for name in settings)
    assert len(CASES) >= 60
    assert unknown / total <= ALLOWED_UNKNOWN[kind], f"{unknown} of {total}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_unknown_environment_never_gives_another_value(case: Case) -> None:
    """Making the environment unknown only removes knowledge."""
    _, known = evaluated(case)
    blurred = Environment((EnvLayer("given", {}, Unknown("hidden")),))
    graph = ModuleGraph(Modules(Snapshot.of(case.files)), [""])
    frame = Evaluator(graph, blurred, ARGUMENTS, disk=CaseDisk(case.files)).module(case.path)
    for name, value in frame.names.items():
        fact = to_fact(name, value)
        if name.isupper() and isinstance(fact, Known):
            assert encode(fact.value) == known.get(name), name
