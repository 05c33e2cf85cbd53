"""Mermaid itself draws the map of a project that means no good, in a headless Chromium (heavy).

Run `python tests/heavy/check_mermaid.py MERMAID_JS`, the `dist/mermaid.min.js` of npm's `mermaid`.
"""

import html
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from dockerlint_py.report import map_mermaid
from dockerlint_py.report.map_model import map_of
from dockerlint_py.testing import project

EVIL = """"]; click n0 href 'javascript:alert(1)' <img src=x onerror=x> `**b**` %%{init: {}}%%"""
FILES = {
    "1. list/Dockerfile": "FROM python:3.13\n",
    "=== end subgraph/Dockerfile": "FROM python:3.13\n",
    "compose.yml": (
        f"services:\n  web:\n    image: a\n    user: {json.dumps(EVIL)}\n"
        f"    entrypoint: [{json.dumps(EVIL)}]\n"
        "    depends_on: [end]\n    volumes: ['data:/__init__']\n    ports: ['80:80']\n"
        "  end: {image: '- list'}\nvolumes: {data: {}}\n"
    ),
}
PAGE = """\
<!doctype html><meta charset="utf-8"><pre class="mermaid">{chart}</pre>
<script src="{script}"></script>
<script>mermaid.initialize({{startOnLoad: true, securityLevel: "loose"}})</script>
"""


def drawn(chart: str, script: Path) -> str:
    """The page after Mermaid has drawn the chart."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        page.write_text(PAGE.format(chart=html.escape(chart), script=script.resolve().as_uri()))
        browser = shutil.which("chromium") or "chromium-browser"
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=10000"]
        command = [browser, *options, f"--user-data-dir={folder}", "--dump-dom", page.as_uri()]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def main(script: str) -> None:
    """Fails when something of the project is more than a word in the picture."""
    chart = map_mermaid.render(map_of(project(FILES).repository()))
    assert "javascript" in chart
    picture = drawn(chart, Path(script)).partition("<script")[0]
    for word in ("<svg", "1. list/Dockerfile", "=== end subgraph", "/__init__", "&lt;img src=x"):
        assert word in picture, f"{word!r} is not drawn"
    for word in ("Syntax error", "Unsupported markdown", "<img", "<a ", "<strong>", "<em>"):
        assert word not in picture, f"{word!r} is drawn"
    print("Mermaid draws the map")


if __name__ == "__main__":
    main(sys.argv[1])
