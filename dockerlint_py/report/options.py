"""What a user may ask of a report."""

from collections.abc import Callable

from dockerlint_py.record import NamedTuple

Paint = Callable[[str, str], str]


def plain(text: str, color: str) -> str:  # noqa: ARG001 - the signature of a painter
    """A painter that paints nothing."""
    return text


class ReportOptions(NamedTuple):
    """Each report takes what concerns it and leaves the rest.

    `paint(text, color)` colours text; `quiet` leaves out notes and summary; `show_suppressed` shows
    people the findings that do not count. `sarif_category` keeps several SARIF reports of one
    commit apart; `sarif_suppressed` puts suppressed findings into SARIF.
    """

    paint: Paint = plain
    quiet: bool = False
    show_suppressed: bool = False
    sarif_category: str | None = None
    sarif_suppressed: bool = False


DEFAULT = ReportOptions()
