"""Programs of the operating system in a container: there, not there, or not known."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.knowledge.tool_packages import TOOL_PACKAGES, VERSIONED
from dockerlint_py.model.image.copies import Copy, Origin
from dockerlint_py.model.image.system_packages import system_packages
from dockerlint_py.model.origins import SEARCH_PATH

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.image.stage import Stage

_INSTALLERS = frozenset(("apk", "apt", "apt-get", "dnf", "yum", "microdnf", "pip", "uv"))


def has_tool(container: "Container", name: str) -> Fact[bool]:
    """Whether a container finds a program of this name on its PATH.

    That it does not is known only of programs whose packages are known, in images whose steps are
    all understood.
    """
    base = container.base
    in_base = base.facts.has(name)
    if in_base is None:
        return Unknown(f"whether {base.name} has {name} is not known")
    if in_base:
        return Known(value=True, places=(base.place,), says=f"{base.name} has {name}")
    brought = _may_come_later(container, name)
    if brought is not None:
        return Unknown(brought)
    says = f"{base.name} has no {name}"
    return Known(value=False, places=(base.place,), says=says)


def _may_come_later(container: "Container", name: str) -> str | None:
    """What may bring the program into the image or the container; None when nothing does."""
    for folder in SEARCH_PATH:
        mount = container.mounts.at(f"{folder}/{name}")
        if isinstance(mount, Unknown) or (mount.value is not None and not mount.value.of_image):
            return f"{folder} may be mounted"
    process = container.process
    of_base = bool(process.lines) and process.lines[0].value.place == container.base.place
    if process.unknown is not None and not of_base:
        return process.unknown
    if any(invocation.name in _INSTALLERS for invocation in process.invocations):
        return "something is installed at the start"
    return None if container.stage is None else _may_be_built_in(container.stage, name)


def _may_be_built_in(stage: "Stage", name: str) -> str | None:
    packages = system_packages(stage)
    names = TOOL_PACKAGES.get(name, {}).get(packages.family or "")
    if names is None:
        return f"which package brings {name} is not known"
    if any(packages.has(package) is not False for package in names):
        return f"{name} may be installed"
    start = VERSIONED.get(name)
    if start is not None and any(package.startswith(start) for package in packages.names):
        return f"{name} may be installed"
    for part in stage.chain:
        if any(_may_bring(part, copy, name) for copy in part.copies):
            return f"{name} may be copied"
    return None


def _may_bring(stage: "Stage", copy: Copy, name: str) -> bool:
    """Whether a COPY may bring a program into a folder of the search path."""
    if isinstance(copy.destination, Unknown):
        return True
    origins = [o for folder in SEARCH_PATH for o in copy.comes_from(f"{folder}/{name}")]
    if not origins:
        return False
    listing = stage.dockerfile.listing
    if copy.origin is not Origin.CONTEXT or listing is None:
        return True
    context = stage.dockerfile.context
    folder = context.value if isinstance(context, Known) else ""
    return any(stage.repository.snapshot.exists(f"{folder}/{o}".strip("/")) for o in origins)
