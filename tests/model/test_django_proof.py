"""What rules say of Django's static files, held against Django and WhiteNoise themselves."""

import subprocess
import sys
from pathlib import Path

import pytest

BASE = """\
from pathlib import Path
BASE_DIR = Path(__file__).resolve().parent
SECRET_KEY = "x"
INSTALLED_APPS = [
    f"django.contrib.{name}" for name in ("staticfiles", "admin", "auth", "contenttypes")
]
STATIC_URL = "/static/"
ROOT_URLCONF = "settings"
urlpatterns = []
"""


def django(folder: Path, settings: str, *arguments: str, code: str = "") -> tuple[int, str]:
    """Runs a management command, or code after `django.setup()`, under settings."""
    (folder / "settings.py").write_text(BASE + settings)
    command = ["-m", "django", *arguments]
    if code:
        command = ["-c", f"import django\ndjango.setup()\n{code}"]
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={"DJANGO_SETTINGS_MODULE": "settings", "PYTHONPATH": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("root", ["", "STATIC_ROOT = None", "STATIC_ROOT = ''"])
def test_collectstatic_needs_a_root(tmp_path: Path, root: str) -> None:
    status, output = django(tmp_path, root, "collectstatic", "--noinput")
    assert status != 0
    assert "ImproperlyConfigured" in output
    assert "without having set the STATIC_ROOT setting" in output


def test_collectstatic_writes_to_the_root(tmp_path: Path) -> None:
    settings = "STATIC_ROOT = BASE_DIR / 'out'\n"
    assert django(tmp_path, settings, "collectstatic", "--noinput")[0] == 0
    assert (tmp_path / "out/admin/css/base.css").exists()


def test_collectstatic_without_files_does_not_mind(tmp_path: Path) -> None:
    settings = "INSTALLED_APPS = ['django.contrib.staticfiles']\n"
    assert django(tmp_path, settings, "collectstatic", "--noinput")[0] == 0
