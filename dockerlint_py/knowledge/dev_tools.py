"""Distributions that test, check or debug code, and have no work in production."""

from dockerlint_py.knowledge.dists import normalise
from dockerlint_py.knowledge.words import words

SOURCE = "the projects' own descriptions on PyPI"
DATE = "2026-11-24"

TEST_TOOLS = words(
    """
    coverage factory-boy faker fakeredis freezegun hypothesis locust model-bakery mutmut nose nose2
    nox pyfakefs pytest respx testcontainers tox vcrpy
    """
)
"""Distributions for tests; every `pytest-*` is one too."""

LINT_TOOLS = words(
    """
    autoflake autopep8 bandit basedpyright black codespell curlylint deptry django-stubs
    django-upgrade djangorestframework-stubs djhtml djlint docformatter flake8 import-linter
    interrogate isort mypy pip-audit pre-commit pycodestyle pydocstyle pyflakes pylint pyre-check
    pyright pyupgrade radon ruff safety vulture xenon yapf
    """
)
"""Linters, formatters and type checkers; every `flake8-*` and `types-*` is one too."""

DEBUG_TOOLS = words(
    """
    bpython debugpy django-debug-toolbar flask-debugtoolbar ipdb ipython pdbpp ptpython pudb
    pydevd-pycharm
    """
)
"""Debuggers and consoles."""

_PREFIXES = ("pytest-", "flake8-", "types-", "pylint-", "hypothesis-")


def is_dev_tool(dist: str) -> bool:
    """Whether a distribution is for tests, checks or debugging alone."""
    name = normalise(dist)
    return name in TEST_TOOLS | LINT_TOOLS | DEBUG_TOOLS or name.startswith(_PREFIXES)
