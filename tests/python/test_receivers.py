# ruff: noqa: E501 (one line a case)
"""Heads of paths followed to what made them."""

import pytest

from dockerlint_py.python import extract
from dockerlint_py.python.receivers import Receivers
from dockerlint_py.text import Source


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("import redis\nclient = redis.Redis()\nclient.get()", "redis.Redis().get"),
        ("import redis\nr = redis\nr.Redis()", "redis.Redis"),
        ("import redis\nasync def f():\n c = await redis.connect()\n c.get()", "redis.connect().get"),
        ("from orm import Session\ndef f(s: Session): s.get()", "orm.Session().get"),
        ("c = a()\nc = b()\nc.get()", "@c.get"),
        ("def f(c): c.get()", "@c.get"),
        ("c = a()\ndef f(c): c.get()", "@c.get"),
        ("from x import y\ny.get()", "x.y.get"),
        ("a = b\nb = a\na.get()", "@a.get"),
        ("c = a()\ndef f():\n for c in x: c.get()", "@c.get"),
        ("import r\nwith r.Session() as s:\n s.get()", "r.Session().get"),
        ("import r\nwith r.A() as s: pass\nwith r.A() as s:\n s.get()", "r.A().get"),
        ("import r\nwith r.A() as s: pass\nwith r.B() as s:\n s.get()", "@s.get"),
        ("import r\nclass A:\n def __init__(self): self.c = r.C()\n def f(self): self.c.get()", "r.C().get"),
        ("import r\nclass A:\n def __init__(self, c: r.C): self.c = c\n def f(self): self.c.get()", "r.C().get"),
        ("import r\nclass A:\n def __init__(self): self.c = r.C()\n def g(self): self.c = 1\n def f(self): self.c.get()", "@self.c.get"),
        ("import r\nclass A:\n def __init__(self): self.c = r.C()\nclass B:\n def f(self): self.c.get()", "@self.c.get"),
        ("from typing import Annotated\nfrom o import S\ndef f(s: Annotated[S, g]): s.get()", "o.S().get"),
        ("from typing import Annotated\nfrom o import S\nDep = Annotated[S, g]\ndef f(s: Dep): s.get()", "o.S().get"),
        ("from x import E\ne = E()\nc = e.connect()\nc.run()", "x.E().connect().run"),
    ],
)  # fmt: skip
def test_follow(text: str, path: str) -> None:
    facts = extract(Source("m.py", text))
    site = facts.calls[-1]
    assert Receivers(facts).follow(site.path, site.scope) == path
