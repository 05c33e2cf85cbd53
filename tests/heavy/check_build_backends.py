"""Holds the table of build backends against the backends themselves.

Usage: `python tests/heavy/check_build_backends.py`, where hatchling, flit-core, pdm-backend,
poetry-core, setuptools, uv-build and editables are installed. Each builds projects that lack one
file; it has to fail exactly where `dockerlint_py.knowledge.build_backends` says so.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from dockerlint_py.knowledge.build_backends import build_backend

MODULES = (
    "hatchling.build",
    "flit_core.buildapi",
    "pdm.backend",
    "poetry.core.masonry.api",
    "uv_build",
    "setuptools.build_meta",
)
LACKS = {
    "nothing": "",
    "readme": 'readme = "README.md"',
    "license": 'license = {file = "LICENSE"}',
    "module": "",
}
BUILD = "import importlib, sys; importlib.import_module(sys.argv[1]).{}(sys.argv[2])"


def project(folder: Path, module: str, lack: str) -> None:
    """A project that is whole but for one thing."""
    system = f'[build-system]\nrequires = ["uv_build"]\nbuild-backend = "{module}"'
    lines = [system, '[project]\nname = "app"\nversion = "1"\ndescription = "x"', LACKS[lack]]
    (folder / "pyproject.toml").write_text("\n".join(lines) + "\n")
    if lack != "module":
        (folder / "src/app").mkdir(parents=True)
        (folder / "src/app/__init__.py").write_text('"""x"""\n')


def fails(module: str, hook: str, lack: str) -> bool:
    """Whether a backend refuses to build the project."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project(folder, module, lack)
        command = [sys.executable, "-c", BUILD.format(hook), module, name]
        return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode != 0


def told(module: str, lack: str) -> bool:
    """Whether the table says that a backend fails."""
    backend = build_backend(module)
    if backend is None:
        return False
    return bool(backend.modules) if lack == "module" else lack in backend.needs


def differences() -> Iterator[str]:
    """Where a backend does otherwise than the table says."""
    for module in MODULES:
        for lack in LACKS:
            # flit needs the module too; the table leaves it out, as it looks in more places.
            if module.startswith("flit") and lack == "module":
                continue
            for hook in ("build_wheel", "build_editable"):
                if fails(module, hook, lack) != told(module, lack):
                    yield f"{module} {hook} without {lack}"


if __name__ == "__main__":
    sys.exit("\n".join(differences()) or None)
