"""Compilers and headers that are still in the image when it runs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.knowledge.packages import is_build_package
from dockerlint_py.manifests.installers import InstallCommand
from dockerlint_py.model.image.installs import Install
from dockerlint_py.model.image.system_packages import system_packages
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

_COMPILE_AT_RUN_TIME = ("numba", "cython", "cffi", "torch", "triton", "jax", "pythran", "gitpython")
_COMPILERS = frozenset("gcc g++ make cc clang cargo pip uv poetry git".split())


class BuildTools(NamedTuple):
    """A command and those of its packages that only building needs."""

    install: Install
    packages: tuple[str, ...]

    @property
    def text(self) -> str:
        """The packages for people."""
        more = len(self.packages) - 3
        return ", ".join(self.packages[:3]) + (f" and {more} more" if more > 0 else "")


def build_tools(container: "Container") -> Iterator[BuildTools]:
    """What is left of build packages in the image of a container, command by command."""
    stage, process = container.stage, container.process
    if stage is None or process.unknown or not stage.is_understood:
        return
    if any(invocation.name in _COMPILERS for invocation in process.invocations):
        return
    dependencies = container.dependencies
    if any(dependencies.distributions(name) for name in _COMPILE_AT_RUN_TIME):
        return
    left = system_packages(stage).names
    for install in (install for part in stage.chain for install in part.installs):
        command = install.command
        if not isinstance(command, InstallCommand) or command.ecosystem != "system":
            continue
        names = [package.name.partition(":")[0] for package in command.packages]
        found = tuple(name for name in names if name in left and is_build_package(name))
        if found and not install.invocation.is_conditional:
            yield BuildTools(install, found)
