"""Words: their values, their parts, what variables make of them, and their places."""

import subprocess

import pytest

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.shell import PartKind, Word, split
from dockerlint_py.text import LogicalText, Piece, Source, Span

VALUES = {"PORT": "8000", "EMPTY": "", "MANY": "-w 4  --reload", "EDGES": " a b ", "HOME": "/root"}


def lookup(name: str) -> Fact[str | None]:
    return Unknown("set at run time") if name == "UNKNOWN" else Known(VALUES.get(name))


def word(text: str) -> Word:
    (command, *_) = split(LogicalText.verbatim(Source("run", text), Span(0, len(text)))).commands
    (first,) = command.words
    return first


@pytest.mark.parametrize(
    ("text", "value", "dynamic", "quoted"),
    [
        ("a-b=c", "a-b=c", False, False),
        ("'a $b'", "a $b", False, True),
        ('"a $b"', "a $b", True, True),
        ("a\\ b", "a b", False, True),
        ("a'b'c\"d\"", "abcd", False, True),
        ('"a\\\nb"', "ab", False, True),
        ("$'\\x41\\u00e9\\101\\n'", "AéA\n", False, True),
        ('""', "", False, True),
        ("$A", "$A", True, False),
        ("$", "$", False, False),
        ("a$", "a$", False, False),
        ("$(x)", "$(x)", True, False),
        ("$((1))", "$((1))", True, False),
        ("/x/*", "/x/*", True, False),
        ("'/x/*'", "/x/*", False, True),
        ("uvicorn[standard]", "uvicorn[standard]", True, False),
        ("a[", "a[", False, False),
        ("{}", "{}", False, False),
        ("{a,b}", "{a,b}", True, False),
        ("{1..3}", "{1..3}", True, False),
        ("~/x", "~/x", True, False),
        ("a~b", "a~b", False, False),
        ("a@b+c!d", "a@b+c!d", False, False),
    ],
)
def test_value(text: str, value: str, dynamic: bool, quoted: bool) -> None:
    found = word(text)
    assert (found.value, found.dynamic, found.quoted) == (value, dynamic, quoted)
    assert found.raw == text


def test_parts_tell_text_from_variables() -> None:
    parts = word('postgres://u:"${PW:-x"y"}"@$HOST/db').parts
    assert [(part.kind, part.text, part.name, part.operator) for part in parts] == [
        (PartKind.LITERAL, "postgres://u:", "", ""),
        (PartKind.VARIABLE, '${PW:-x"y"}', "PW", ":-"),
        (PartKind.LITERAL, "@", "", ""),
        (PartKind.VARIABLE, "$HOST", "HOST", ""),
        (PartKind.LITERAL, "/db", "", ""),
    ]
    assert [part.text for part in parts[1].operand] == ["x", "y"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.0.0.0:$PORT", "0.0.0.0:8000"),
        ("${PORT}", "8000"),
        ("$NONE", ""),
        ("${NONE:-80}", "80"),
        ("${NONE-80}", "80"),
        ("${EMPTY:-80}", "80"),
        ("${EMPTY-80}", ""),
        ("${PORT:-80}", "8000"),
        ("${NONE:-${PORT:-80}}", "8000"),
        ("${NONE:=a$PORT}", "a8000"),
        ("${PORT:+yes}", "yes"),
        ("${NONE:+yes}", ""),
        ("${EMPTY+yes}", "yes"),
        ("${PORT:?}", "8000"),
        ("${PORT?message}", "8000"),
        ("${NONE:?message}", None),
        ("$UNKNOWN", None),
        ("${UNKNOWN:-80}", None),
        ("${UNKNOWN:+x}", None),
        ("${NONE:-$UNKNOWN}", None),
        ("${PORT%0}", None),
        ("${PORT:1:2}", None),
        ("${#PORT}", None),
        ("${!PORT}", None),
        ("${PORT[0]}", None),
        ("${PORT@Q}", None),
        ("${PORT/8/9}", None),
        ("$1", None),
        ("$@", None),
        ("$(x)", None),
        ("`x`", None),
        ("$((1))", None),
        ("{a,b}", None),
        ("~/x", "/root/x"),
        ("~user/x", None),
        ("$PORT/*", "8000/*"),
        ("'$PORT'", "$PORT"),
    ],
)
def test_expand(text: str, value: str | None) -> None:
    assert word(text).expand(lookup) == value


@pytest.mark.parametrize("text", ["a$PORT", "${NONE:-80}", "${EMPTY+x}", "$UNKNOWN", "$(x)"])
def test_quotes_do_not_change_what_is_expanded(text: str) -> None:
    assert word(f'"{text}"').expand(lookup) == word(text).expand(lookup)


FIELDS = [
    ("a$PORT", ("a8000",)),
    ("$MANY", ("-w", "4", "--reload")),
    ('"$MANY"', ("-w 4  --reload",)),
    ("x$MANY'y z'", ("x-w", "4", "--reloady z")),
    ("x${EDGES}y", ("x", "a", "b", "y")),
    ("$EMPTY", ()),
    ('"$EMPTY"', ("",)),
    ("$EMPTY$NONE", ()),
    ("''$EMPTY", ("",)),
    ("${NONE:-a 'b c'}", ("a", "b c")),
    ('"${NONE:-a b}"', ("a b",)),
    ("${MANY:+$PORT x}y", ("8000", "xy")),
    ("~/$PORT", ("/root/8000",)),
]


@pytest.mark.parametrize(("text", "fields"), FIELDS)
def test_fields(text: str, fields: tuple[str, ...]) -> None:
    assert word(text).fields(lookup) == fields


def test_fields_of_the_unknown() -> None:
    assert word("$UNKNOWN").fields(lookup) is None


@pytest.mark.parametrize("shell", ["dash", "bash"])
def test_fields_are_those_of_real_shells(shell: str) -> None:
    script = "\n".join(f"set -- {text}; printf '%s|' $# \"$@\"; echo" for text, _ in FIELDS)
    run = subprocess.run([shell, "-c", script], env=VALUES, capture_output=True, text=True)
    expected = ["|".join([str(len(fields)), *fields, ""]) for _, fields in FIELDS]
    assert run.stdout.splitlines() == expected


def test_places_map_through_joined_lines() -> None:
    source = Source("Dockerfile", 'RUN a && \\\n  # why\n  cmd --opt="x y" z\n')
    text = 'a && cmd --opt="x y" z'
    logical = LogicalText(source, text, (Piece(0, 5, 4, 5), Piece(5, 17, 21, 17)))
    command = split(logical).commands[1]
    assert command.place.text == 'cmd --opt="x y" z'
    assert [word.place.text for word in command.words] == ["cmd", '--opt="x y"', "z"]


def test_cooked_text_of_an_escape_maps_to_the_whole_sequence() -> None:
    cooked = word("a$'\\x41b'").cooked()
    assert cooked.text == "aAb"
    assert cooked.place(1, 2).text == "\\x41b"
