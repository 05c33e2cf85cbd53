"""`dockerlint-py checklist` from the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dockerlint_py.cli.commands import main


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def show(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["checklist", *arguments])


def test_every_format(folder: Path) -> None:
    (folder / "Dockerfile").write_text("FROM python:3.13-slim\nCMD python tool.py\n")
    assert show().stdout.startswith("[-] Dockerfile: ")
    assert show("--format", "markdown").stdout.startswith("## <code>Dockerfile</code>\n")
    (only,) = json.loads(show("--format", "json").stdout)["containers"]
    assert (only["id"], only["state"]) == ("Dockerfile", "not applicable")


def test_nothing_to_show(folder: Path) -> None:
    result = show()
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nothing to audit" in result.stderr


def test_a_step_is_judged_by_findings_in_files_that_were_not_asked_for(folder: Path) -> None:
    (folder / "Dockerfile").write_text(
        'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["gunicorn", "shop.wsgi"]\n'
    )
    (folder / "shop").mkdir()
    name = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n'
    call = (
        "from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n"
    )
    (folder / "shop" / "wsgi.py").write_text(name + call)
    (folder / "shop" / "settings.py").write_text("DEBUG = True\n")
    whole = CliRunner().invoke(main, ["check", "--format", "html"]).stdout
    part = CliRunner().invoke(main, ["check", "--format", "html", "Dockerfile"]).stdout
    lists = [page.partition("<h2>Checklist</h2>")[2] for page in (whole, part)]
    steps, of_part = (each.partition("<h2>Findings by container</h2>")[0] for each in lists)
    assert "CFG001" in steps
    assert ">missing</span> <strong>Debugging switched off<" in steps
    assert of_part == steps
    assert "DEBUG is on" not in lists[1].partition("<h2>Findings by container</h2>")[2]
