"""Bytes into text, checked against what Python itself does with a declared encoding."""

import io
import tokenize

import pytest

from dockerlint_py.python import Problem, decode


@pytest.mark.parametrize(
    "data",
    [
        b"x = 1\n",
        "x = 'é'\n".encode(),
        b"\xef\xbb\xbfx = 1\n",
        b"# -*- coding: latin-1 -*-\nx = '\xe9'\n",
        b"#!/usr/bin/python\n# vim: set fileencoding=cp1251 :\nx = '\xef'\n",
        b"x = 1\n# coding: latin-1\n",
        b"\n# coding: latin-1\nx = '\xe9'\n",
        b"x = 'coding: latin-1'\n",
    ],
)
def test_agrees_with_tokenize(data: bytes) -> None:
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    text = decode(data)
    assert isinstance(text, str)
    assert text.removeprefix("\ufeff") == data.decode(encoding)


@pytest.mark.parametrize("data", [b"x = '\xff'\n", b"# coding: klingon\n", b"# coding: rot13\n"])
def test_what_python_refuses_is_a_problem(data: bytes) -> None:
    assert isinstance(decode(data), Problem)


def test_line_ends_are_kept() -> None:
    assert decode(b"a\r\nb\rc\n") == "a\r\nb\rc\n"
