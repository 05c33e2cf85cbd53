"""The hashes are those that github/codeql-action computes; it warns of every other one."""

import pytest

from dockerlint_py.report.line_hash import line_hashes

WITHOUT_END = [
    "8b7cf3e952e7aeb2:1", "b1ae1287ec4718d9:1", "bff680108adb0fcc:1", "c6805c5e1288b612:1",
    "b86d3392aea1be30:1", "e6ceba753e1a442:1",
]  # fmt: skip
WITH_END = [
    "e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1",
    "b3edc88f2938467e:1", "c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1",
]  # fmt: skip
REPEATED = [
    *(f"a7f2ff13bc495cf2:{number}" for number in range(1, 7)),
    "a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1", "55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1",
    "c129715d7a2bc9a3:1",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "hashes"),
    [
        ("", ["c129715d7a2bc9a3:1"]),
        (" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End", WITHOUT_END),
        (" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", WITH_END),
        (" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", WITH_END),
        (" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", WITH_END),
        (" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", WITH_END),
        ("Lorem ipsum dolor sit amet.\n" * 10, REPEATED),
    ],
)
def test_the_examples_of_github(text: str, hashes: list[str]) -> None:
    assert line_hashes(text.encode()) == hashes


def test_a_byte_order_mark_and_astral_characters_count_as_javascript_counts_them() -> None:
    plain, marked = line_hashes(b"a\nb"), line_hashes(b"\xef\xbb\xbfa\nb")
    assert plain[0] != marked[0]
    assert plain[1] == marked[1]
    # An emoji is two units of the 100, so the letter after 49 of them and one more is the last.
    emoji = "\U0001f600" * 49
    assert line_hashes(f"{emoji}aax".encode()) == line_hashes(f"{emoji}aay".encode())
    assert line_hashes(f"{emoji}ax".encode()) != line_hashes(f"{emoji}ay".encode())


def test_bytes_that_are_no_text_are_hashed_all_the_same() -> None:
    assert len(line_hashes(b"\xff\xfe\n\xed\xa0\x80")) == 2
