"""Tables of words written as running text."""


def words(text: str) -> frozenset[str]:
    """The words of a text, between white space."""
    return frozenset(text.split())
