"""What is known to be where in an image: three answers to `has(path)`.

Absence is certain only when nothing could have made the path, so every instruction that is not
understood may have made anything.
"""

from collections.abc import Callable
from enum import Enum

from dockerlint_py.facts import Confidence, Fact, Known, Unknown
from dockerlint_py.model.image.paths import is_under
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place


class Effect(Enum):
    """What a step does to a path."""

    MAKES = "makes"
    REMOVES = "removes"
    MAY_REMOVE = "may remove"
    MAY_CHANGE = "may change"


_REMOVALS = (Effect.REMOVES, Effect.MAY_REMOVE)


class Change(NamedTuple):
    """One effect on a path; a removal or a possible change concerns all that lies below it too.

    Files with one of the endings that it `spares` are not among what it may have made.
    """

    effect: Effect
    path: str
    place: Place
    spares: tuple[str, ...] = ()


Origin = Callable[[str], Fact[bool]]


class Brought(NamedTuple):
    """Files copied to `target`; `holds` answers for a path of the image at or below it."""

    target: str
    holds: Origin
    place: Place


SYSTEM_FOLDERS = tuple(
    "/bin /etc /home /lib /lib64 /opt /root /sbin /tmp /usr /var /run /dev /proc /sys /mnt".split()
)
EMPTY_FOLDERS = tuple("/home /mnt /opt /tmp /usr/src".split())
"""Those of them that hold nothing in the images that are `bare`."""


class StageFs:
    """The files of an image after some steps, over those of what it starts from."""

    __slots__ = ("_below", "_changes")

    def __init__(self, changes: tuple[Change | Brought, ...], below: Origin) -> None:
        self._changes = changes
        self._below = below

    def has(self, path: str) -> Fact[bool]:
        """Whether there is a file or folder at an absolute path."""
        doubt: Unknown[bool] | None = None
        for change in reversed(self._changes):
            if isinstance(change, Change) and change.effect is Effect.MAY_REMOVE:
                if is_under(path, change.path):
                    doubt = doubt or _unsure(change, f"may have removed {path}")
                continue
            fact = _judged(change, path)
            if fact is not None:
                return _doubted(fact, doubt)
        return _doubted(self._below(path), doubt)

    def loses(self, path: str) -> bool:
        """Whether a step removes, or may remove, what was at a path, and none brings it again.

        Programs that may make files do not make again what came from a build context.
        """
        removals = [n for n, change in enumerate(self._changes) if _may_remove(change, path)]
        later = self._changes[removals[-1] :] if removals else ()
        brings = (each for each in later if isinstance(each, Brought))
        again = any(_brought(each, path) is not None for each in brings)
        return bool(removals) and not again


def _may_remove(change: Change | Brought, path: str) -> bool:
    """Whether a change removes, or may remove, what is at a path."""
    if isinstance(change, Brought):
        return False
    return change.effect in _REMOVALS and is_under(path, change.path)


def _doubted(fact: Fact[bool], doubt: Unknown[bool] | None) -> Fact[bool]:
    """What is there, after something that may have removed it."""
    there = isinstance(fact, Known) and fact.value
    return doubt if there and doubt is not None else fact


def _unsure(change: Change, what: str) -> Unknown[bool]:
    return Unknown(f"{change.place.path}:{change.place.line} {what}", places=(change.place,))


def _judged(change: Change | Brought, path: str) -> Fact[bool] | None:
    """What one change says of a path; None when it says nothing."""
    if isinstance(change, Brought):
        return _brought(change, path)
    if change.effect is Effect.MAKES:
        if is_under(change.path, path):
            says = f"{change.place.path}:{change.place.line} makes {path}"
            return Known(value=True, places=(change.place,), says=says)
    elif is_under(path, change.path):
        if change.effect is Effect.REMOVES:
            says = f"{change.place.path}:{change.place.line} removes {change.path}"
            return Known(value=False, places=(change.place,), says=says)
        if not path.endswith(change.spares or ()):
            return _unsure(change, f"may have made {path}")
    return None


def _brought(change: Brought, path: str) -> Fact[bool] | None:
    if is_under(change.target, path):
        return Known(value=True, places=(change.place,), says=f"{path} is copied into the image")
    if not is_under(path, change.target):
        return None
    fact = change.holds(path)
    return None if isinstance(fact, Known) and not fact.value else fact


def in_base_image(path: str, *, is_known: bool, is_bare: bool = False) -> Fact[bool]:
    """Whether an image has a path of its own: a known image has no folders for applications.

    `is_bare`: it holds a language or a distribution, and nothing else.
    """
    if not is_known:
        return Unknown("the base image is not known")
    if path == "/":
        return Known(value=True)
    empty = is_bare and any(is_under(path, f) and path != f for f in EMPTY_FOLDERS)
    if not empty and any(is_under(path, folder) for folder in SYSTEM_FOLDERS):
        return Unknown(f"{path} may be in the base image")
    return Known(value=False, confidence=Confidence.LIKELY, says=f"nothing makes {path}")
