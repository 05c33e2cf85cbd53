"""What is read of the routes of Django projects, held against Django's own resolver."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from dockerlint_py.knowledge.route_neutral import DJANGO_MIDDLEWARE
from dockerlint_py.python.routing.django import DjangoRoutes
from dockerlint_py.python.routing.patterns import ANY, SOME, answers
from dockerlint_py.python.routing.reading import Reader, Unreadable
from tests.python.evaluators import evaluator

SETTINGS = {"DEBUG": False, "MEDIA_URL": "/media/", "STATIC_URL": "static/"}
VIEWS = (
    "from django.http import HttpResponse\nfrom django.views import View\n"
    "def answer(request, **kwargs): return HttpResponse('x')\n"
    "class Answer(View):\n    def get(self, request, **kwargs): return HttpResponse('x')\n"
)
HEAD = "from django.urls import include, path, re_path\nimport views\n"
RESOLVER = """
import json, sys
from django.conf import settings
settings.configure(ROOT_URLCONF="urls", ALLOWED_HOSTS=["*"], **json.loads(sys.argv[1]))
import django
django.setup()
from django.urls import Resolver404, get_resolver
def found(path):
    try:
        return bool(get_resolver().resolve(path))
    except Resolver404:
        return False
print(json.dumps([found(path) for path in json.loads(sys.argv[2])]))
"""
CASES = {
    "paths": HEAD + "urlpatterns = [path('', views.answer), path('health/', views.answer),\n"
    "    path('x/<int:a>/<slug:b>/', views.Answer.as_view()), path('f/<path:p>', views.answer)]\n",
    "included": HEAD
    + "api = 'api/'\nurlpatterns = [path(api, include('shop.urls')), path('p/', include((\n"
    "    [path('y', views.answer)], 'name')))]\n"
    "urlpatterns += [path('t/', include(('shop.more', 'more'), namespace='t'))]\n"
    "urlpatterns.append(path('late/', views.answer))\n",
    "regular expressions": HEAD
    + "urlpatterns = [re_path(r'^health/?$', views.answer), re_path(r'^open', views.answer),\n"
    "    re_path(r'^y/(?P<a>[0-9]+)/$', views.answer),\n"
    "    re_path(r'^api/v1/', include('shop.urls'))]\n",
    "static files": HEAD
    + "from django.conf import settings\nfrom django.conf.urls.static import static\n"
    "urlpatterns = [path('a', views.answer)] + static(settings.MEDIA_URL, document_root='/x')\n",
}  # fmt: skip
OTHERS = {
    "views.py": VIEWS,
    "shop/__init__.py": "",
    "shop/urls.py": "from django.urls import path\nfrom views import answer\n"
    "urlpatterns = [path('health', answer), path('<str:a>/b', answer)]\n",
    "shop/more.py": "from django.urls import path\nfrom views import answer\n"
    "urlpatterns = [path('one', answer)]\n",
}


def routes_of(root: str, settings: Mapping[str, object] = SETTINGS) -> tuple[str, ...] | None:
    """The patterns of a root module; None when they cannot be told."""
    found = evaluator({"urls.py": root, **OTHERS})
    try:
        return DjangoRoutes(Reader(found), settings.get).of("urls.py")
    except Unreadable:
        return None


MIDDLEWARE = [
    *(
        "django.middleware.security.SecurityMiddleware",
        "whitenoise.middleware.WhiteNoiseMiddleware",
    ),
    *("corsheaders.middleware.CorsMiddleware", "django.middleware.common.CommonMiddleware"),
    *(
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.gzip.GZipMiddleware",
    ),
    *(
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.http.ConditionalGetMiddleware",
    ),
    *("django.middleware.csrf.CsrfViewMiddleware",),
    *("django.contrib.auth.middleware.AuthenticationMiddleware",),
    *("django.contrib.auth.middleware.LoginRequiredMiddleware",),
    *("django.contrib.messages.middleware.MessageMiddleware",),
    *("django.middleware.clickjacking.XFrameOptionsMiddleware",),
]
ASKED = """
import json, sys
from django.conf import settings
settings.configure(
    ROOT_URLCONF="urls", ALLOWED_HOSTS=["*"], SECRET_KEY="x", MIDDLEWARE=json.loads(sys.argv[1]),
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    MESSAGE_STORAGE="django.contrib.messages.storage.cookie.CookieStorage",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"],
    STATIC_URL="static/", LOGIN_URL="/login", TEMPLATES=[{"BACKEND":
    "django.template.backends.django.DjangoTemplates"}],
)
import django
django.setup()
from django.test import Client
print(Client().get("/none").status_code)
"""


def test_middleware_that_answers_for_no_path_of_its_own(tmp_path: Path) -> None:
    assert all(name.startswith(DJANGO_MIDDLEWARE) for name in MIDDLEWARE)
    used = {row for row in DJANGO_MIDDLEWARE for name in MIDDLEWARE if name.startswith(row)}
    assert used == set(DJANGO_MIDDLEWARE)
    (tmp_path / "urls.py").write_text("urlpatterns = []\n", encoding="utf-8")
    command = [sys.executable, "-c", ASKED, json.dumps(MIDDLEWARE)]
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, env=env, capture_output=True, check=True, timeout=60)
    assert done.stdout.strip() == b"404"


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("name", CASES)
def test_the_paths_of_django(name: str, debug: bool, tmp_path: Path) -> None:
    for path, text in {"urls.py": CASES[name], **OTHERS}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    settings = {**SETTINGS, "DEBUG": debug}
    ours = routes_of(CASES[name], settings)
    assert ours is not None
    asked = [path.replace(SOME, "1").replace(ANY, "") for path in ours]
    asked += [path.rstrip("/") + "z" for path in asked]
    asked += ["/none", "/api/none", "/media/x", "/openz", "/y/1/", "/f/a/b", "/api/v1/c/b", "/t"]
    both = [bare + end for bare in (path.rstrip("/") for path in asked) for end in ("", "/")]
    command = [sys.executable, "-c", RESOLVER, json.dumps(settings), json.dumps(both)]
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, env=env, capture_output=True, check=True, timeout=60)
    real = json.loads(done.stdout)
    for number, path in enumerate(asked):
        there = any(real[2 * number : 2 * number + 2])
        is_open = any(ANY in each for each in ours)
        assert answers(ours, path) == there or (answers(ours, path) and is_open), path


@pytest.mark.parametrize(
    "root",
    [
        HEAD + "urlpatterns = [*others, path('a', views.answer)]\n",
        HEAD + "urlpatterns = make()\n",
        HEAD + "urlpatterns = [path('', include('somewhere.else'))]\n",
        HEAD + "urlpatterns = [path(NAME, views.answer)]\n",
        HEAD + "urlpatterns = [path('', login_required(views.answer))]\n",
        HEAD + "urlpatterns = [re_path(r'health', views.answer)]\n",
        HEAD + "urlpatterns = [re_path(r'^a|b$', views.answer)]\n",
        HEAD + "urlpatterns = [path('a', views.answer)]\nhandler404 = 'views.answer'\n",
        HEAD + "urlpatterns = [path('a', views.answer)]\nadd(urlpatterns)\n",
        HEAD + "urlpatterns = i18n_patterns(path('a', views.answer))\n",
        HEAD + "urlpatterns = [path('a', views.answer)]\nother = urlpatterns\n",
        "from shop.urls import urlpatterns\n",
        HEAD + "for p in 'ab':\n    urlpatterns = [path(p, views.answer)]\n",
    ],
)
def test_what_is_not_read(root: str) -> None:
    found = routes_of(root)
    assert found is None or answers(found, "/none")


def test_what_is_not_ours_is_open_below_its_prefix() -> None:
    text = "from django.contrib import admin\nurlpatterns = [path('admin/', admin.site.urls)]\n"
    found = routes_of(HEAD + text)
    assert found is not None
    assert answers(found, "/admin/login/")
    assert answers(found, "/admin")
    assert not answers(found, "/health")


def test_files_are_served_while_debugging_only() -> None:
    for debug, expected in ((False, False), (True, True)):
        found = routes_of(CASES["static files"], {**SETTINGS, "DEBUG": debug})
        assert found is not None
        assert answers(found, "/media/x") is expected
