"""Alembic's histories as text, and Django's models."""

import pytest

from dockerlint_py.model.schema.django_histories import migrations_in
from dockerlint_py.model.schema.revisions import revisions_in
from dockerlint_py.testing import project
from dockerlint_py.text import Source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('revision = "b"\ndown_revision = "a"\n', ("b", ("a",), False)),
        ("revision: str = 'b'\ndown_revision: Union[str, None] = None\n", ("b", (), False)),
        ('revision = "b"\ndown_revision = (\n    "a",\n    "c",\n)\n', ("b", ("a", "c"), False)),
        ('revision = "b"\ndown_revision = None\nbranch_labels = ("x",)\n', ("b", (), True)),
        ('revision = "b"  # mine\ndown_revision = "a"  # theirs\n', ("b", ("a",), False)),
        ('revision = "b"\ndown_revision = PARENT\n', None),
        ('revision = "b" + "c"\ndown_revision = None\n', None),
        ('revision = "b"\n', None),
        ('revision = "b"\nrevision = "c"\ndown_revision = None\n', None),
    ],
)
def test_what_a_revision_says(text: str, expected: tuple[object, ...] | None) -> None:
    found = revisions_in(iter([Source("a.py", text)]))
    assert (found and (*found[0][:2], found[0].is_labelled)) == expected


@pytest.mark.parametrize(
    ("models", "has_table"),
    [
        ("from django.db import models\nclass A(models.Model): ...\n", True),
        ("from django.db.models import Model as M\nclass A(M): ...\n", True),
        ("import django.db.models\nclass A(django.db.models.Model): ...\n", True),
        ("from .base import Base\nclass A(Base): ...\n", True),
        ("from shop.base import Lent\nclass A(Lent): ...\n", False),
        ("from elsewhere import Base\nclass A(Base): ...\n", False),
        ("from django.db import models\nif X:\n    class A(models.Model): ...\n", False),
        ("from django.db import models\nclass A(models.Model):\n  class Meta(B): ...\n", False),
        ("class A(B): ...\nclass B(A): ...\n", False),
        ("class A(", False),
    ],
)
def test_which_apps_have_a_table(models: str, *, has_table: bool) -> None:
    base = "from django.db import models\nclass Base(models.Model):\n    class Meta:\n"
    files = {
        "manage.py": 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")\n',
        "settings.py": 'INSTALLED_APPS = ["shop"]\n',
        "shop/__init__.py": "",
        "shop/models.py": models,
        "shop/base.py": f"{base}        abstract = True\nclass Lent(Base):\n"
        "    class Meta:\n        abstract = True\n        app_label = 'x'\n",
    }
    (application,) = project(files).repository().applications
    assert [app.label for app in application.django_apps] == (["shop"] if has_table else [])


BODY = "class Migration(migrations.Migration):\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('    dependencies = [("shop", "0001_a"), ("auth", "0001_b")]\n', (["0001_a"], [])),
        ("    dependencies = [\n (\n 'shop',\n '0001_a',\n ),\n]\n", (["0001_a"], [])),
        ('    replaces = [("shop", "0001_a")]\n    dependencies = []\n', ([], ["0001_a"])),
        ('    dependencies = [("shop", "__first__"), swappable(X)]\n', ([], [])),
        ("    dependencies: ClassVar[list[tuple[str, str]]] = [('shop', 'a')]\n", (["a"], [])),
        ("    initial = True\n", ([], [])),
        ("    dependencies = BEFORE\n", None),
        ("    run_before = [('shop', '0009_a')]\n", None),
    ],
)  # fmt: skip
def test_what_a_migration_of_django_follows(
    body: str, expected: tuple[list[str], list[str]] | None
) -> None:
    found = migrations_in("shop", [Source("shop/migrations/0002_b.py", BODY + body)])
    parents = found and ([each.name for each in found[0].parents], list(found[0].replaces))
    assert parents == expected
