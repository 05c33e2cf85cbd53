"""The image that a chain of stages starts from."""

from typing import NamedTuple, TypeVar

from dockerlint_py.dockerfile import Word
from dockerlint_py.facts import EnvLayer, Fact, Known, Unknown
from dockerlint_py.knowledge.images import ImageFacts, ImageRef, image_facts, parse_image
from dockerlint_py.text import LogicalText, Piece, Place

T = TypeVar("T")


class Base(NamedTuple):
    """An image by its reference, and what the reference alone tells about it.

    `place` is the reference in the FROM. All of `facts` is unknown when the reference is.
    """

    image: Fact[ImageRef]
    facts: ImageFacts
    place: Place

    @property
    def name(self) -> str:
        """The image for people, as written where it cannot be known."""
        return self.image.value.written if isinstance(self.image, Known) else self.place.text

    @property
    def is_known(self) -> bool:
        """Whether there are facts about the image."""
        return self.facts.kind is not None

    @property
    def python(self) -> Fact[tuple[int, int]]:
        """The minor version of the Python in the image."""
        return self._fact(self.facts.python, "the Python version of {} is not known")

    @property
    def libc(self) -> Fact[str]:
        """`glibc` or `musl`."""
        return self._fact(self.facts.libc, "the C library of {} is not known")

    def _fact(self, value: T | None, why: str) -> Fact[T]:
        if value is None or not isinstance(self.image, Known):
            return Unknown(why.format(self.name), places=(self.place,))
        return Known(value, self.image.places, self.image.confidence)


def base_of(word: Word, image: Fact[str]) -> Base:
    """The base that an expanded image reference means."""
    if isinstance(image, Unknown):
        maybe = parse_image(image.maybe) if image.maybe else None
        return Base(Unknown(image.why, maybe, image.places), ImageFacts(), word.place)
    reference = parse_image(image.value)
    if reference is None:
        why = f"{image.value!r} is not an image reference"
        return Base(Unknown(why, None, image.places), ImageFacts(), word.place)
    says = f"the base image is {reference.written}"
    known = Known(reference, image.places, image.confidence, says)
    return Base(known, image_facts(reference), word.place)


def environment_layer(base: Base) -> EnvLayer:
    """The variables that the image sets, as far as it is known which."""
    variables = base.facts.environment
    if variables is None:
        rest = Unknown[str](f"{base.name} may set variables", places=(base.place,))
        return EnvLayer("base image", {}, rest)
    values: dict[str, Fact[str]] = {}
    for name, value in variables.items():
        if value is None:
            values[name] = Unknown(f"the value in {base.name} is not known")
        else:
            values[name] = Known(value, (base.place,), says=f"{base.name} sets {name}={value}")
    return EnvLayer("base image", values)


def as_text(value: str, place: Place) -> LogicalText:
    """A value that the image itself holds, mapped to the reference in the FROM."""
    width = place.span.end - place.span.start
    return LogicalText(place.source, value, (Piece(0, len(value), place.span.start, width),))
