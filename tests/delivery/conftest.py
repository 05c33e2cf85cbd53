"""An environment in which dockerlint-py is installed, for what runs it with `python -I`."""

import site
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that holds this checkout and what it needs."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    paths = [str(ROOT), str(ROOT / "rules"), *site.getsitepackages()]
    (packages / "checkout.pth").write_text("".join(f"{path}\n" for path in paths))
    return folder / "bin" / Path(sys.executable).name
