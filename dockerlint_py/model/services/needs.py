"""What a container waits for before it is started."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.compose import Dependency
    from dockerlint_py.model.container import Container

STARTED = "service_started"
HEALTHY = "service_healthy"
COMPLETED = "service_completed_successfully"


class Need(NamedTuple):
    """Another container that has to be there first.

    `condition` tells when it is: `service_started`, `service_healthy` or
    `service_completed_successfully`. It is not known whether one is waited for that is not
    `required`.
    """

    container: "Container"
    condition: Fact[str | None]
    required: Fact[bool]
    place: Place

    @property
    def name(self) -> str:
        """The service that is waited for."""
        return self.container.service.name if self.container.service else self.container.id

    @property
    def is_strict(self) -> bool:
        """Whether Compose gives up when the condition cannot be met."""
        return isinstance(self.required, Known) and self.required.value

    def waits_until(self, condition: str) -> bool:
        """Whether this very condition is waited for."""
        return isinstance(self.condition, Known) and self.condition.value == condition

    @property
    def condition_place(self) -> Place:
        """The condition, or the service's name where the condition is left out."""
        places = self.condition.places
        return places[0] if places else self.place

    @property
    def fact(self) -> Known[str]:
        """The dependency, to be cited."""
        shown = self.condition.value if isinstance(self.condition, Known) else "a condition"
        return Known(self.name, (self.place,), says=f"it waits for {self.name}: {shown}")


def needs_of(container: "Container") -> Fact[tuple[Need, ...]]:
    """The containers that one waits for; those that are not in the file set are left out."""
    service, file_set = container.service, container.file_set
    if service is None or file_set is None:
        return Known(())
    if container.blur.hides(container.id, "depends_on", 0):
        return Unknown("the dependencies are hidden")
    if service.gap is not None:
        return Unknown(service.gap.why, None, (service.gap.place,))
    found = ((each, file_set.container(each.service)) for each in service.dependencies)
    return Known(tuple(_need(each, other) for each, other in found if other is not None))


def _need(dependency: "Dependency", other: "Container") -> Need:
    return Need(other, dependency.condition, dependency.required, dependency.place)
