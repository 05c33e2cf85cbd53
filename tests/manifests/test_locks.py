"""Lock files, and what they and the manifests say about a command together."""

import json
from collections.abc import Callable
from textwrap import dedent

import pytest

from dockerlint_py.facts import Known
from dockerlint_py.manifests import (
    Dependency,
    Lock,
    LockedPackage,
    Manifest,
    builds_project,
    group_roots,
    has_wheel,
    locked_closure,
    read_lock,
    read_manifest,
    selected_groups,
)
from dockerlint_py.manifests.installers import Arg, InstallCommand, installer
from dockerlint_py.text import Source


def read(path: str, text: str) -> Lock:
    found = read_lock(Source(path, dedent(text).lstrip("\n")))
    assert found is not None
    return found


def only(lock: Lock, name: str) -> LockedPackage:
    (package,) = lock.packages[name]
    return package


POETRY_2 = """
    [[package]]
    name = "Django"
    version = "5.2"
    optional = false
    python-versions = ">=3.10"
    groups = ["main", "dev"]
    markers = {main = "os_name == 'x'", dev = "os_name == 'x'"}
    files = [
        {file = "django-5.2-py3-none-any.whl", hash = "sha256:aa"},
        {file = "django-5.2.tar.gz", hash = "sha256:bb"},
    ]
    [package.dependencies]
    sqlparse = ">=0.3"
    psycopg = {version = "3", extras = ["c"], optional = true, markers = "extra == \\"pg\\""}
    [[package]]
    name = "sqlparse"
    version = "0.5"
    files = []
    [package.source]
    type = "git"
    [metadata]
    lock-version = "2.1"
    python-versions = "^3.10"
    content-hash = "abc"
"""


def test_poetry() -> None:
    lock = read("poetry.lock", POETRY_2)
    django = only(lock, "django")
    assert (django.wheels, django.sdist) == (("django-5.2-py3-none-any.whl",), "django-5.2.tar.gz")
    assert (django.groups, django.marker) == (frozenset({"main", "dev"}), "os_name == 'x'")
    assert django.dependencies == (
        Dependency("sqlparse"),
        Dependency("psycopg", ("c",), 'extra == "pg"'),
    )
    assert django.place.text == 'name = "Django"'
    assert (only(lock, "sqlparse").origin, lock.content_hash) == ("git", "abc")
    assert isinstance(lock.requires_python, Known)
    assert lock.requires_python.value.alternatives == (">=3.10,<4.0",)
    assert lock.versions("django") == ("5.2",)


def test_poetry_before_format_2() -> None:
    lock = read(
        "poetry.lock",
        """
        [[package]]
        name = "flask"
        version = "2.0"
        category = "dev"
        [metadata.files]
        flask = [{file = "Flask-2.0-py3-none-any.whl", hash = "x"}]
        """,
    )
    assert only(lock, "flask").wheels == ("Flask-2.0-py3-none-any.whl",)
    assert only(lock, "flask").groups == {"dev"}


UV = """
    version = 1
    requires-python = ">=3.12"
    [[package]]
    name = "app"
    version = "0.1"
    source = { editable = "." }
    dependencies = [{ name = "uvicorn", extra = ["standard"] }, { name = "numpy" }]
    [package.dev-dependencies]
    dev = [{ name = "pytest" }]
    [[package]]
    name = "uvicorn"
    version = "0.30"
    source = { registry = "https://pypi.org/simple" }
    wheels = [{ url = "https://host/uvicorn-0.30-py3-none-any.whl" }]
    sdist = { url = "https://host/uvicorn-0.30.tar.gz" }
    dependencies = [{ name = "click", marker = "os_name == 'x'" }]
    [package.optional-dependencies]
    standard = [{ name = "uvloop" }]
    other = [{ name = "unused" }]
    [[package]]
    name = "numpy"
    version = "1.26"
    resolution-markers = ["python_full_version < '3.13'"]
    source = { registry = "https://pypi.org/simple" }
    [[package]]
    name = "numpy"
    version = "2.0"
    source = { registry = "https://pypi.org/simple" }
    [[package]]
    name = "click"
    version = "8"
    [[package]]
    name = "uvloop"
    version = "0.20"
    [[package]]
    name = "unused"
    version = "1"
    [[package]]
    name = "pytest"
    version = "8"
    dependencies = [{ name = "pytest" }]
"""


