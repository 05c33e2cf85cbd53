"""Lock files, and what they and the manifests say about a command together."""

import json
from textwrap import dedent

import pytest

from dockerlint_py.facts import Known
from dockerlint_py.manifests import (
    Dependency,
    Lock,
    LockedPackage,
    group_roots,
    locked_closure,
    read_lock,
    read_manifest,
)
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


MANIFEST = """
[project]
name = "app"
[dependency-groups]
prod = ["gunicorn"]
"""


def test_roots_of_groups_come_from_the_lock_or_the_manifest() -> None:
    lock = read("uv.lock", UV)
    manifest = read_manifest(Source("pyproject.toml", MANIFEST))
    assert manifest is not None
    roots = group_roots(lock, manifest, frozenset({"main", "prod"}))
    assert [item.name for item in roots["main"]] == ["uvicorn", "numpy"]
    assert [item.name for item in roots["prod"]] == ["gunicorn"]


def test_many_packages_are_read_in_linear_time() -> None:
    entries = ",".join(f'"p{number}": {{"version": "==1"}}' for number in range(20_000))
    assert len(read("Pipfile.lock", f'{{"default": {{{entries}}}}}').packages) == 20_000
    same = '[[package]]\nname = "x"\nversion = "1"\n' * 10_000
    assert len(read("poetry.lock", same).packages["x"]) == 10_000
