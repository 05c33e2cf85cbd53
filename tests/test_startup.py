"""What a run may import: start-up time is a feature."""

import subprocess
import sys
from pathlib import Path

HEAVY = ("yaml", "libcst", "ruamel", "dockerfile_parse", "packaging", "pathspec", "dataclasses")

SCRIPT = """
import sys
from dockerlint_py.cli import main
try:
    main(["check", "--isolated", sys.argv[1]])
except SystemExit as end:
    assert end.code in (0, 1), end.code
print([name for name in sys.argv[2:] if name in sys.modules], file=sys.stderr)
"""


def test_a_run_on_a_dockerfile_imports_no_other_parser(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text('FROM python:3.13-slim\nCMD ["python", "app.py"]\n')
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path), *HEAVY],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "container-runs-as-root" in done.stdout
    assert done.stderr.strip() == "[]"
