from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockerlint_py.knowledge import distributions, eol
from dockerlint_py.knowledge.eol_data import CYCLES, DATE


@pytest.mark.parametrize(
    ("product", "version", "end", "lts_end"),
    [
        ("python", "3.8", "2024-10-07", None),
        ("python", "3.9", "2025-10-31", None),
        ("python", "3.10", "2026-10-31", None),
        ("python", "3.11.4", "2027-10-31", None),
        ("python", "3.14", "2030-10-31", None),
        ("debian", "10", "2022-09-10", "2024-06-30"),
        ("debian", "11", "2024-08-14", "2026-08-31"),
        ("debian", "12", "2026-07-11", "2028-06-30"),
        ("debian", "13", "2028-08-09", "2030-06-30"),
        ("alpine", "3.20", "2026-04-01", None),
        ("alpine", "3.24", "2028-06-01", None),
        ("django", "4.2", "2026-04-07", None),
        ("django", "5.1", "2025-12-03", None),
        ("django", "5.2", "2028-04-30", None),
        ("django", "6.0", "2027-04-30", None),
        ("postgresql", "13", "2025-11-13", None),
        ("postgresql", "14.3", "2026-11-12", None),
        ("postgresql", "15", "2027-11-11", None),
        ("ubuntu", "20.04", "2025-05-31", None),
        ("mysql", "5", "2023-10-31", None),
        ("node", "18.20.1", "2025-04-30", None),
    ],
)
def test_dates(product: str, version: str, end: str, lts_end: str | None) -> None:
    row = eol.eol(product, version)
    assert row is not None
    assert row.end == date.fromisoformat(end)
    assert row.lts_end == (date.fromisoformat(lts_end) if lts_end else None)


@pytest.mark.parametrize(
    ("product", "version"),
    [
        ("rabbitmq", "4"),  # 4.3 has no announced end
        ("nginx", "1"),
        ("python", "3"),  # more minors will come
        ("redis", "8.10"),
        ("mysql", "9.7"),  # only an estimate is published
        ("mysql", "26.7"),
        ("python", "3.1"),
        ("python", None),
        ("python", ""),
        ("python", "x.y"),
        ("cobol", "1"),
    ],
)
def test_what_is_not_known(product: str, version: str | None) -> None:
    assert eol.eol(product, version) is None


def test_long_term_support_counts() -> None:
    row = eol.eol("debian", "12")
    assert row is not None
    assert not row.is_past(date(2028, 6, 30))
    assert row.is_past(date(2028, 7, 1))


def test_advice_is_the_newest_with_support_left() -> None:
    today = date(2026, 11, 24)
    assert (newest := eol.newest("python", today)) is not None
    assert newest.cycle == "3.14"
    assert [row.cycle for row in eol.supported("python", today)] == ["3.11", "3.12", "3.13", "3.14"]
    assert eol.newest("cobol", today) is None


@pytest.mark.parametrize("product", CYCLES)
def test_every_row_has_dates_that_parse_and_a_source(product: str) -> None:
    rows = eol.cycles_of(product)
    assert len(rows) == len([end for end in CYCLES[product].values() if end])
    for row in rows:
        assert row.last >= row.end
        assert row.source.startswith("https://")
        assert date.fromisoformat(row.as_of) == date.fromisoformat(DATE)


def test_debian_codenames_are_in_order_and_in_the_table() -> None:
    versions = list(distributions.DEBIAN_CODENAMES.values())
    assert versions == sorted(versions, key=int)
    assert all(version in CYCLES["debian"] for version in versions)
    assert all(version in CYCLES["ubuntu"] for version in distributions.UBUNTU_CODENAMES.values())


@given(st.sampled_from(sorted(CYCLES)), st.text(alphabet="0123456789.abcé٣", max_size=40))
def test_no_version_raises(product: str, version: str) -> None:
    row = eol.eol(product, version)
    assert row is None or row.product == product


def test_a_number_too_long_to_convert() -> None:
    assert eol.version_key("9" * 10_000) == (0,)
