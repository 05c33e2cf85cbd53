"""What build backends need of the files that a pyproject.toml names."""

from collections.abc import Mapping

from dockerlint_py.record import NamedTuple

SOURCE = (
    "builds of small projects with hatchling 1.27, flit-core 3.12, pdm-backend 2.4, poetry-core"
)
DATE = "2026-11-24"


class BuildBackend(NamedTuple):
    """A backend: the kinds of named files without which it fails, for wheels and editable installs.

    `modules` are the places of the project's own package, one of which must be there; empty when
    the backend builds without it.
    """

    needs: frozenset[str]
    modules: tuple[str, ...] = ()


BACKENDS: Mapping[str, BuildBackend] = {
    "hatchling": BuildBackend(
        frozenset({"readme", "license", "version", "include"}),
        ("{}/__init__.py", "src/{}/__init__.py", "{}.py"),
    ),
    "flit_core": BuildBackend(frozenset({"readme", "license"})),
    "pdm": BuildBackend(frozenset({"readme", "license", "version"})),
    "poetry": BuildBackend(
        frozenset({"readme", "license", "package"}), ("{}", "src/{}", "{}.py", "src/{}.py")
    ),
    "uv_build": BuildBackend(frozenset({"readme", "license"}), ("src/{}/__init__.py",)),
}
"""By the first part of the backend's module; setuptools does without all of them."""

SETUP_SCRIPT = BuildBackend(frozenset({"readme"}))
"""A setup.py, which fails without the files that it opens."""


def build_backend(module: str | None) -> BuildBackend | None:
    """The backend that a pyproject.toml names."""
    return BACKENDS.get((module or "").partition(".")[0])
