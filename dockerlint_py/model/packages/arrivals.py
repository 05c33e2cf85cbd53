"""Which installations end up in the image of a stage, its own and those that COPY brings."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known
from dockerlint_py.model.image.copies import Copy
from dockerlint_py.model.image.paths import is_under, joined, relative
from dockerlint_py.model.packages.installation import Installation
from dockerlint_py.record import NamedTuple
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage

_LIBRARY = regex(r"/lib(?:/python[0-9.]{1,8}(?:/(?:site|dist)-packages)?)?$")


class Arrival(NamedTuple):
    """An installation whose distributions are in an image, below `prefix`.

    `copies` are the COPYs that took them there, the last one first.
    """

    installation: Installation
    prefix: Fact[str]
    copies: tuple[Copy, ...] = ()


def arrivals_of(stage: "Stage") -> tuple[Arrival, ...]:
    """The installations in a stage at its end: of the stages below, copied, and its own."""
    inherited = stage.parent.arrivals if stage.parent else ()
    own = tuple(Arrival(each, each.prefix) for each in stage.installations if _counts(each))
    return (*inherited, *_copied(stage), *own)


def _counts(installation: Installation) -> bool:
    return installation.command.installs or installation.makes_wheels


def _copied(stage: "Stage") -> Iterator[Arrival]:
    for copy in stage.copies:
        for arrival in copy.stage.arrivals if copy.stage else ():
            landing = _landing(copy, arrival)
            if landing is not None:
                yield Arrival(arrival.installation, Known(landing), (copy, *arrival.copies))


def _landing(copy: Copy, arrival: Arrival) -> str | None:
    """Where a COPY takes the distributions; None when it takes none of them."""
    if not isinstance(arrival.prefix, Known):
        return None
    prefix = arrival.prefix.value
    landings = copy.lands_at(prefix)
    if landings:
        return landings[0]
    found = (_part_landing(copy, arrival, prefix, source.path) for source in copy.sources)
    return next((landing for landing in found if landing is not None), None)


def _part_landing(copy: Copy, arrival: Arrival, prefix: str, source: Fact[str]) -> str | None:
    """Where a COPY of the packages' folder alone, or of wheels, takes them."""
    if not isinstance(source, Known) or not isinstance(copy.destination, Known):
        return None
    target: str = copy.destination.value
    below = relative(source.value, prefix) if is_under(source.value, prefix) else ""
    if below and _LIBRARY.search(f"/{below}"):
        return joined("/", target.removesuffix(f"/{below}"))
    if arrival.installation.makes_wheels and below.endswith(("*", ".whl")):
        return target
    return None
