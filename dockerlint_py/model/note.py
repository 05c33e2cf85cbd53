"""What the audit has to say about itself: never a finding, never counted."""

from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place


class Note(NamedTuple):
    """A remark on a file: `code` is stable, `line` is None when the whole file is meant."""

    code: str
    path: str
    line: int | None
    message: str

    @classmethod
    def at(cls, code: str, place: Place, message: str) -> "Note":
        """A note on the line where a place starts."""
        return cls(code, place.path, place.line, message)
