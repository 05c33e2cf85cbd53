"""What CRS002 and CRS003 say of django-cors-headers and Django, done by them."""

import json
from pathlib import Path

import pytest

from tests.behaviour.programs import Done, run

SETTINGS = """\
SECRET_KEY = "x"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "urls"
INSTALLED_APPS = ["corsheaders", "django.contrib.staticfiles"]
CORS_ALLOW_ALL_ORIGINS = True
STATIC_URL = "/static/"
STATICFILES_DIRS = ["files"]
WHITENOISE_USE_FINDERS = True
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
"""
URLS = """\
from django.http import HttpResponse
from django.urls import path
urlpatterns = [path("page/", lambda request: HttpResponse())]
"""
ASK = """\
import json, sys
import django
django.setup()
from django.test import Client
answer = Client().get(sys.argv[1], headers={"origin": "https://a.com"})
print(json.dumps([answer.status_code, "access-control-allow-origin" in answer.headers]))
"""
CORS = "corsheaders.middleware.CorsMiddleware"
COMMON = "django.middleware.common.CommonMiddleware"
WHITENOISE = "whitenoise.middleware.WhiteNoiseMiddleware"


def django(folder: Path, settings: str, *argv: str) -> Done:
    (folder / "settings.py").write_text(f"{SETTINGS}{settings}\n")
    (folder / "urls.py").write_text(URLS)
    (folder / "files").mkdir(exist_ok=True)
    (folder / "files/site.css").touch()
    return run(folder, "-W", "ignore", *argv, DJANGO_SETTINGS_MODULE="settings")


OWN_HEADER_OFF = "WHITENOISE_ALLOW_ALL_ORIGINS = False"


@pytest.mark.parametrize(
    ("middleware", "settings", "path", "answer"),
    [
        ([CORS, COMMON], "", "/page", [301, True]),
        ([COMMON, CORS], "", "/page", [301, False]),
        ([COMMON, CORS], "", "/page/", [200, True]),
        ([COMMON, CORS], "APPEND_SLASH = False", "/page", [404, True]),
        ([COMMON], "", "/page/", [200, False]),
        ([CORS, WHITENOISE], OWN_HEADER_OFF, "/static/site.css", [200, True]),
        ([WHITENOISE, CORS], OWN_HEADER_OFF, "/static/site.css", [200, False]),
        ([WHITENOISE, CORS], "", "/static/site.css", [200, True]),
    ],
)
def test_answers_of_earlier_middleware_have_no_headers(
    tmp_path: Path, middleware: list[str], settings: str, path: str, answer: list[object]
) -> None:
    """CRS003."""
    settings = f"MIDDLEWARE = {middleware}\n{settings}"
    assert json.loads(django(tmp_path, settings, "-c", ASK, path).output) == answer


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ("CORS_ALLOWED_ORIGINS = ['*']", "corsheaders.E013"),
        ("CORS_ALLOWED_ORIGINS = ['localhost:3000']", "corsheaders.E013"),
        ("CORS_ALLOWED_ORIGINS = ['https://a.com/']", "corsheaders.E014"),
        ("CORS_ALLOWED_ORIGINS = 'https://a.com'", "corsheaders.E013"),
        ("CSRF_TRUSTED_ORIGINS = ['a.com']", "4_0.E001"),
        ("CORS_ALLOWED_ORIGINS = ['https://a.com', 'null', 'file://']", ""),
    ],
)
def test_migrate_does_not_start_with_a_wrong_origin(
    tmp_path: Path, settings: str, code: str
) -> None:
    """CRS002."""
    done = django(tmp_path, settings, "-m", "django", "migrate")
    assert (done.status != 0) is bool(code)
    assert code in done.output


def test_collectstatic_does(tmp_path: Path) -> None:
    """CRS002."""
    settings = "CORS_ALLOWED_ORIGINS = ['*']\nSTATIC_ROOT = 'out'"
    assert django(tmp_path, settings, "-m", "django", "collectstatic", "--noinput").status == 0
