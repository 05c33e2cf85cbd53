"""Words, flags, pairs and the JSON form, each with the place it came from."""

import pytest

from dockerlint_py.dockerfile import Instruction, Word, parse
from dockerlint_py.text import Source


def only(text: str) -> Instruction:
    [instruction] = parse(Source("Dockerfile", text)).instructions
    return instruction


def as_written(word: Word) -> str:
    return word.place.text


def test_flags_lose_quotes_and_backslashes_but_not_their_places() -> None:
    instruction = only(
        "RUN --mount=type=secret,id=\"a b\",x='c\\d' --network=no\\ne --security -- x\n"
    )
    assert [(flag.name, flag.value) for flag in instruction.flags] == [
        ("mount", "type=secret,id=a b,x=cd"),
        ("network", "none"),
        ("security", None),
    ]
    mount = instruction.flags[0]
    assert mount.argument is not None
    assert as_written(mount.argument) == 'type=secret,id="a b",x=\'c\\d'
    place = mount.argument.text.place(len("type=secret,id="), len("type=secret,id=a b"))
    assert place.text == "a b"
    assert [word.value for word in instruction.args] == ["x"]


@pytest.mark.parametrize(
    ("flag", "value"),
    [
        ('--a="b', "b"),
        ("--a='b\\'c'd", "b'cd"),
        ('--a=b"c d"e', "bc de"),
        ("--a=b\\", "b"),
        ("--a=", ""),
        ('--a=""', ""),
    ],
)
def test_quoting_in_flags(flag: str, value: str) -> None:
    assert only(f"RUN {flag}").flags[0].value == value


def test_flags_reach_across_continuations() -> None:
    instruction = only("COPY --fr\\\nom=b \\\n  # c\n  --link c d\n")
    origin, link = instruction.flags
    assert (origin.name, origin.value, link.name) == ("from", "b", "link")
    assert instruction.source.text[origin.span.start : origin.span.end] == "--fr\\\nom=b"


def test_json_elements_map_through_escapes_and_continuations() -> None:
    instruction = only('CMD ["a\\n\\"b\\u00e9\\ud83d\\ude00c", \\\n  "", "pl\\\nain"]\n')
    assert instruction.json
    assert [word.value for word in instruction.args] == ['a\n"bé😀c', "", "plain"]
    first, empty, plain = instruction.args
    assert first.text.place(1, 2).text == "\\n"
    assert first.text.place(4, 5).text == "\\u00e9"
    assert first.text.place(5, 6).text == "\\ud83d\\ude00"
    assert first.text.place(6, 7).text == "c"
    assert as_written(empty) == ""
    assert instruction.source.text[empty.span.start - 1 : empty.span.end + 1] == '""'
    assert as_written(plain) == "pl\\\nain"


@pytest.mark.parametrize(
    "text",
    [
        "['a']",
        '["a",]',
        '["a"',
        '["a"] b',
        '["\\x"]',
        '["\t"]',
        "[NaN]",
        "[-f x]",
        "[a]",
        '["a" "b"]',
    ],
)
def test_anything_but_json_is_the_shell_form(text: str) -> None:
    instruction = only(f"RUN {text}\n")
    assert not instruction.json
    assert [word.value for word in instruction.args] == [text]


def test_half_a_surrogate_pair_is_replaced() -> None:
    assert only('CMD ["\\ud83d", "\\ude00\\ud83d"]').args[0].value == "\ufffd"


def test_pairs_keep_quotes_and_have_places() -> None:
    instruction = only("ENV A=b\\ c \"D\"='e f' \\\n  G= H\\\nI=j\n")
    pairs = [(pair.key.value, pair.value and pair.value.value) for pair in instruction.pairs]
    assert pairs == [("A", "b\\ c"), ('"D"', "'e f'"), ("G", ""), ("HI", "j")]
    assert not instruction.legacy
    assert as_written(instruction.pairs[3].key) == "H\\\nI"


@pytest.mark.parametrize("line", ["ENV A  b = c", "LABEL A \\\n  b = c"])
def test_legacy_pair_takes_the_rest_of_the_line(line: str) -> None:
    instruction = only(line)
    assert instruction.legacy
    [pair] = instruction.pairs
    assert pair.value is not None
    assert (pair.key.value, pair.value.value) == ("A", "b = c")


def test_arg_may_have_no_value() -> None:
    instruction = only("ARG A B=1 C='x y'")
    pairs = [(pair.key.value, pair.value and pair.value.value) for pair in instruction.pairs]
    assert pairs == [("A", None), ("B", "1"), ("C", "'x y'")]
    assert [word.value for word in instruction.args] == ["A", "B=1", "C='x y'"]


def test_escape_directive_changes_the_words_of_env() -> None:
    text = "# escape=`\nENV A=b` c D=C:\\ E=f"
    pairs = [(pair.key.value, pair.value and pair.value.value) for pair in only(text).pairs]
    assert pairs == [("A", "b` c"), ("D", "C:\\"), ("E", "f")]


def test_health_check_reads_json_after_its_kind() -> None:
    instruction = only('HEALTHCHECK --retries=2 CMD  ["a", "b"]')
    assert instruction.json
    assert [word.value for word in instruction.args] == ["CMD", "a", "b"]
