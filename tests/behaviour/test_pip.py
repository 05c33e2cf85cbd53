"""What the rules about caches claim of pip, done by pip."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pip")


def cache_dir(folder: Path, **variables: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "pip", "cache", "dir"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": "/home/nobody", **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return (done.stdout + done.stderr).strip()


def test_the_cache_is_in_the_home_folder_unless_a_variable_says_otherwise(tmp_path: Path) -> None:
    assert cache_dir(tmp_path) == "/home/nobody/.cache/pip"
    assert cache_dir(tmp_path, PIP_CACHE_DIR="kept") == str(tmp_path / "kept")


@pytest.mark.parametrize("value", ["1", "0", "false"])
def test_no_cache_dir_turns_it_off_whatever_it_says(tmp_path: Path, value: str) -> None:
    assert "cache is disabled" in cache_dir(tmp_path, PIP_NO_CACHE_DIR=value)
