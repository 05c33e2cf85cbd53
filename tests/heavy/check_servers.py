"""Compares the tables about servers with the newest released servers (a heavy check).

Run `PYTHONPATH=. python tests/heavy/check_servers.py`: it makes an environment of its own, installs
the servers from PyPI, asks them for their options and defaults, and lists what differs. Options
that the table has and a release has no more are fine: older releases have them.
"""

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

from dockerlint_py.knowledge.server_options import OPTIONS
from dockerlint_py.knowledge.servers import SERVERS

HERE = Path(__file__).parent
INSTALL = (
    *("gunicorn", "uvicorn", "hypercorn", "daphne", "granian", "waitress", "fastapi[standard]"),
    *("flask", "django", "celery", "flower", "rq"),
)


def released() -> dict[str, Any]:
    """What the newest released servers say of themselves."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder, "bin", "python"))
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *INSTALL],
            check=True,
        )
        dump = subprocess.run(
            [python, str(HERE / "server_options_dump.py")],
            check=True,
            capture_output=True,
            text=True,
        )
    report: dict[str, Any] = json.loads(dump.stdout)
    return report


def differences(report: dict[str, Any]) -> list[str]:
    """Each option that the tables lack or class otherwise, and each default that differs."""
    found = []
    for program, groups in report["options"].items():
        table = OPTIONS[program]
        for kind, names in groups.items():
            missing = sorted(set(names) - getattr(table, kind))
            found.extend(f"{program}: {name} is one of `{kind}`" for name in missing)
    for program, (host, port) in report["listens"].items():
        if (SERVERS[program].host, SERVERS[program].port) != (host, port):
            found.append(f"{program}: listens on {host}:{port}")
    return found


def main() -> int:
    """Writes the differences; the exit code is 1 when there are any."""
    report = released()
    found = differences(report)
    lines = [f"{dist} {version}" for dist, version in report["versions"].items()]
    sys.stdout.write("\n".join([*lines, *(found or ["no differences"])]) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
