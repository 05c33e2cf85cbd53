"""The code in our messages, which stands between backticks."""

from collections.abc import Iterator


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut at its backticks, each part with whether it is code.

    A last backtick without a partner is an ordinary character.
    """
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        pieces[-2:] = [f"{pieces[-2]}`{pieces[-1]}"]
    for number, piece in enumerate(pieces):
        yield piece, bool(number % 2)
