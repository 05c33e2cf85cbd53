"""What BuildKit makes of hand-written Dockerfiles and words; its output is the golden data.

Messages are ours, so an error is compared by its code, except those of expansions, which are
BuildKit's to the letter.
"""

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest

from dockerlint_py.dockerfile import Instruction, expand, parse
from dockerlint_py.text import Source

GOLDEN = Path(__file__).parent / "golden"
CASES = json.loads((GOLDEN / "dockerfile_conformance.json").read_text("utf-8"))
EXPANSIONS = json.loads((GOLDEN / "expansion_conformance.json").read_text("utf-8"))

CODES = {
    "only one escape parser directive": "duplicate-directive",
    "invalid escape token": "invalid-escape",
    "can't find =": "missing-equals",
    "must have two arguments": "missing-value",
    "unterminated heredoc": "unterminated-heredoc",
    "arrays must be comprised of strings only": "json-not-strings",
    "file with no instructions": "empty-file",
    "Chaining ONBUILD": "trigger",
    "unknown flag": "unknown-flag",
    "unknown instruction": "unknown-instruction",
    "FROM requires either one or three arguments": "arguments",
    "COPY requires at least two arguments": "arguments",
    "HEALTHCHECK requires at least one argument": "arguments",
    "SHELL requires the arguments to be in JSON form": "arguments",
}


def text_of(case: dict[str, Any]) -> str:
    if "text" in case:
        return str(case["text"])
    return base64.b64decode(case["text_b64"]).decode("utf-8", "replace")


def code_of(message: str) -> str:
    return next(code for part, code in CODES.items() if part in message)


def folded(text: str) -> str:
    return re.sub(r"[ \t]+", " ", text)


def innermost(instruction: Instruction) -> Instruction:
    while instruction.trigger is not None:
        instruction = instruction.trigger
    return instruction


def comparable(expected: dict[str, Any]) -> dict[str, Any]:
    """BuildKit gives an instruction that it does not know one empty argument; we give none."""
    args = [] if expected["args"] == [""] else expected["args"]
    return expected | {"text": folded(expected["text"]), "args": args}


def as_golden(instruction: Instruction) -> dict[str, Any]:
    inner = innermost(instruction)
    read: dict[str, Any] = {"name": instruction.keyword}
    if inner is not instruction:
        read["onbuild"] = inner.keyword
    return read | {
        "start_line": instruction.start_line,
        "end_line": instruction.end_line,
        "text": folded(instruction.text.text),
        "flags": [flag.word.value for flag in inner.flags],
        "args": [word.value for word in inner.args],
        "json": inner.json,
        "heredocs": [
            {
                "name": heredoc.name,
                "content": heredoc.content,
                "expand": heredoc.expand,
                "strip_tabs": heredoc.chomp,
            }
            for heredoc in instruction.heredocs
        ],
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']} {case['feature']}")
def test_dockerfile_is_read_as_by_buildkit(case: dict[str, Any]) -> None:
    dockerfile = parse(Source("Dockerfile", text_of(case)))
    codes = {problem.code for problem in dockerfile.problems}
    message = case.get("parse_error") or case.get("instruction_error")
    assert codes == ({code_of(message)} if message else set())
    if "parse_error" in case:
        return
    assert dockerfile.escape == case["escape"]
    expected = [comparable(item) for item in case["instructions"]]
    assert [as_golden(item) for item in dockerfile.instructions] == expected


@pytest.mark.parametrize("case", EXPANSIONS["cases"], ids=lambda case: ascii(case["word"]))
def test_word_is_expanded_as_by_buildkit(case: dict[str, Any]) -> None:
    word = case["word"]
    expansion = expand(word, EXPANSIONS["env"].get, case["escape"])
    if "error" in case:
        quoted = json.dumps(word, ensure_ascii=False)
        assert f"failed to process {quoted}: {expansion.error}" == case["error"]
        assert expansion.text == ""
    else:
        assert expansion.error is None
        assert expansion.text == case["result"]
        assert list(expansion.unset) == case["unset"]
