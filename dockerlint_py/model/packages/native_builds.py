"""Distributions with compiled code: what is built in an image, and what that lacks."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal

from dockerlint_py.facts import Known
from dockerlint_py.knowledge.native import Native, native
from dockerlint_py.manifests import has_wheel, normalise
from dockerlint_py.model.image.system_packages import SystemPackages, system_packages
from dockerlint_py.model.packages.arrivals import Arrival
from dockerlint_py.model.packages.contents import Distribution
from dockerlint_py.model.packages.installation import Installation
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage

Libc = Literal["glibc", "musl"]
ARCHITECTURE = "x86_64"
"""Wheels for other architectures are fewer, never more."""

_COMPILER = ("gcc",)
_BINARY_ONLY = (":all:",)


class NativeBuild(NamedTuple):
    """A distribution that an installation has to compile; `row` where more is known about it."""

    installation: Installation
    distribution: Distribution
    row: Native | None
    libc: Libc

    @property
    def place(self) -> Place:
        """Where the Dockerfile asks for it: the word that names it, or the whole command."""
        own = self.distribution.place
        return own if own.path == self.installation.place.path else self.installation.place

    def needs(self, family: str | None) -> tuple[str, ...]:
        """The packages that building needs, as far as that is known."""
        if self.row is None:
            return _COMPILER
        found = self.row.build_alpine if family == "alpine" else self.row.build_debian
        return found or ()


class Lack(NamedTuple):
    """Packages that a distribution needs and that are known not to be there."""

    distribution: Distribution
    packages: tuple[str, ...]
    place: Place
    facts: tuple[Known[Any], ...]

    @property
    def text(self) -> str:
        """The packages for people, one of each choice."""
        return ", ".join(need.partition("|")[0] for need in self.packages)


def native_builds(installations: Iterable[Installation]) -> Iterator[NativeBuild]:
    """What the installations of an image compile for sure."""
    for installation in installations:
        libc = _libc(installation)
        if libc is None or not _takes_sources(installation):
            continue
        for distribution in installation.contents.distributions.values():
            if distribution.sure and not _is_binary_only(installation, distribution.name):
                row = native(distribution.name)
                if _is_built(installation, distribution, row, libc):
                    yield NativeBuild(installation, distribution, row, libc)


def _libc(installation: Installation) -> Libc | None:
    fact = installation.stage.base.libc
    if isinstance(fact, Known) and fact.value in ("glibc", "musl"):
        return "musl" if fact.value == "musl" else "glibc"
    return None


def _takes_sources(installation: Installation) -> bool:
    """Whether it is clear, and asks PyPI alone: other indexes may have wheels of their own."""
    command = installation.command
    indexes = [index.url for index in command.indexes]
    for given in (*installation.requirement_files, *installation.projects):
        indexes += given.whole.indexes if given.whole else ()
    indexes += installation.project.indexes if installation.project else ()
    foreign = any("pypi.org" not in url for url in indexes)
    clear = installation.is_clear and not installation.is_conditional
    builds = command.installs or installation.makes_wheels
    return clear and not foreign and command.tool != "conda" and builds


def _is_binary_only(installation: Installation, name: str) -> bool:
    wanted = {normalise(each) for each in installation.command.only_binary}
    return name in wanted or bool(set(installation.command.only_binary) & set(_BINARY_ONLY))


def _is_built(
    installation: Installation, distribution: Distribution, row: Native | None, libc: Libc
) -> bool:
    """Whether no wheel of it fits: by its locked files, else by what is known of it."""
    locked, python = distribution.locked, installation.stage.base.python
    if locked is not None and isinstance(python, Known):
        minor = f"{python.value[0]}.{python.value[1]}"
        fits = has_wheel(locked, minor, libc, ARCHITECTURE)
        if fits is not None:
            # Without any wheel it may well be pure Python, which needs no compiler.
            return not fits and (row is not None or _has_compiled_wheels(locked.wheels))
    if row is None or (locked is not None and locked.origin != "registry"):
        return False
    return libc not in row.wheels


def _has_compiled_wheels(wheels: tuple[str, ...]) -> bool:
    return any(not wheel.endswith("-none-any.whl") for wheel in wheels)


def lacking_to_build(installations: Iterable[Installation]) -> Iterator[Lack]:
    """The packages without which distributions cannot be built where they are installed."""
    for build in native_builds(installations):
        installation, name = build.installation, build.distribution.name
        if _may_be_there(installation, name):
            continue
        install = installation.install
        packages = system_packages(installation.stage, (install.run, install.invocation))
        missing = packages.missing(build.needs(packages.family))
        if missing:
            facts = (build.distribution.fact(), *_base_fact(installation.stage))
            yield Lack(build.distribution, missing, build.place, facts)


def _may_be_there(installation: Installation, name: str) -> bool:
    """Whether an earlier step may have installed the distribution already."""
    if installation.may_follow_unseen:
        return True
    copied = (copy.stage for part in installation.stage.chain for copy in part.copies)
    sources = [stage for stage in copied if stage is not None]
    others = (arrival.installation for stage in sources for arrival in stage.arrivals)
    return any(not stage.is_understood for stage in sources) or any(
        name in other.contents.distributions or not other.is_understood
        for other in (*installation.earlier, *others)
    )


def _base_fact(stage: "Stage") -> tuple[Known[Any], ...]:
    image = stage.base.image
    return (image,) if isinstance(image, Known) else ()


def lacking_to_run(stage: "Stage") -> Iterator[Lack]:
    """The libraries that what is installed in an image is linked with, and that it lacks."""
    packages = system_packages(stage)
    for arrival in stage.arrivals:
        for distribution, needs in _linked(arrival, packages):
            missing = packages.missing(needs)
            if missing:
                facts = (distribution.fact(), *_base_fact(stage))
                yield Lack(distribution, missing, stage.place, facts)


def _linked(
    arrival: Arrival, packages: SystemPackages
) -> Iterator[tuple[Distribution, tuple[str, ...]]]:
    installation = arrival.installation
    if installation.is_conditional or not installation.is_clear:
        return
    built = {build.distribution.name for build in native_builds((installation,))}
    for distribution in installation.contents.distributions.values():
        row = native(distribution.name)
        if row is None or not distribution.sure:
            continue
        if distribution.name in built or (row.wheel_needs and packages.family is not None):
            needs = row.run_alpine if packages.family == "alpine" else row.run_debian
            yield distribution, needs or ()


class MuslBuilds(NamedTuple):
    """The distributions that have no wheel for the musl of an image; `stage` names the image."""

    stage: "Stage"
    names: tuple[str, ...]
    facts: tuple[Known[Any], ...]

    @property
    def text(self) -> str:
        """The distributions for people."""
        more = len(self.names) - 3
        return ", ".join(self.names[:3]) + (f" and {more} more" if more > 0 else "")


def musl_builds(installations: Iterable[Installation]) -> Iterator[MuslBuilds]:
    """What every build of the images on Alpine compiles, image by image."""
    found: dict[Stage, dict[str, Distribution]] = {}
    for build in native_builds(installations):
        if build.libc == "musl":
            root = build.installation.stage.chain[-1]
            found.setdefault(root, {})[build.distribution.name] = build.distribution
    for root, built in found.items():
        facts = (*_base_fact(root), *(each.fact() for each in list(built.values())[:3]))
        yield MuslBuilds(root, tuple(sorted(built)), facts)
