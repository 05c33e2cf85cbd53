"""What Docker Compose would refuse, each occurrence with its place."""

from collections.abc import Iterable

from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place


def within(path: str) -> str:
    """A path of the model for people: inside a service, whose name the place of a problem tells."""
    section, _, rest = path.partition(".")
    if section != "services" or not rest:
        return path
    return rest.partition(".")[2] or "a service"


class Problem(NamedTuple):
    """One reason why Compose would refuse a file set.

    `code` groups them for rules: `yaml`, `duplicate-key`, `unknown-key`, `type`, `value`,
    `interpolation`, `merge`, `port`, `volume`, `extends`, `include`, `undefined`, `cycle`,
    `conflict`, `healthcheck-test`, `command`, `incomplete` (neither image nor build), `empty`,
    `env-file`, `too-large`. `related` places carry notes; `suggestion` is the name that was
    probably meant.
    """

    code: str
    message: str
    place: Place
    related: tuple[Place, ...] = ()
    suggestion: str | None = None

    @property
    def subject(self) -> str:
        """What the problem is about, to tell it from others: its code and the names it quotes."""
        return " ".join((self.code, *self.message.split("`")[1::2]))


class Problems:
    """Collects problems; one that was seen already (a shared anchor) is kept once."""

    __slots__ = ("found",)

    def __init__(self) -> None:
        self.found: dict[tuple[str, str, str, int], Problem] = {}

    def add(
        self,
        code: str,
        message: str,
        place: Place,
        related: Iterable[Place] = (),
        suggestion: str | None = None,
    ) -> None:
        """Notes a problem."""
        key = (code, message, place.source.path, place.span.start)
        self.found.setdefault(key, Problem(code, message, place, tuple(related), suggestion))

    def extend(self, others: "Problems") -> None:
        """Takes over the problems of another collection."""
        for key, problem in others.found.items():
            self.found.setdefault(key, problem)

    def sorted(self) -> tuple[Problem, ...]:
        """All problems, by file and position."""
        found = self.found.values()
        return tuple(sorted(found, key=lambda one: (one.place.path, one.place.span, one.code)))


def nearest(name: str, known: list[str]) -> str | None:
    """The name that was probably meant; None when none is close."""
    from difflib import get_close_matches

    found = get_close_matches(name[:60], known, 1, 0.75)
    return found[0] if found else None