def test_uv() -> None:
    lock = read("uv.lock", UV)
    assert lock.versions("numpy") == ("1.26", "2.0")
    assert lock.packages["numpy"][0].marker == "python_full_version < '3.13'"
    assert only(lock, "uvicorn").wheels == ("uvicorn-0.30-py3-none-any.whl",)
    assert only(lock, "app").origin == "editable"
    assert set(lock.roots) == {"main", "dev"}
    assert [package.place.line for package in lock.packages["numpy"]] == [21, 26]


def test_closures_follow_extras() -> None:
    lock = read("uv.lock", UV)
    main = locked_closure(lock, lock.roots["main"])
    assert main == {"uvicorn", "click", "uvloop", "numpy"}
    assert locked_closure(lock, lock.roots["dev"]) == {"pytest"}
    assert locked_closure(lock, [Dependency("nothing")]) == frozenset()


def test_uv_workspace_without_a_project_at_its_root() -> None:
    lock = read(
        "uv.lock",
        """
        [manifest]
        members = ["api"]
        [manifest.dependency-groups]
        dev = [{ name = "ruff", specifier = ">=1" }]
        [[package]]
        name = "api"
        source = { editable = "api" }
        dependencies = [{ name = "httpx" }]
        [package.dev-dependencies]
        test = [{ name = "pytest" }]
        """,
    )
    assert lock.roots == {
        "dev": (Dependency("ruff"),),
        "test": (Dependency("pytest"),),
        "main": (Dependency("httpx"),),
    }
    assert only(lock, "api").group_dependencies == {"test": (Dependency("pytest"),)}


def test_pipenv() -> None:
    data = {
        "_meta": {"hash": {"sha256": "abc"}, "requires": {"python_version": "3.12"}},
        "default": {"Flask": {"version": "==3.1", "markers": "os_name == 'x'"}},
        "develop": {"flask": {"version": "==3.1"}, "fork": {"git": "https://host/fork"}},
        "docs": {"sphinx": {"version": "==7"}},
    }
    lock = read("Pipfile.lock", json.dumps(data, indent=4))
    assert (only(lock, "flask").groups, only(lock, "flask").version) == ({"main", "dev"}, "3.1")
    assert only(lock, "flask").place.text == '"Flask"'
    assert (only(lock, "fork").origin, only(lock, "sphinx").groups) == ("git", {"docs"})
    assert lock.content_hash == "abc"
    assert isinstance(lock.requires_python, Known)


def test_pdm() -> None:
    lock = read(
        "pdm.lock",
        """
        [metadata]
        groups = ["default", "test"]
        content_hash = "sha256:abc"
        [[metadata.targets]]
        requires_python = "==3.12.*"
        [[package]]
        name = "httpx"
        version = "0.27"
        requires_python = ">=3.8"
        groups = ["default", "test"]
        dependencies = ["anyio", "idna[x]; python_version < '3.9'"]
        files = [{file = "httpx-0.27-py3-none-any.whl", hash = "x"}]
        """,
    )
    httpx = only(lock, "httpx")
    assert (httpx.groups, httpx.requires_python) == ({"main", "test"}, ">=3.8")
    assert httpx.dependencies[1] == Dependency("idna", ("x",), 'python_version < "3.9"')
    assert isinstance(lock.requires_python, Known)


def test_pylock() -> None:
    lock = read(
        "pylock.toml",
        """
        lock-version = "1.0"
        requires-python = ">=3.12"
        [[packages]]
        name = "attrs"
        version = "25.1"
        marker = "'dev' in dependency_groups"
        wheels = [{ name = "attrs-25.1-py3-none-any.whl" }]
        sdist = { url = "https://host/attrs-25.1.tar.gz" }
        [[packages]]
        name = "app"
        directory = { path = "." }
        """,
    )
    attrs = only(lock, "attrs")
    assert (attrs.wheels, attrs.sdist) == (("attrs-25.1-py3-none-any.whl",), "attrs-25.1.tar.gz")
    assert (attrs.marker, only(lock, "app").origin) == ("'dev' in dependency_groups", "path")


@pytest.mark.parametrize("path", ["poetry.lock", "Pipfile.lock", "uv.lock"])
def test_a_broken_lock_is_a_problem(path: str) -> None:
    lock = read(path, "<<<<<<< HEAD")
    assert lock.packages == {}
    assert lock.problems


def package(*wheels: str, known: bool = True, origin: str = "registry") -> LockedPackage:
    place = Source("uv.lock", "").place(0, 0)
    return LockedPackage("x", "1", place, wheels, "x-1.tar.gz", files_known=known, origin=origin)


