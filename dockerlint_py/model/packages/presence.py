"""Whether a Python distribution is in the image of a container: there, absent, or not known."""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from dockerlint_py.facts import Confidence, Fact, Known, Unknown
from dockerlint_py.knowledge.console_scripts import BRINGS_NO_PROGRAM as _PLAIN
from dockerlint_py.knowledge.console_scripts import may_be_brought_by
from dockerlint_py.knowledge.words import words
from dockerlint_py.manifests import Requirement, normalise
from dockerlint_py.manifests.installers import InstallCommand, installer
from dockerlint_py.model.image.copies import Copy, Origin
from dockerlint_py.model.image.program_effects import HARMLESS
from dockerlint_py.model.packages.contents import Distribution
from dockerlint_py.model.packages.installation import Installation
from dockerlint_py.model.programs.invocation import Invocation

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.image.stage import Stage

_TOOLS = ("pip", "uv pip", "uv", "poetry", "pipenv", "pdm")
"""Installers whose files are read."""

_NEUTRAL = HARMLESS | words(
    """
    apk apt apt-get aptitude awk cd corepack cp curl cut django-admin dnf dos2unix dpkg find git gpg
    gzip head install ln manage.py microdnf mkdir mktemp mv node npm npx patch playwright pnpm
    python3-config rm sed sort strip tar tdnf tee touch unzip wget xargs xz yarn yum zypper
    """
)
"""Programs that install no Python distributions."""

_SINGLE_FILES = ("uv", "uvx", "node", "tini", "dumb-init", "gosu", "wait-for-it", "docker", "npm")


def presence(container: "Container", dist: str) -> Fact[bool]:
    """Whether a distribution is in the environment that a container's programs run in.

    That it is absent is only likely where nothing locks the dependencies of what is installed.
    """
    stage = container.stage
    if stage is None:
        return Unknown("its image is not built here")
    name = normalise(dist)
    found = _found(container, name)
    if found is not None:
        return found
    doubts = chain(_system_packages(stage, name), what_may_install(container))
    doubt = next(doubts, None)
    return Unknown(doubt) if doubt is not None else _absent(container, name)


def is_absent(container: "Container", dist: str) -> bool:
    """Whether a distribution is known not to be in the image."""
    fact = presence(container, dist)
    return isinstance(fact, Known) and not fact.value


def _found(container: "Container", name: str) -> Fact[bool] | None:
    """What installs the distribution, for sure or perhaps."""
    perhaps: Unknown[bool] | None = None
    installed = container.dependencies.installed
    for installation in container.dependencies.installations:
        each = installation.contents.get(name)
        if each is None:
            continue
        if each.sure and not installation.is_conditional and installation in installed:
            return Known(value=True, places=(each.place,), says=each.fact().says)
        perhaps = Unknown(f"{name} may be installed", None, (each.place,))
    return perhaps


def what_may_install(container: "Container") -> Iterator[str]:
    """Why Python packages that are not seen may be in the environment of a container's programs."""
    for each in container.needed_stages:
        if not each.is_understood:
            yield "a step of its build is not understood"
        if not each.base.is_known or not each.base.is_bare:
            yield f"what is in {each.base.name} is not known"
        for copy in each.copies:
            if _may_bring_packages(copy):
                yield f"`{copy.place.text}` may bring packages"
        for run in each.runs:
            for invocation in run.invocations:
                if _may_install(invocation):
                    yield f"`{invocation.text}` may install something"
    if container.build is None or any(taking.host_venvs for taking in container.build.takings):
        yield "it takes a virtual environment of the host"
    for installation in container.dependencies.installations:
        if installation.command.tool not in _TOOLS or not installation.is_understood:
            yield f"what `{installation.install.name}` installs is not known"
    yield from _at_start(container)


def _system_packages(stage: "Stage", name: str) -> Iterator[str]:
    """The packages of the operating system that may be the distribution."""
    for install in (install for part in stage.chain for install in part.installs):
        command = install.command
        of_system = isinstance(command, InstallCommand) and command.ecosystem == "system"
        if of_system and any(name in package.name for package in command.packages):
            yield f"`{install.name}` may bring it"


def _may_bring_packages(copy: Copy) -> bool:
    """Whether files of another image, from elsewhere or to who knows where may be packages."""
    if copy.origin in (Origin.UNKNOWN, Origin.REMOTE) or isinstance(copy.destination, Unknown):
        return True
    if copy.origin is not Origin.IMAGE:
        return False
    names = [s.path.value.rpartition("/")[2] for s in copy.sources if isinstance(s.path, Known)]
    return len(names) < len(copy.sources) or any(name not in _SINGLE_FILES for name in names)


def _may_install(invocation: Invocation) -> bool:
    """Whether a command of a RUN may install what no table shows: a script, make..."""
    is_neutral = invocation.name in _NEUTRAL and not _is_own_script(invocation)
    if installer(invocation.argv) is not None or is_neutral:
        return False
    if invocation.program.interpreter == "python":
        return invocation.program.module in ("", "ensurepip", "setuptools")
    return True


def _is_own_script(invocation: Invocation) -> bool:
    """Whether it is started by a path of the project: `./install` is not the `install` of Unix."""
    path = invocation.argv[0].value
    in_system = path.startswith(("/bin/", "/sbin/", "/usr/", "/opt/"))
    return "/" in path and not in_system and invocation.name != "manage.py"


def _at_start(container: "Container") -> Iterator[str]:
    """What the container itself may install, or mount over what the image has."""
    for invocation in container.process.invocations:
        if isinstance(installer(invocation.argv), InstallCommand):
            yield f"`{invocation.text}` installs at the start"
        if any(w.name in ("uv", "uvx", "pipx", "hatch", "conda") for w in invocation.wrappers):
            yield f"`{invocation.text}` installs at the start"
    if container.mounts.unknown is not None:
        yield container.mounts.unknown
    for arrival in container.dependencies.arrivals:
        prefix = arrival.prefix
        mount = container.mounts.at(prefix.value) if isinstance(prefix, Known) else None
        if mount is None or isinstance(mount, Unknown) or mount.value is not None:
            yield "what is installed may be hidden by a mount"


def _absent(container: "Container", name: str) -> Fact[bool]:
    """That nothing installs it; likely where dependencies of dependencies are not listed."""
    installed = container.dependencies.installed
    open_ended = [each for each in installed if not each.contents.complete]
    asked = [each for i in open_ended for each in i.contents.distributions.values()]
    for each in asked:
        possible = may_be_brought_by(name, each.name) and each.name not in _PLAIN
        if possible or (each.extras and _has_extra(each, name)):
            return Unknown(f"{each.name} may bring {name}", None, (each.place,))
    if any(not item.name for i in open_ended for item in _requirements(i)):
        return Unknown("it is not known what is installed from a file or an address")
    plain = all(each.name in _PLAIN and not each.extras for each in asked)
    sure = Confidence.CERTAIN if plain else Confidence.LIKELY
    places = tuple(each.place for each in installed)
    return Known(value=False, places=places, confidence=sure, says=f"nothing installs {name}")


def _has_extra(asked: Distribution, name: str) -> bool:
    """Whether the extras may bring a distribution: `gunicorn[gevent]`, `fastapi[standard]`."""
    return name in asked.extras or may_be_brought_by(name, asked.name)


def _requirements(installation: Installation) -> Iterator[Requirement]:
    for given in installation.requirement_files:
        if given.whole is not None:
            yield from given.whole.main
