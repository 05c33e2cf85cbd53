"""What belongs to a whole project and to no file: options, name, active profiles."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dockerlint_py.compose.environment import Settings
from dockerlint_py.compose.tree import Scalar, text_of
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Source

if TYPE_CHECKING:
    from dockerlint_py.compose.loader import Loading

_NAME_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-")


class Options(NamedTuple):
    """How to load.

    `environment` is the environment of the process that runs Compose. With `strict`, a variable
    that nothing sets is empty, as Compose takes it; without, a value built on it is in doubt.
    `name` is the name of the project when no file gives one: Compose takes the name of the folder.
    `unseen` tells that another file completes the set, and why that is known.
    """

    environment: Mapping[str, str] = {}
    strict: bool = False
    name: str = ""
    profiles: tuple[str, ...] = ()
    unseen: str | None = None


def active_profiles(settings: Settings, options: Options) -> frozenset[str]:
    """The profiles of the caller, or else those of COMPOSE_PROFILES."""
    if options.profiles:
        return frozenset(options.profiles)
    setting = settings.get("COMPOSE_PROFILES")
    return frozenset(part.strip() for part in (setting.value if setting else "").split(","))


def normalized_name(text: str) -> str:
    """A project name as Compose makes it: lower case, only letters, digits, `_` and `-`."""
    kept = "".join(letter for letter in text.lower() if letter in _NAME_LETTERS)
    return kept.lstrip("_-")


def _may_have_name(text: str) -> bool:
    """A quick look that spares most files a second reading."""
    return text.lstrip().startswith("{") or any(
        f"\n{quote}name{quote}" in text or text.startswith(f"{quote}name{quote}")
        for quote in ("", "'", '"')
    )


def project_name(sources: list[Source], loading: "Loading", options: Options) -> str | None:
    """The name of the project, or None when only the folder of a checkout would tell."""
    given = loading.settings.get("COMPOSE_PROJECT_NAME")
    if given is not None and given.value:
        return given.value
    quiet = loading.quiet()
    name = ""
    for source in sources:
        if not _may_have_name(source.text):
            continue
        root, _ = quiet.raw_file(source)
        named = root.get("name")
        if isinstance(named, Scalar) and text_of(named):
            if named.doubt is not None:
                return None
            name = normalized_name(str(named.value))
    if not name:
        folder = loading.folder.rpartition("/")[2]
        name = normalized_name(folder if folder not in (".", "..", "") else options.name)
    return name or None
