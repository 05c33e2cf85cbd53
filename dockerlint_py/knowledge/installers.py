"""Tools that install Python packages: their distributions, files and version variables."""

from dockerlint_py.record import NamedTuple

SOURCE = "the tools' documentation"
DATE = "2026-11-24"


class Installer(NamedTuple):
    """An installer: its distribution, its lock file, and the address of its install script.

    `version_variable` chooses the version that the script installs.
    """

    dist: str
    lock_file: str | None = None
    script_host: str | None = None
    version_variable: str | None = None


INSTALLERS: dict[str, Installer] = {
    installer.dist: installer
    for installer in (
        Installer("pip", "pylock.toml", "bootstrap.pypa.io"),
        Installer("poetry", "poetry.lock", "install.python-poetry.org", "POETRY_VERSION"),
        Installer("pipenv", "Pipfile.lock"),
        Installer("uv", "uv.lock", "astral.sh", "UV_VERSION"),
        Installer("pdm", "pdm.lock", "pdm-project.org", "PDM_VERSION"),
        Installer("pip-tools"),
        Installer("hatch"),
        Installer("pipx"),
        Installer("virtualenv"),
    )
}
"""By distribution."""
