"""Files against the schemas that `check-jsonschema` ships: nothing is downloaded."""

import subprocess
import sys
from pathlib import Path


def complaints(schema: str, path: Path, *options: str) -> str:
    """What the schema (`github-actions`, `github-workflows`, `gitlab-ci`) has against a file."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    done = subprocess.run(
        [*command, *options, str(path)], capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr
