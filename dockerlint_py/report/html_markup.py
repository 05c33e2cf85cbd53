"""HTML in which text of audited files cannot be anything but text."""

from html import escape

from dockerlint_py.report.backticks import parts
from dockerlint_py.text import clean


class Html(str):
    """What is HTML already; every other string becomes text when it is put into an element."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: str | int) -> Html:
    """An element. `class_` is the attribute `class`, `aria_label` is `aria-label`."""
    return Html(f"{_start(name, attributes)}{''.join(map(_child, children))}</{name}>")


def void(name: str, /, **attributes: str | int) -> Html:
    """An element that has no content and no end tag, as `meta`."""
    return _start(name, attributes)


def lines(*blocks: str) -> Html:
    """Blocks on lines of their own; empty ones are left out."""
    return Html("\n".join(_child(block) for block in blocks if block))


def prose(text: str) -> Html:
    """A message of ours: what stands between backticks is code."""
    return Html(
        "".join(tag("code", part) if is_code else _child(part) for part, is_code in parts(text))
    )


def _start(name: str, attributes: dict[str, str | int]) -> Html:
    given = (f' {_attribute(key)}="{_child(str(value))}"' for key, value in attributes.items())
    return Html(f"<{name}{''.join(given)}>")


def _attribute(keyword: str) -> str:
    return keyword.rstrip("_").replace("_", "-")


def _child(text: str) -> str:
    return text if isinstance(text, Html) else escape(clean(text))
