"""The small grammars inside values, against Docker Compose: many random texts in one project.

What we accept must be accepted, and mean the same; of what we refuse, some texts are tried alone.
"""

import json
import random
from collections.abc import Callable
from typing import NamedTuple

import pytest

from dockerlint_py.compose import Options
from dockerlint_py.compose.shapes import NAME
from dockerlint_py.yaml import Timestamp
from tests.compose.oracle import ROOT, ask
from tests.compose.projects import loaded
from tests.compose.render import plain, render

STRICT = Options(strict=True, name="project")
_ACCEPTED = 120
_REFUSED = 6
_ENV = "A=one\nB=\nC=x y\n"


class Grammar(NamedTuple):
    """Random texts of an alphabet of pieces, and the keys of a service that hold such a text."""

    pieces: tuple[str, ...]
    longest: int
    keys: Callable[[str], str]


def _text(key: str) -> Callable[[str], str]:
    return lambda text: f"{key}: {json.dumps(text)}"


def _item(key: str) -> Callable[[str], str]:
    return lambda text: f"{key}: [{json.dumps(text)}]"


GRAMMARS = {
    "command": Grammar((*"abc '\"\\&|;<>()`\n\t1$", "$(", "a b", " "), 9, _text("command")),
    "interpolation": Grammar(
        (*"abABC ${}:-+1_/.\n", "${A", "${B:-", "${N-", "$N", "$$", "}", "${C+"),
        8,
        lambda text: f"labels: {{l: {json.dumps(text)}}}",
    ),
    "port": Grammar(
        (*"0123456789:-/", "80", "8000", "127.0.0.1", "[::1]", "::", "udp", "/tcp", "1-2", ":80"),
        5,
        _item("ports"),
    ),
    "volume": Grammar(
        (*"./~ab:,\\", "./a", "/b", "C:\\x", ":ro", "..", "z", "rw,Z", "//", "rshared", "é"),
        6,
        _item("volumes"),
    ),
    "duration": Grammar(
        (*"0123456789.-+", "s", "m", "h", "ms", "us", "µs", "ns", "d", "w", "1.5", "1h"),
        5,
        _text("stop_grace_period"),
    ),
    "size": Grammar(
        (*"0123456789. ", "k", "m", "G", "t", "b", "iB", "-", "1.5", "64"), 4, _text("shm_size")
    ),
    "host": Grammar((*"ab:=,.[]1", "h", "1.1.1.1", "::1", "h="), 6, _item("extra_hosts")),
    "pair": Grammar((*"ab= \t.#", "A", "B=", "é"), 5, _item("environment")),
    "device": Grammar(("/dev/a", "b", ":", "rwm", "/"), 6, _item("devices")),
    "build context": Grammar(
        ("./a", "..", "/", "~", "https://", "git@", "github.com/", "service:", "x", "#", ":"),
        4,
        _text("build"),
    ),
}
_SCALARS = (*"0123456789._-+eExobTZ", "0x", "1e", "true", "2024-01-", "null", "~")


def _texts(grammar: Grammar, seed: str) -> list[str]:
    source = random.Random(seed)
    made = {
        "".join(source.choices(grammar.pieces, k=source.randint(1, grammar.longest)))
        for _ in range(3 * _ACCEPTED)
    }
    return sorted(made)


def _project(pairs: list[str]) -> dict[str, str]:
    services = "".join(f"  s{number}: {{image: x, {pair}}}\n" for number, pair in enumerate(pairs))
    return {"compose.yml": f"services:\n{services}", ".env": _ENV}


def _undefined(pairs: list[str]) -> list[str] | None:
    """The volumes that accepted texts name; None when a text is refused for another reason."""
    problems = loaded(_project(pairs), options=STRICT).problems
    if any(problem.code != "undefined" for problem in problems):
        return None
    names = {problem.message.split("`")[-2] for problem in problems}
    return sorted(names) if all(NAME.fullmatch(name) for name in names) else None


@pytest.mark.parametrize("name", GRAMMARS)
def test_texts_mean_the_same(name: str) -> None:
    grammar = GRAMMARS[name]
    pairs = [grammar.keys(text) for text in _texts(grammar, name)]
    accepted = [pair for pair in pairs if _undefined([pair]) is not None][:_ACCEPTED]
    assert len(accepted) > 40
    files = _project(accepted)
    volumes = "".join(f"  {json.dumps(each)}: {{}}\n" for each in _undefined(accepted) or ())
    if volumes:
        files["compose.yml"] += f"volumes:\n{volumes}"
    answer = ask(files, ("compose.yml",))
    assert answer.config is not None, answer.error
    assert render(loaded(files, options=STRICT), ROOT) == answer.config


@pytest.mark.parametrize("name", GRAMMARS)
def test_what_we_refuse_is_refused(name: str) -> None:
    grammar = GRAMMARS[name]
    pairs = [grammar.keys(text) for text in _texts(grammar, name)]
    refused = [pair for pair in pairs if loaded(_project([pair]), options=STRICT).problems]
    for pair in random.Random(name).sample(refused, min(_REFUSED, len(refused))):
        assert ask(_project([pair]), ("compose.yml",)).config is None, pair


def test_scalars_have_the_same_type() -> None:
    source = random.Random("scalars")
    texts = {"".join(source.choices(_SCALARS, k=source.randint(1, 6))) for _ in range(2000)}
    keys = sorted(text for text in texts if not text.startswith(("- ", "---")) and text != "-")
    lines = "".join(f"  k{number}: {text}\n" for number, text in enumerate(keys))
    files = {"compose.yml": f"services: {{a: {{image: x}}}}\nx-values:\n{lines}"}
    answer = ask(files, ("compose.yml",))
    assert isinstance(answer.config, dict), answer.error
    values = loaded(files, options=STRICT).root.get("x-values")
    assert values is not None
    ours = plain(values)
    assert isinstance(ours, dict)
    dates = {key for key, text in answer.config["x-values"].items() if _is_date(text)}
    assert len(dates) < 20
    for key in dates:
        assert isinstance(ours.pop(key), Timestamp)
        del answer.config["x-values"][key]
    assert ours == answer.config["x-values"]


def _is_date(value: object) -> bool:
    return isinstance(value, str) and value.endswith("T00:00:00Z")
