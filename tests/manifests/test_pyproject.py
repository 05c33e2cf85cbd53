"""pyproject.toml of PEP 621, dependency groups, Poetry, uv and pdm."""

from textwrap import dedent

import pytest

from dockerlint_py.facts import Known
from dockerlint_py.manifests import Manifest, read_manifest
from dockerlint_py.text import Source


def read(text: str, files: dict[str, str] | None = None) -> Manifest:
    sources = {path: Source(path, content) for path, content in (files or {}).items()}
    found = read_manifest(Source("app/pyproject.toml", dedent(text)), sources.get)
    assert found is not None
    return found


def groups(manifest: Manifest) -> dict[str, list[str]]:
    return {
        name: [f"{item.name}{item.versions.written}" for item in items]
        for name, items in manifest.groups.items()
    }


PEP_621 = """
    [build-system]
    requires = ["hatchling>=1.26"]
    build-backend = "hatchling.build"
    [project]
    name = "My_App"
    requires-python = ">=3.12,<4"
    readme = "README.md"
    license-files = ["LICEN[CS]E*"]
    dependencies = [
        "Flask==3.1",
        "uvicorn[standard]>=0.30 ; sys_platform != 'win32'",
    ]
    [project.optional-dependencies]
    Web_Server = ["gunicorn"]
    [dependency-groups]
    test = ["pytest"]
    Dev_Tools = [{ include-group = "test" }, "ruff==0.14"]
    dev = ["ipython", { include-group = "dev-tools" }]
    [tool.uv.sources]
    flask = { path = "libs/flask", editable = true }
    [tool.hatch.version]
    path = "src/app/__init__.py"
"""


def test_pep_621() -> None:
    manifest = read(PEP_621)
    assert groups(manifest) == {
        "main": ["flask==3.1", "uvicorn>=0.30"],
        "test": ["pytest"],
        "Dev_Tools": ["ruff==0.14", "pytest"],
        "dev": ["ipython", "ruff==0.14", "pytest"],
    }
    assert list(manifest.extras) == ["web-server"]
    assert manifest.main[1].extras == ("standard",)
    assert manifest.main[1].marker == 'sys_platform != "win32"'
    assert (manifest.main[0].path, manifest.main[0].editable) == ("libs/flask", True)
    assert manifest.main[0].place.text == "Flask==3.1"
    assert (manifest.name, manifest.build_backend) == ("my-app", "hatchling.build")
    assert (manifest.default_groups, manifest.build_system) == (("dev",), True)
    assert isinstance(manifest.requires_python, Known)
    assert manifest.requires_python.places[0].text == ">=3.12,<4"
    assert [(one.kind, one.path, one.pattern) for one in manifest.references] == [
        ("readme", "README.md", False),
        ("version", "src/app/__init__.py", False),
        ("license", "LICEN[CS]E*", True),
        ("path", "libs/flask", False),
    ]
    assert manifest.problems == ()


POETRY = """
    [tool.poetry]
    name = "app"
    readme = ["README.md", "CHANGES.md"]
    packages = [{ include = "app", from = "src" }]
    package-mode = false
    [tool.poetry.dependencies]
    python = "^3.10"
    django = "^4.2"
    redis = { version = "5.0", extras = ["hiredis"], python = ">=3.11", markers = "os_name == 'x'" }
    lib = { path = "../lib", develop = true }
    fork = { git = "https://host/fork.git", rev = "a" }
    psycopg = { version = "*", optional = true }
    numpy = [
        { version = "1.26", python = "<3.12" },
        { version = "^2", python = ">=3.12" },
    ]
    [tool.poetry.extras]
    pg = ["psycopg"]
    [tool.poetry.group.test.dependencies]
    pytest = "*"
    [tool.poetry.group.docs]
    optional = true
    [tool.poetry.group.docs.dependencies]
    sphinx = ">=7"
    [tool.poetry.dev-dependencies]
    black = "24.1.0"
"""


def test_poetry() -> None:
    manifest = read(POETRY)
    assert groups(manifest) == {
        "main": ["django^4.2", "redis5.0", "lib", "fork", "numpy1.26", "numpy^2"],
        "test": ["pytest*"],
        "docs": ["sphinx>=7"],
        "dev": ["black24.1.0"],
    }
    by_name = {item.name: item for item in manifest.main}
    assert by_name["django"].versions.alternatives == (">=4.2,<5.0",)
    assert by_name["django"].place.text == 'django = "^4.2"'
    assert (by_name["redis"].pin, by_name["redis"].extras) == ("5.0", ("hiredis",))
    assert by_name["redis"].marker == "os_name == 'x' and python_version >= \"3.11\""
    assert (by_name["lib"].path, by_name["lib"].editable) == ("../lib", True)
    assert by_name["fork"].url == "https://host/fork.git"
    assert by_name["numpy"].place.text == '{ version = "^2", python = ">=3.12" }'
    assert [item.name for item in manifest.extras["pg"]] == ["psycopg"]
    assert manifest.default_groups == ("test", "dev")
    assert manifest.packaged == {"poetry": False}
    assert isinstance(manifest.requires_python, Known)
    assert manifest.requires_python.value.allows_python("3.13")
    assert [(one.kind, one.path) for one in manifest.references] == [
        ("readme", "README.md"),
        ("readme", "CHANGES.md"),
        ("package", "src/app"),
        ("path", "../lib"),
    ]


