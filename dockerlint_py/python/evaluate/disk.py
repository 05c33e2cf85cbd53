"""The files that running code finds: what an evaluator is told of them."""

from typing import Protocol

from dockerlint_py.facts import Fact, Unknown
from dockerlint_py.text import Source


class Disk(Protocol):
    """The files around a program."""

    @property
    def cwd(self) -> Fact[str]:
        """The folder that it is started in."""
        ...

    def file(self, path: str) -> Fact[Source | None]:
        """The file of the repository at an absolute path; None when nothing is there."""
        ...

    def beside(self, module: str, path: str) -> Fact[str]:
        """The absolute path that a module means by one computed from its `__file__`."""
        ...


class NoDisk:
    """Nothing is known of the files."""

    @property
    def cwd(self) -> Fact[str]:
        """Unknown."""
        return Unknown("it is not known where it is started")

    def file(self, path: str) -> Fact[Source | None]:
        """Unknown."""
        return Unknown(f"it is not known whether there is {path}")

    def beside(self, module: str, path: str) -> Fact[str]:
        """Unknown."""
        return Unknown(f"it is not known where {module} is, and {path}")
