"""Pipfile, environment.yml, setup.cfg, setup.py and the files that name a Python."""

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockerlint_py.facts import Known
from dockerlint_py.manifests import (
    Manifest,
    lock_kind,
    manifest_kind,
    minor,
    read_lock,
    read_manifest,
    read_python_version,
)
from dockerlint_py.text import Source


def read(path: str, text: str, files: dict[str, str] | None = None) -> Manifest:
    sources = {name: Source(name, content) for name, content in (files or {}).items()}
    found = read_manifest(Source(path, dedent(text).lstrip("\n")), sources.get)
    assert found is not None
    return found


def listed(manifest: Manifest, group: str = "main") -> list[str]:
    return [f"{item.name}{item.versions.written}" for item in manifest.groups[group]]


def test_pipfile() -> None:
    manifest = read(
        "Pipfile",
        """
        [[source]]
        url = "https://pypi.org/simple"
        [packages]
        flask = "*"
        Django = "==5.2"
        uvicorn = {version = ">=0.30", extras = ["standard"], sys_platform = "!= 'win32'"}
        app = {path = ".", editable = true}
        fork = {git = "https://host/fork.git"}
        [dev-packages]
        pytest = "~=8.0"
        [prod]
        gunicorn = "*"
        [requires]
        python_version = "3.12"
        [scripts]
        web = "gunicorn app"
        """,
    )
    assert listed(manifest) == ["flask*", "django==5.2", "uvicorn>=0.30", "app", "fork"]
    assert listed(manifest, "dev") == ["pytest~=8.0"]
    assert listed(manifest, "prod") == ["gunicorn*"]
    flask, django, uvicorn, app, fork = manifest.main
    assert (flask.fixed, django.fixed, app.fixed, fork.fixed) == (False, True, True, True)
    assert (uvicorn.extras, uvicorn.marker) == (("standard",), "sys_platform != 'win32'")
    assert (app.path, app.editable, fork.url) == (".", True, "https://host/fork.git")
    assert django.place.text == 'Django = "==5.2"'
    assert isinstance(manifest.requires_python, Known)
    assert manifest.requires_python.value.allows_python("3.12") is True
    assert manifest.requires_python.value.allows_python("3.11") is False
    assert manifest.indexes == ("https://pypi.org/simple",)


def test_conda_environment() -> None:
    manifest = read(
        "environment.yml",
        """
        name: app
        channels: [conda-forge]
        dependencies:
          - python=3.11
          - numpy=1.26.4=py311h
          - conda-forge::pandas>=2,<3
          - "scipy==1.11"
          - gdal=3.8
          - r-base >=4|<5
          - pip
          - pip:
              - flask==3.1
              - -e .
              - -r requirements.txt
              - --no-binary=:all:
        """,
        {"requirements.txt": "gunicorn==23.0\n"},
    )
    assert [(item.name, item.pin) for item in manifest.main] == [
        ("numpy", "1.26.4"),
        ("pandas", None),
        ("scipy", "1.11"),
        ("gdal", None),
        ("r-base", None),
        ("pip", None),
        ("flask", "3.1"),
        ("", None),
        ("gunicorn", "23.0"),
    ]
    assert manifest.main[2].place.text == "scipy==1.11"
    assert manifest.main[3].versions.alternatives == ("==3.8.*",)
    assert not manifest.main[4].versions.known
    assert isinstance(manifest.requires_python, Known)
    assert manifest.requires_python.value.alternatives == ("==3.11.*",)
    assert (manifest.name, manifest.problems) == ("app", ())


@pytest.mark.parametrize("text", ["", "a: [", "- x", "dependencies: {a: b}\n", "[" * 5000])
def test_no_environment(text: str) -> None:
    assert read("environment.yml", text).main == ()


def test_setup_cfg() -> None:
    manifest = read(
        "setup.cfg",
        """
        [metadata]
        name = My_App
        long_description = file: README.md, CHANGES.md
        license_files = LICENSE
        [options]
        python_requires = >=3.10
        install_requires =
            flask==3.1
            # comment
            uvicorn[standard]  ; python_version < "3.12"
        [options.extras_require]
        test = pytest; coverage
        """,
    )
    assert listed(manifest) == ["flask==3.1", "uvicorn"]
    assert [item.name for item in manifest.extras["test"]] == ["pytest", "coverage"]
    assert manifest.main[0].place.text == "flask==3.1"
    assert manifest.main[0].place.line == 8
    assert manifest.name == "my-app"
    assert [(one.kind, one.path) for one in manifest.references] == [
        ("readme", "README.md"),
        ("readme", "CHANGES.md"),
        ("license", "LICENSE"),
    ]


