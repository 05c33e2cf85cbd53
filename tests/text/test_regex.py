"""Patterns that wait for their first use."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import dockerlint_py
from dockerlint_py.text.regex import regex


def patterns() -> Iterator[tuple[str, "re.Pattern[str]"]]:
    for module in pkgutil.walk_packages(dockerlint_py.__path__, "dockerlint_py."):
        if not module.name.endswith("__main__"):
            values = vars(importlib.import_module(module.name))
            for name, value in values.items():
                if type(value) is type(regex("")):
                    yield f"{module.name}.{name}", value


def test_it_answers_as_the_pattern_does() -> None:
    lazy, real = regex(r"(a)(b)?", re.IGNORECASE), re.compile(r"(a)(b)?", re.IGNORECASE)
    assert lazy.pattern == real.pattern
    assert lazy.flags == real.flags
    assert [m.span() for m in lazy.finditer("xABa")] == [m.span() for m in real.finditer("xABa")]
    assert lazy.sub("-", "xABa") == "x--"
    assert lazy.match("xa") is None
    assert regex(rb"a+").fullmatch(b"aa")


def test_it_is_compiled_once_and_not_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    monkeypatch.setattr(re, "compile", lambda text, flags: compiled.append(text) or _Fake())
    lazy = regex("a")
    assert compiled == []
    assert [lazy.search("a") for _ in range(3)] == [None] * 3
    assert compiled == ["a"]


class _Fake:
    def __getattr__(self, name: str) -> object:
        return lambda text: None


def test_every_pattern_of_the_package_is_a_regular_expression() -> None:
    found = dict(patterns())
    assert len(found) > 100
    for name, pattern in found.items():
        assert pattern.groups >= 0, name