WHEELS = [
    ("x-1-py3-none-any.whl", "3.12", "musl", "arm64", True),
    ("x-1-py2-none-any.whl", "3.12", "glibc", "amd64", False),
    ("x-1-cp312-cp312-manylinux2014_x86_64.whl", "3.12", "glibc", "amd64", True),
    ("x-1-cp312-cp312-manylinux2014_x86_64.whl", "3.13", "glibc", "amd64", False),
    ("x-1-cp312-cp312-manylinux2014_x86_64.whl", "3.12", "musl", "amd64", False),
    ("x-1-cp312-cp312-manylinux2014_x86_64.whl", "3.12", "glibc", "arm64", False),
    ("x-1-cp312-cp312-musllinux_1_2_aarch64.whl", "3.12", "musl", "arm64", True),
    ("x-1-cp312-cp312-musllinux_1_2_aarch64.whl", "3.12", "glibc", "arm64", False),
    ("x-1-cp38-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", "3.14", "glibc", "amd64",
     True),
    ("x-1-py3-none-manylinux1_x86_64.whl", "3.12", "glibc", "x86_64", True),
    ("x-1-cp312-cp312-manylinux_2_39_x86_64.whl", "3.12", "glibc", "amd64", None),
    ("x-1-cp312-cp312-win_amd64.whl", "3.12", "glibc", "amd64", False),
    ("x-1-cp312-cp312-macosx_11_0_arm64.whl", "3.12", "glibc", "arm64", False),
    ("no wheel name.whl", "3.12", "glibc", "amd64", False),
    ("x-1-py3-none-any.whl", "3", "glibc", "amd64", None),
]  # fmt: skip


@pytest.mark.parametrize(("wheel", "python", "libc", "arch", "expected"), WHEELS)
def test_wheels(wheel: str, python: str, libc: str, arch: str, expected: bool | None) -> None:
    kind = "musl" if libc == "musl" else "glibc"
    assert has_wheel(package(wheel), python, kind, arch) is expected


def test_wheels_and_the_glibc_of_the_image() -> None:
    new = package("x-1-cp312-cp312-manylinux_2_36_x86_64.whl")
    assert has_wheel(new, "3.12", "glibc", "amd64", glibc=36) is True
    assert has_wheel(new, "3.12", "glibc", "amd64", glibc=31) is False


def test_wheels_that_cannot_be_known() -> None:
    assert has_wheel(package(known=False), "3.12", "glibc", "amd64") is None
    assert has_wheel(package(origin="git"), "3.12", "glibc", "amd64") is None
    assert has_wheel(package(), "3.12", "glibc", "amd64") is False


GROUPS = """
    [project]
    name = "app"
    [build-system]
    requires = []
    [dependency-groups]
    dev = ["pytest"]
    prod = ["gunicorn"]
    docs = ["sphinx"]
    [tool.uv]
    default-groups = ["dev", "docs"]
"""
POETRY_GROUPS = """
    [tool.poetry.dependencies]
    [tool.poetry.group.test.dependencies]
    pytest = "*"
    [tool.poetry.group.docs]
    optional = true
    [tool.poetry.group.docs.dependencies]
    sphinx = "*"
"""
CALLED_MAIN = """
    [project]
    name = "shop"
    dependencies = ["click"]
    [dependency-groups]
    main = ["itsdangerous"]
    dev = ["iniconfig", {include-group = "main"}]
    Test_Tools = ["pluggy"]
"""
INSTALLED = [
    ("uv sync", "click iniconfig itsdangerous"),
    ("uv sync --group main", "click iniconfig itsdangerous"),
    ("uv sync --only-group main", "itsdangerous"),
    ("uv sync --no-dev", "click"),
    ("uv sync --no-dev --group dev", "click"),
    ("uv sync --group dev --no-group main", "click iniconfig itsdangerous"),
    ("uv sync --only-dev", "iniconfig itsdangerous"),
    ("uv sync --no-default-groups", "click"),
    ("uv sync --group test-tools --no-dev", "click pluggy"),
    ("uv sync --all-groups --no-group main", "click iniconfig itsdangerous pluggy"),
    ("uv sync --only-group dev", "iniconfig itsdangerous"),
]
"""What uv 0.13 installs of that project, told by `uv export` with the same options."""
SELECTIONS = [
    (GROUPS, "uv sync", "dev docs main"),
    (GROUPS, "uv sync --no-dev", "docs main"),
    (GROUPS, "uv sync --no-default-groups --group prod", "main prod"),
    (GROUPS, "uv sync --no-group docs", "dev main"),
    (GROUPS, "uv sync --all-groups --no-dev", "docs main prod"),
    (GROUPS, "uv sync --only-group prod", "prod"),
    (GROUPS, "uv sync --only-dev", "dev"),
    (GROUPS, "uv export --no-dev --no-group docs", "main"),
    (GROUPS, "uv sync $ARGS", None),
    (GROUPS, "pip install .", None),
    (POETRY_GROUPS, "poetry install", "main test"),
    (POETRY_GROUPS, "poetry install --only main", "main"),
    (POETRY_GROUPS, "poetry install --without test", "main"),
    (POETRY_GROUPS, "poetry install --with docs", "docs main test"),
    (POETRY_GROUPS, "poetry install --no-dev", "main"),
    (POETRY_GROUPS, "poetry install --all-groups", "docs main test"),
    (POETRY_GROUPS, "poetry export", "main"),
    (POETRY_GROUPS, "poetry export --with test", "main test"),
    ("", "pipenv install --system", "main"),
    ("", "pipenv sync --dev", "dev main"),
    ("", "pipenv install --categories 'packages prod'", "main prod"),
    ('[tool.pdm.dev-dependencies]\ntest = ["x"]', "pdm install", "main test"),
    ('[tool.pdm.dev-dependencies]\ntest = ["x"]', "pdm install --prod", "main"),
    ('[tool.pdm.dev-dependencies]\ntest = ["x"]', "pdm install --no-default -G test", "test"),
]


