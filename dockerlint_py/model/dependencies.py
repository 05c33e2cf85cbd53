"""The Python distributions in the image of a container, and how they come into it."""

from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.model.arrivals import Arrival
from dockerlint_py.model.finding import Role
from dockerlint_py.model.installation import Installation
from dockerlint_py.model.locking import UnusedLock, unused_locks
from dockerlint_py.model.pinning import Unpinned, unpinned_of

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container


class Dependencies:
    """What is installed in a container's image; nothing for an image that is not built here."""

    def __init__(self, container: "Container") -> None:
        self._container = container

    @property
    def is_for_developers(self) -> bool:
        """Whether the container is for development or tests."""
        return self._container.role in (Role.DEV, Role.TEST)

    @property
    def arrivals(self) -> tuple[Arrival, ...]:
        """The installations whose distributions are in the image."""
        return self._container.stage.arrivals if self._container.stage else ()

    @property
    def installations(self) -> tuple[Installation, ...]:
        """All installations of the stages that the image cannot be built without."""
        stages = self._container.needed_stages
        return tuple(each for stage in stages for each in stage.installations)

    @cached_property
    def unpinned(self) -> tuple[Unpinned, ...]:
        """What is installed in a version of the day; developers may do so."""
        return () if self.is_for_developers else tuple(unpinned_of(self.arrivals))

    @cached_property
    def unused_locks(self) -> tuple[UnusedLock, ...]:
        """The lock files of the repository that the image is not installed from."""
        return tuple(unused_locks(self.arrivals, self.installations))
