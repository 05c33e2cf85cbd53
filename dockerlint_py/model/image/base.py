"""The image that a chain of stages starts from."""

from typing import TYPE_CHECKING, TypeVar

from dockerlint_py.facts import Confidence, EnvLayer, Fact, Known, Unknown
from dockerlint_py.knowledge.images import ImageFacts, ImageRef, image_facts, parse_image
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import LogicalText, Piece, Place

if TYPE_CHECKING:
    from dockerlint_py.knowledge.deprecated_images import Deprecated
    from dockerlint_py.knowledge.eol import Eol

T = TypeVar("T")

BARE_IMAGES = frozenset(
    ("python", "ghcr.io/astral-sh/uv", "astral/uv", "debian", "ubuntu", "alpine")
)
"""Official images of Python and of distributions: nothing of an application is in them."""


class Base(NamedTuple):
    """An image by its reference, and what the reference alone tells about it.

    `place` is the reference, in a FROM or in Compose. All of `facts` is unknown when the reference
    is.
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
    def is_bare(self) -> bool:
        """Whether it is known to hold Python or a distribution, and no Python packages."""
        return self._canonical_name in BARE_IMAGES

    @property
    def python(self) -> Fact[tuple[int, int]]:
        """The minor version of the Python in the image."""
        return self._fact(self.facts.python, "the Python version of {} is not known")

    @property
    def libc(self) -> Fact[str]:
        """`glibc` or `musl`."""
        return self._fact(self.facts.libc, "the C library of {} is not known")

    @property
    def software_end(self) -> "Fact[Eol]":
        """The end of support of the language or service that the image is for."""
        from dockerlint_py.knowledge.eol import eol

        facts = self.facts
        row = None if facts.kind == "distribution" else eol(facts.product or "", facts.version)
        fact = self._fact(row, "the end of support of {} is not known")
        return _ended(fact)

    @property
    def system_end(self) -> "Fact[Eol]":
        """The end of support of the distribution in the image."""
        from dockerlint_py.knowledge.eol import eol

        row = eol(self.facts.distro or "", self.facts.distro_version)
        fact = _ended(self._fact(row, "the end of support of the system in {} is not known"))
        if isinstance(fact, Known) and self.facts.release_floats:
            return fact._replace(confidence=min(fact.confidence, Confidence.LIKELY))
        return fact

    @property
    def has_archived_packages(self) -> bool:
        """Whether the mirrors that the image asks are known to have lost its packages."""
        from dockerlint_py.knowledge.package_archives import is_archived

        return is_archived(self.facts.distro or "", self.facts.distro_version)

    @property
    def is_rebuilt(self) -> Fact[bool]:
        """Whether the tag still moves on to images with newer packages of the distribution.

        Known for tags of the official Python image that name a minor version and a release.
        """
        from dockerlint_py.knowledge.images.official_python import BUILT_MINORS, is_built

        facts, why = self.facts, "whether {} is rebuilt is not known"
        named = facts.release and not facts.release_floats and facts.patch_floats
        if not named or self._canonical_name != "python" or facts.python not in BUILT_MINORS:
            return self._fact(None, why)
        built = is_built(facts.python, facts.distro or "", facts.release or "")
        fact = self._fact(built, why)
        if isinstance(fact, Known):
            return fact._replace(confidence=min(fact.confidence, Confidence.LIKELY))
        return fact

    @property
    def deprecation(self) -> "Fact[Deprecated | None]":
        """Why the image should not be built on, and what to use; None when nothing is known."""
        from dockerlint_py.knowledge.deprecated_images import deprecation

        if isinstance(self.image, Unknown):
            return Unknown(self.image.why, places=self.image.places)
        return Known(deprecation(self.image.value), self.image.places, self.image.confidence)

    @property
    def version_floats(self) -> Fact[bool]:
        """Whether the reference leaves open which release it means.

        That is so without a tag, with `latest`, and with tags of Python that name no minor version.
        A bare name that is no image we know of may as well be one that a script has built.
        """
        if isinstance(self.image, Unknown):
            return Unknown(self.image.why, places=self.image.places)
        reference, facts = self.image.value, self.facts
        if not self.is_known and "/" not in reference.name:
            return Unknown(f"where {reference.name} comes from is not known")
        python = facts.product == "python" and facts.variant is not None and facts.python is None
        floats = reference.effective_tag == "latest" or python
        floats = floats and not reference.digest and reference.name != "scratch"
        return Known(floats, self.image.places, self.image.confidence)

    @property
    def _canonical_name(self) -> str | None:
        from dockerlint_py.knowledge.images.catalogue import canonical_name

        return canonical_name(self.image.value) if isinstance(self.image, Known) else None

    def _fact(self, value: T | None, why: str) -> Fact[T]:
        if value is None or not isinstance(self.image, Known):
            return Unknown(why.format(self.name), places=(self.place,))
        return Known(value, self.image.places, self.image.confidence)


def _ended(fact: "Fact[Eol]") -> "Fact[Eol]":
    if isinstance(fact, Unknown):
        return fact
    return fact.saying(f"free support of {fact.value.title} ends on {fact.value.last}")


def base_of(place: Place, image: Fact[str]) -> Base:
    """The base that an expanded image reference means."""
    if isinstance(image, Unknown):
        maybe = parse_image(image.maybe) if image.maybe else None
        return Base(Unknown(image.why, maybe, image.places), ImageFacts(), place)
    reference = parse_image(image.value)
    if reference is None:
        why = f"{image.value!r} is not an image reference"
        return Base(Unknown(why, None, image.places), ImageFacts(), place)
    says = f"the base image is {reference.written}"
    known = Known(reference, image.places, image.confidence, says)
    return Base(known, image_facts(reference), place)


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
