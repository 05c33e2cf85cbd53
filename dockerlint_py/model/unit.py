"""What every thing that a rule can look at has in common."""

from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known
from dockerlint_py.model.finding import Finding, Role, Severity
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container


class Unit:
    """A part of the model that rules are run over; knows which containers it concerns."""

    __slots__ = ()

    @property
    def path(self) -> str:
        """The path of the file that the unit is written in; empty for the repository."""
        raise NotImplementedError

    @property
    def containers(self) -> "tuple[Container, ...]":
        """The containers that run this, or are run from this; their role is the finding's."""
        raise NotImplementedError

    @property
    def is_for_developers(self) -> bool:
        """Whether all that runs this is for development or tests."""
        roles = {container.role for container in self.containers}
        return bool(roles) and roles <= {Role.DEV, Role.TEST}

    def finding(
        self,
        at: Place,
        message: str,
        *,
        because: tuple[Known[Any], ...] = (),
        severity: Severity | None = None,
        key: str = "",
    ) -> Finding:
        """A finding at a place; `because` gives its related places, its chain, its confidence.

        `severity` must be one of those that the rule declares; without it the first one holds.
        """
        return Finding(message, at, because, severity, key)