def manifest_of(text: str) -> Manifest:
    found = read_manifest(Source("pyproject.toml", dedent(text)))
    assert found is not None
    return found


def command_of(argv: Callable[[str], list[Arg]], line: str) -> InstallCommand:
    found = installer(argv(line))
    assert isinstance(found, InstallCommand)
    return found


@pytest.mark.parametrize(("text", "line", "expected"), SELECTIONS)
def test_selected_groups(
    argv: Callable[[str], list[Arg]], text: str, line: str, expected: str | None
) -> None:
    found = selected_groups(command_of(argv, line), manifest_of(text))
    assert (None if found is None else " ".join(sorted(found))) == expected


@pytest.mark.parametrize(("line", "expected"), INSTALLED)
def test_a_group_called_main_is_another_than_what_the_project_needs(
    argv: Callable[[str], list[Arg]], line: str, expected: str
) -> None:
    manifest = manifest_of(CALLED_MAIN)
    found = selected_groups(command_of(argv, line), manifest)
    assert found is not None
    items = {item.name for group in found for item in manifest.groups[group]}
    assert " ".join(sorted(items)) == expected


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ('[project]\nname = "app"', "uv sync", False),
        ('[project]\nname = "app"\n[build-system]\nrequires = []', "uv sync", True),
        ("[tool.uv]\npackage = false\n[build-system]\nrequires = []", "uv sync", False),
        ("[build-system]\nrequires = []", "uv sync --no-install-project", False),
        ('[tool.poetry]\nname = "app"', "poetry install", True),
        ("[tool.poetry]\npackage-mode = false", "poetry install", False),
        ('[tool.poetry]\nname = "app"', "poetry install --no-root", False),
        ('[project]\nname = "app"', "pdm install", True),
        ('[project]\nname = "app"', "pip install .", True),
        ('[project]\nname = "app"', "pip install $X", None),
    ],
)
def test_what_builds_the_project(
    argv: Callable[[str], list[Arg]], text: str, line: str, expected: bool | None
) -> None:
    assert builds_project(command_of(argv, line), manifest_of(text)) is expected


def test_roots_of_groups_come_from_the_lock_or_the_manifest() -> None:
    lock = read("uv.lock", UV)
    roots = group_roots(lock, manifest_of(GROUPS), frozenset({"main", "prod"}))
    assert [item.name for item in roots["main"]] == ["uvicorn", "numpy"]
    assert [item.name for item in roots["prod"]] == ["gunicorn"]


def test_many_packages_are_read_in_linear_time() -> None:
    entries = ",".join(f'"p{number}": {{"version": "==1"}}' for number in range(20_000))
    assert len(read("Pipfile.lock", f'{{"default": {{{entries}}}}}').packages) == 20_000
    same = '[[package]]\nname = "x"\nversion = "1"\n' * 10_000
    assert len(read("poetry.lock", same).packages["x"]) == 10_000