def test_poetry_2_adds_sources_to_the_dependencies_of_the_project() -> None:
    manifest = read("""
        [project]
        name = "app"
        dependencies = ["lib (>=1)", "flask (>=3,<4)"]
        [tool.poetry.dependencies]
        lib = { path = "../lib" }
        """)
    assert [(item.name, item.path) for item in manifest.main] == [
        ("lib", "../lib"),
        ("flask", None),
    ]


def test_poetry_dynamic_dependencies() -> None:
    manifest = read("""
        [project]
        name = "app"
        dynamic = ["dependencies"]
        [tool.poetry.dependencies]
        flask = "3.1.0"
        """)
    assert groups(manifest) == {"main": ["flask3.1.0"]}


def test_uv_and_pdm_development_dependencies() -> None:
    uv = read(
        '[tool.uv]\ndev-dependencies = ["pytest"]\ndefault-groups = ["dev", "x"]\npackage=true'
    )
    assert groups(uv) == {"main": [], "dev": ["pytest"]}
    assert (uv.default_groups, uv.packaged) == (("dev", "x"), {"uv": True})
    pdm = read('[tool.pdm.dev-dependencies]\ntest = ["pytest"]\nlint = ["ruff"]')
    assert pdm.default_groups == ("test", "lint")


def test_all_groups_by_default() -> None:
    text = '[dependency-groups]\na = []\nb = []\n[tool.uv]\ndefault-groups = "all"\n'
    assert read(text).default_groups == ("a", "b")


def test_workspaces_constraints_and_indexes() -> None:
    manifest = read("""
        [project]
        name = "app"
        dependencies = ["core"]
        [tool.uv]
        constraint-dependencies = ["numpy<2"]
        [tool.uv.sources]
        core = { workspace = true }
        [tool.uv.workspace]
        members = ["packages/*"]
        [[tool.uv.index]]
        name = "internal"
        url = "https://host/simple"
        """)
    assert manifest.workspace_members == ("packages/*",)
    assert [item.name for item in manifest.constraints] == ["numpy"]
    assert manifest.indexes == ("https://host/simple",)
    assert (manifest.main[0].path, manifest.main[0].editable) == ("", True)


def test_setuptools_takes_dependencies_from_files() -> None:
    text = """
        [project]
        name = "app"
        dynamic = ["dependencies", "version"]
        [tool.setuptools.dynamic]
        dependencies = { file = ["requirements.txt"] }
        version = { file = "VERSION" }
        """
    manifest = read(text, {"app/requirements.txt": "flask==3.1\n"})
    assert [(item.name, item.place.path) for item in manifest.main] == [
        ("flask", "app/requirements.txt")
    ]
    assert [(one.kind, one.path) for one in manifest.references] == [
        ("version", "VERSION"),
        ("requirements", "requirements.txt"),
    ]
    assert [problem.message for problem in read(text).problems] == ["not read: requirements.txt"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[project", "not TOML"),
        ('[project]\ndependencies = ["flask=>1"]', "not a requirement"),
        ('[tool.poetry.dependencies]\nx = "one"', "not a version constraint"),
        ("[tool.poetry.dependencies]\nx = 1", "not a dependency"),
        ('[dependency-groups]\na = [{include-group = "b"}]', "no dependency group b"),
        ('[dependency-groups]\na = [{include-group = "A"}]', "include one another"),
        (
            '[dependency-groups]\na = [{include-group = "b"}]\nb = [{include-group = "a"}]',
            "include one another",
        ),
    ],
)
def test_problems(text: str, message: str) -> None:
    assert message in read(text).problems[0].message


@pytest.mark.parametrize(
    "text",
    [
        "project = 1",
        "[project]\ndependencies = 1\noptional-dependencies = []\nrequires-python = 3",
        "[dependency-groups]\na = 1\n[tool]\nuv = 1",
        "[tool.poetry]\ndependencies = []\ngroup = 1\nextras = 1\npackages = 1",
        "[tool.uv]\nsources = []\nindex = {}\nworkspace = 1\n[tool.pdm]\ndev-dependencies=1",
        "[tool.hatch]\nversion=1\nbuild = []",
    ],
)
def test_wrong_types_are_no_error(text: str) -> None:
    assert read(text).main == ()