def test_setup_py() -> None:
    manifest = read(
        "setup.py",
        '''
        """é"""
        from setuptools import setup
        BASE = ["flask==3.1"]
        changed = ["a"]
        changed.append("b")
        setup(
            name="My_App",
            python_requires=">=3.10",
            install_requires=BASE,
            extras_require={"test": ["pytest"], "x": changed},
            long_description=open("README.md").read(),
        )
        ''',
    )
    assert listed(manifest) == ["flask==3.1"]
    assert manifest.main[0].place.text == '"flask==3.1"'
    assert [item.name for item in manifest.extras["test"]] == ["pytest"]
    assert manifest.extras["x"] == ()
    assert [problem.message for problem in manifest.problems] == ["x is computed"]
    assert [(one.kind, one.path) for one in manifest.references] == [("readme", "README.md")]
    assert isinstance(manifest.requires_python, Known)


def test_a_file_that_setup_py_may_do_without_is_no_readme() -> None:
    lines = (
        "try:\n    text = open('README.md').read()\nexcept OSError:\n    text = ''",
        "text = exists('README.md') and open('README.md').read()",
        "def text():\n    return open('README.md').read()",
        "open('README.md', 'w').write('')",
    )
    for line in lines:
        manifest = read("setup.py", f"from setuptools import setup\n{line}\nsetup(name='a')\n")
        assert "readme" not in [one.kind for one in manifest.references], line


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("setup(", "not Python"),
        ("x = 1", "no call of setup()"),
        ("setup(**options)", "setup(**...) hides arguments"),
        ("setup(install_requires=read('r.txt'))", "install_requires is computed"),
        ("setup(install_requires=['a', b])", "an item of install_requires is computed"),
        ("setup(install_requires=['a b'])", "not a requirement: a b"),
        ("(" * 5000, "not Python"),
    ],
)
def test_what_setup_py_does_not_say(text: str, message: str) -> None:
    assert read("setup.py", text).problems[0].message == message


def test_a_place_in_setup_py_counts_code_points() -> None:
    manifest = read("setup.py", "setup(name='é😀', install_requires=['flask'])")
    assert manifest.main[0].place.text == "'flask'"


@pytest.mark.parametrize(
    ("path", "text", "version"),
    [
        (".python-version", "3.12\n", "3.12"),
        (".python-version", "# pin\n\n 3.12.4 \n3.11\n", "3.12.4"),
        (".python-version", "cpython-3.13.1", "3.13.1"),
        (".python-version", "pypy3.10-7.3.15", None),
        (".python-version", "my-env", None),
        (".python-version", "", None),
        ("runtime.txt", "python-3.11.9", "3.11.9"),
        (".tool-versions", "nodejs 20.1\npython 3.12.1 3.11\n", "3.12.1"),
        (".tool-versions", "nodejs 20.1\n", None),
    ],
)
def test_python_version_files(path: str, text: str, version: str | None) -> None:
    fact = read_python_version(Source(path, text))
    assert (fact.value if isinstance(fact, Known) else None) == version
    if isinstance(fact, Known):
        assert version in fact.places[0].text
        assert minor(fact.value) == ".".join(fact.value.split(".")[:2])


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("pyproject.toml", "pyproject"),
        ("a/Pipfile", "pipfile"),
        ("requirements.txt", "requirements"),
        ("requirements-dev.in", "requirements"),
        ("dev-requirements.txt", "requirements"),
        ("requirements/prod.txt", "requirements"),
        ("constraints.txt", "requirements"),
        ("a/environment.yaml", "conda"),
        ("environment-dev.yml", "conda"),
        ("conda-env.yml", "conda"),
        ("setup.py", "setup.py"),
        ("notes.txt", None),
        ("environment.txt", None),
        ("docs/requirements.md", None),
    ],
)
def test_manifests_by_name(path: str, kind: str | None) -> None:
    assert manifest_kind(path) == kind


def test_locks_by_name() -> None:
    names = [
        "poetry.lock",
        "a/uv.lock",
        "Pipfile.lock",
        "pdm.lock",
        "pylock.toml",
        "pylock.web.toml",
    ]
    assert [lock_kind(name) for name in names] == [
        "poetry", "uv", "pipenv", "pdm", "pylock", "pylock",
    ]  # fmt: skip
    assert lock_kind("yarn.lock") is None


PATHS = st.sampled_from(
    ["pyproject.toml", "Pipfile", "environment.yml", "setup.cfg", "setup.py", "requirements.txt",
     "poetry.lock", "uv.lock", "Pipfile.lock", "pdm.lock", "pylock.toml", ".python-version"]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            ["[project]", "[[package]]", "name = 'x'", "dependencies = ['a', 1]", "version = 1",
             "a:", "- b", "{", "}", '"default": {', '"x": {}', "setup(", ")", "-r r.txt", "-e",
             "\\", "[options]", "install_requires =", "  x ; y", "[metadata]",
             "files = [{file='x.whl'}]"]
        ),
        max_size=8,
    ).map("\n".join),
)  # fmt: skip


@given(PATHS, TEXTS)
def test_no_text_breaks_a_reader(path: str, text: str) -> None:
    source = Source(path, text)
    manifest = read_manifest(source, lambda name: Source(name, text))
    read_lock(source)
    read_python_version(source)
    for item in manifest.main if manifest else ():
        assert 0 <= item.place.span.start <= item.place.span.end <= len(item.place.source.text)
