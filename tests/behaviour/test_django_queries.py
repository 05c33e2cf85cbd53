"""Which queries of Django's ORM fail in an asynchronous view: Django itself next to ASY001."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dockerlint_py.knowledge import blocking
from dockerlint_py.testing import project

SETTINGS = """\
SECRET_KEY = "x"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "urls"
INSTALLED_APPS = ["shop"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
"""
MODELS = """\
from django.db import models

class Book(models.Model):
    title = models.CharField(max_length=9)

    def publish(self):
        self.save()
"""
VIEWS = """\
from asgiref.sync import sync_to_async
from django.core.exceptions import SynchronousOnlyOperation
from django.db import models
from django.http import HttpResponse
from django.shortcuts import aget_object_or_404, get_list_or_404, get_object_or_404
from shop.models import Book

def load():
    return Book.objects.get(pk=1)
"""
VIEW = """\
async def view{number}(request):
    try:
        {code}
    except SynchronousOnlyOperation:
        return HttpResponse("refused")
    return HttpResponse("taken")
"""
REFUSED = (
    *("Book.objects.get(pk=1)", "Book.objects.first()", "Book.objects.last()"),
    *("Book.objects.count()", "Book.objects.exists()", "Book.objects.create(title='b')"),
    *("Book.objects.bulk_create([Book(title='c')])", "Book.objects.earliest('pk')"),
    *("Book.objects.bulk_update([Book(pk=1, title='d')], ['title'])", "Book.objects.latest('pk')"),
    *("Book.objects.get_or_create(title='e')", "Book.objects.update_or_create(title='f')"),
    *("Book.objects.aggregate(n=models.Count('pk'))", "Book.objects.in_bulk([1])"),
    *("Book.objects.update(title='g')", "Book.objects.filter(title='z').delete()"),
    *("Book.objects.filter(pk=1).contains(Book(pk=1))", "Book.objects.filter(pk=1).explain()"),
    *("Book.objects.filter(pk=1).order_by('pk').first()", "Book(title='h').save()"),
    *("(await Book.objects.aget(pk=1)).refresh_from_db()", "Book(pk=99).delete()"),
    *("get_object_or_404(Book, pk=1)", "get_list_or_404(Book)", "list(Book.objects.all())"),
    *("len(Book.objects.filter(pk=1))", "bool(Book.objects.exclude(pk=1))"),
    *("set(Book.objects.all())", "tuple(Book.objects.values('pk'))"),
    *("sorted(Book.objects.values_list('pk'))", "dict(Book.objects.values_list('pk', 'title'))"),
    *("load()", "Book(title='i').publish()"),
)
TAKEN = (
    *("await Book.objects.aget(pk=1)", "await Book.objects.acount()", "Book.objects.all()"),
    *("Book.objects.filter(pk=1).order_by('pk')", "Book.objects.none().count()"),
    *("list(Book.objects.none())", "await Book(title='j').asave()", "Book.objects.iterator()"),
    *("await sync_to_async(load)()", "await sync_to_async(Book.objects.get)(pk=1)"),
    *("await sync_to_async(lambda: Book.objects.get(pk=1))()",),
    *("[book async for book in Book.objects.all()]", "await aget_object_or_404(Book, pk=1)"),
)
CASES = (*REFUSED, *TAKEN)
PROGRAM = """\
import asyncio, json
import django
django.setup()
from django.core.asgi import get_asgi_application
from django.core.management import call_command
from shop.models import Book
call_command("migrate", run_syncdb=True, verbosity=0)
Book(pk=1, title="a").save()
from tests.behaviour.asgi import request
import logging
logging.disable()
application = get_asgi_application()
async def ask():
    return [(await request(application, f"/{number}")).text for number in range(%d)]
print(json.dumps(asyncio.run(ask())))
"""


def files() -> dict[str, str]:
    """A project with a view for each case."""
    views = [VIEWS]
    routes = ["import views\nfrom django.urls import path\nurlpatterns = [\n"]
    for number, code in enumerate(CASES):
        views.append(VIEW.format(number=number, code=code))
        routes.append(f"    path('{number}', views.view{number}),\n")
    entry = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\n"
    entry += "from django.core.asgi import get_asgi_application\n"
    return {
        "settings.py": SETTINGS,
        "shop/__init__.py": "",
        "shop/models.py": MODELS,
        "views.py": "\n".join(views),
        "urls.py": "".join([*routes, "]\n"]),
        "asgi.py": f"{entry}application = get_asgi_application()\n",
    }


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("project")
    for name, text in files().items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM % len(CASES)],
        cwd=folder,
        env={
            "DJANGO_SETTINGS_MODULE": "settings",
            "PYTHONPATH": f"{folder}:{Path(__file__).parents[2]}",
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found: list[str] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def found() -> set[str]:
    """The views in which the rule finds a query."""
    dockerfile = "FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD uvicorn asgi:application\n"
    [application] = project({"Dockerfile": dockerfile, **files()}).repository().applications
    calls = application.async_code.blocking_calls
    assert all(call.kind == "refused query" and call.answers for call in calls)
    return {call.function for call in calls}


@pytest.mark.parametrize("code", CASES)
def test_a_query_is_found_where_django_refuses_it(
    code: str, answers: list[str], found: set[str]
) -> None:
    number = CASES.index(code)
    assert answers[number] == ("refused" if code in REFUSED else "taken")
    assert (f"view{number}" in found) is (code in REFUSED)


def test_all_names_of_the_table_are_tried() -> None:
    names = blocking.DJANGO_QUERYSET_TERMINALS | blocking.DJANGO_INSTANCE_METHODS
    names |= blocking.DJANGO_CONSUMERS
    names |= {name.rpartition(".")[2] for name in blocking.DJANGO_SHORTCUTS}
    assert [name for name in names if not any(f"{name}(" in code for code in REFUSED)] == []
