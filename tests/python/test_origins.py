# ruff: noqa: E501 (one line a case)
"""Paths followed through the files of a repository."""

import pytest

from dockerlint_py.context import Snapshot
from dockerlint_py.python import Modules
from dockerlint_py.python.graph import ModuleGraph
from dockerlint_py.python.origins import Origin, Origins

FILES = {
    "app/__init__.py": "",
    "app/db.py": "import redis\nclient = redis.Redis()\ndef get():\n    return client\n",
    "app/api/__init__.py": "from ..db import client as again\nfrom .mail import *\n",
    "app/api/mail.py": "class Mail:\n    def send(self):\n        self.copy()\n    def copy(self): pass\n",
    "app/broken.py": "def :\n",
}


def origins(text: str) -> Origins:
    graph = ModuleGraph(Modules(Snapshot.of({**FILES, "app/main.py": text})), [""])
    return Origins(graph, [*FILES, "app/main.py"])


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("from app.db import client\nclient.get()", Origin("redis.Redis().get")),
        ("from .db import client\nclient.get()", Origin("redis.Redis().get")),
        ("from . import db\ndb.client.get()", Origin("redis.Redis().get")),
        ("import app.db\napp.db.client.get()", Origin("redis.Redis().get")),
        ("from .api import again\nagain.get()", Origin("redis.Redis().get")),
        ("from .db import get\nget()", Origin("get", "app/db.py")),
        ("from .api.mail import Mail\nm = Mail()\nm.send()", Origin("Mail().send", "app/api/mail.py")),
        ("def f(): pass\nf()", Origin("f", "app/main.py")),
        ("from .api import Mail\nMail()", Origin("Mail")),
        ("from .broken import x\nx()", Origin(".broken.x")),
        ("from elsewhere import x\nx.y()", Origin("elsewhere.x.y")),
    ],
)  # fmt: skip
def test_what_a_call_comes_from(text: str, origin: Origin) -> None:
    followed = origins(text)
    site = followed.facts("app/main.py").calls[-1]
    assert followed.of(site.path, site.scope, "app/main.py") == origin


def test_methods_and_what_calls_them() -> None:
    followed = origins("from app.api.mail import Mail\nmail = Mail()\nmail.send()\nother.send()\n")
    send = followed.function(Origin("Mail().send", "app/api/mail.py"))
    copy = followed.function(Origin("Mail().copy", "app/api/mail.py"))
    assert send is not None
    assert copy is not None
    assert [use.file for use in followed.uses("app/api/mail.py", send)] == ["app/main.py"]
    assert [use.file for use in followed.uses("app/api/mail.py", copy)] == ["app/api/mail.py"]
    assert followed.function(Origin("Mail().nothing", "app/api/mail.py")) is None
    assert followed.function(Origin("redis.Redis")) is None
