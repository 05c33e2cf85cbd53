"""Install scripts that are downloaded and run."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockerlint_py.manifests.installers import (
    Arg,
    Command,
    IndexUrl,
    InstallerScript,
    installer,
    installer_script,
    read_fetched,
)

PIPES = [
    ("curl -sSL https://install.python-poetry.org", "python3 -", "poetry"),
    ("curl -sSL https://install.python-poetry.org", "python3 - --version 1.8.3",
     "poetry1.8.3(=1.8.3)"),
    ("curl -sSL https://install.python-poetry.org", "python3 - --version $V", "poetry$V(=?)"),
    ("curl -LsSf https://astral.sh/uv/install.sh", "sh", "uv"),
    ("curl -LsSf https://astral.sh/uv/0.5.9/install.sh", "sh", "uv(=0.5.9)"),
    ("wget -qO- https://github.com/astral-sh/uv/releases/download/0.5.9/uv-installer.sh",
     "sh -s -- --quiet", "uv(=0.5.9) unknown:--quiet"),
    ("curl https://bootstrap.pypa.io/get-pip.py", "python3.12 - 'pip==24.0' setuptools",
     "pip==24.0(=24.0) setuptools"),
    ("curl https://bootstrap.pypa.io/pip/3.7/get-pip.py", "python", "pip"),
    ("curl -sSL https://pdm-project.org/install-pdm.py", "python3 -", "pdm"),
    ("curl https://raw.githubusercontent.com/pypa/pipenv/master/get-pipenv.py", "python",
     "pipenv"),
]  # fmt: skip


@pytest.mark.parametrize(("fetch", "run", "expected"), PIPES)
def test_pipes(
    argv: Callable[[str], list[Arg]],
    says: Callable[[Command | None], str],
    fetch: str,
    run: str,
    expected: str,
) -> None:
    assert says(read_fetched(argv(fetch), argv(run))) == f"installer script install {expected}"


@pytest.mark.parametrize(
    ("fetch", "run"),
    [
        ("curl https://example.com/install.sh", "sh"),
        ("curl https://install.python-poetry.org", "tee poetry.py"),
        ("curl https://install.python-poetry.org.example.com", "python3 -"),
        ("curl", "sh"),
    ],
)
def test_other_pipes(argv: Callable[[str], list[Arg]], fetch: str, run: str) -> None:
    assert read_fetched(argv(fetch), argv(run)) is None


def test_urls() -> None:
    url = "https://repo.anaconda.com/miniconda/Miniconda3-latest-Linux-x86_64.sh"
    assert installer_script(url) == InstallerScript("conda")
    assert installer_script("https://astral.sh/ruff/install.sh") is None


@pytest.mark.parametrize(
    ("url", "credentials"),
    [
        ("https://user:pw@pypi.example.com/simple", "user:pw"),
        ("https://token@pypi.example.com/", "token"),
        ("https://pypi.org/simple/@scope", None),
        ("/wheels", None),
    ],
)
def test_credentials_of_an_index(url: str, credentials: str | None) -> None:
    assert IndexUrl(url, 0).credentials == credentials


class _Word:
    def __init__(self, value: str, dynamic: bool) -> None:
        self.value = value
        self.dynamic = dynamic


PROGRAMS = ["pip", "python3", "uv", "poetry", "pipenv", "pdm", "pipx", "conda", "apt-get", "apk",
            "dnf", "rm", "virtualenv", "pip-sync", "hatch", "flit", "sh"]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["install", "pip", "sync", "tool", "cache", "-m", "-", "--", "-r", "--with=a", "-x=$Y",
         "env", "create", "config", "a==$V", "x@", "[", "file:", "git+", "a[b", "self", "$X", "del"]
    ),
)  # fmt: skip


@given(
    st.sampled_from(PROGRAMS),
    st.lists(st.builds(_Word, TEXTS, st.booleans()), max_size=8),
)
def test_no_words_break_the_readers(program: str, words: list[_Word]) -> None:
    line = [_Word(program, dynamic=False), *words]
    command = installer(line)
    if command is not None:
        assert all(-1 <= package.at < len(line) for package in command.packages)
    read_fetched(line, line)
