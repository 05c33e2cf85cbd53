"""Where in a container a path leads that code of the repository computes."""

from collections.abc import Iterator
from posixpath import relpath
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Unknown
from dockerlint_py.model.image.paths import joined

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.programs.startups import Startup


def beside_module(container: "Container", module: str, path: str) -> Iterator[str]:
    """Where a path beside a module of the repository is, as that module would compute it."""
    if container.build is None:
        return
    below = relpath(f"/{path}", f"/{module}/..")
    for landing in container.build.landings(module):
        yield joined(landing.rpartition("/")[0] or "/", below)


def from_cwd(startup: "Startup", path: str) -> tuple[str, ...]:
    """The absolute path that a program means; nothing when its folder is not known."""
    cwd: Fact[str] = startup.invocation.cwd
    if path.startswith("/"):
        return (joined("/", path),)
    return () if isinstance(cwd, Unknown) or not path else (joined(cwd.value, path),)
