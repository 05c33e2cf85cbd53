"""What rules say of Django's static files, held against Django and WhiteNoise themselves."""

import struct
from pathlib import Path

import pytest

from tests.behaviour.programs import run

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
    return run(folder, *command, DJANGO_SETTINGS_MODULE="settings", PATH="")


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


GET = "from django.test import Client\nresponse = Client().get('/static/admin/css/base.css')\n"
WHITENOISE = "MIDDLEWARE = ['whitenoise.middleware.WhiteNoiseMiddleware']\n"


@pytest.mark.parametrize(
    ("settings", "collects", "status"),
    [
        ("", False, 404),
        ("STATIC_ROOT = BASE_DIR / 'out'", False, 404),
        ("STATIC_ROOT = BASE_DIR / 'out'", True, 200),
        ("WHITENOISE_USE_FINDERS = True", False, 200),
        ("DEBUG = True", False, 200),
    ],
)
def test_whitenoise_serves_what_was_collected(
    tmp_path: Path, settings: str, collects: bool, status: int
) -> None:
    settings = f"{WHITENOISE}{settings}\n"
    if collects:
        django(tmp_path, settings, "collectstatic", "--noinput")
    _, output = django(tmp_path, settings, code=f"{GET}print(response.status_code)")
    assert output.split()[0] == str(status)


@pytest.mark.parametrize("first", [True, False])
def test_sessions_before_whitenoise_set_cookies_on_static_files(
    tmp_path: Path, first: bool
) -> None:
    sessions = "'django.contrib.sessions.middleware.SessionMiddleware'"
    settings = f"""{WHITENOISE}
WHITENOISE_USE_FINDERS = True
SESSION_SAVE_EVERY_REQUEST = True
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
MIDDLEWARE.insert({0 if first else 1}, {sessions})
"""
    code = (
        "from django.test import Client\nclient = Client()\nsession = client.session\n"
        "session['a'] = 1\nsession.save()\n"
        "client.cookies['sessionid'] = session.session_key\n"
        "response = client.get('/static/admin/css/base.css')\nprint(bool(response.cookies))"
    )
    _, output = django(tmp_path, settings, code=code)
    assert output.split()[0] == str(first)


def test_compilemessages_needs_gettext(tmp_path: Path) -> None:
    (tmp_path / "locale").mkdir()
    status, output = django(tmp_path, "", "compilemessages")
    assert status != 0
    assert "Can't find msgfmt" in output


def test_middleware_that_is_not_installed_ends_the_start(tmp_path: Path) -> None:
    settings = "MIDDLEWARE = ['white_noise_of_nobody.middleware.WhiteNoiseMiddleware']\n"
    code = "from django.core.wsgi import get_wsgi_application\nget_wsgi_application()"
    status, output = django(tmp_path, settings, code=code)
    assert status != 0
    assert "ModuleNotFoundError" in output


MANIFEST = """
STATIC_ROOT = BASE_DIR / "out"
STORAGES = {"staticfiles": {
    "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
}}
"""
URL_OF_FILE = "from django.templatetags.static import static\nprint(static('admin/css/base.css'))"


@pytest.mark.parametrize("collects", [False, True])
def test_a_manifest_has_to_be_collected(tmp_path: Path, collects: bool) -> None:
    """STC002."""
    if collects:
        assert django(tmp_path, MANIFEST, "collectstatic", "--noinput")[0] == 0
    status, output = django(tmp_path, MANIFEST, code=URL_OF_FILE)
    assert (status == 0) is collects
    assert ("Missing staticfiles manifest entry" in output) is not collects


@pytest.mark.parametrize("debug", [False, True])
def test_django_serves_files_under_debug_only(tmp_path: Path, debug: bool) -> None:
    """STC003: the helper for URLs gives none otherwise."""
    code = "from django.conf.urls.static import static\nprint(len(static('/static/')))"
    assert django(tmp_path, f"DEBUG = {debug}", code=code) == (0, f"{int(debug)}\n")


def compiled(text: str, translation: str) -> bytes:
    """A catalogue as msgfmt writes it, with a header and one text."""
    pairs = [(b"", b"Content-Type: text/plain; charset=UTF-8\n")]
    pairs.append((text.encode(), translation.encode()))
    tables, strings = b"", b""
    start = 28 + 16 * len(pairs)
    for column in (0, 1):
        for pair in pairs:
            tables += struct.pack("<II", len(pair[column]), start + len(strings))
            strings += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return head + tables + strings


@pytest.mark.parametrize(("is_compiled", "says"), [(False, "Book\n"), (True, "Buch\n")])
def test_django_reads_compiled_translations_alone(
    tmp_path: Path, is_compiled: bool, says: str
) -> None:
    """STC008."""
    folder = tmp_path / "locale/de/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid "Book"\nmsgstr "Buch"\n')
    if is_compiled:
        (folder / "django.mo").write_bytes(compiled("Book", "Buch"))
    code = "from django.utils.translation import gettext, override\n"
    code += "with override('de'):\n    print(gettext('Book'))"
    settings = "LOCALE_PATHS = [BASE_DIR / 'locale']\nINSTALLED_APPS = []\n"
    assert django(tmp_path, settings, code=code) == (0, says)


def test_uploads_go_to_the_media_folder(tmp_path: Path) -> None:
    """STC011."""
    code = "from django.core.files.base import ContentFile\n"
    code += "from django.core.files.storage import default_storage\n"
    code += "default_storage.save('cat.png', ContentFile(b'x'))"
    assert django(tmp_path, "MEDIA_ROOT = BASE_DIR / 'media'", code=code)[0] == 0
    assert (tmp_path / "media/cat.png").exists()
