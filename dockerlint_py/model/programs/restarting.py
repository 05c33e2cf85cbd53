"""Whether a container that has failed is started again."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Unknown

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

ON_FAILURE = ("always", "on-failure", "unless-stopped")


def stays_down(container: "Container") -> bool:
    """Whether nothing starts a service's container again when it has failed."""
    service = container.service
    if service is None or service.get("deploy") is not None:
        return False
    restart = container.blur.fact(container.id, "restart", 0, service.text("restart"))
    if isinstance(restart, Unknown):
        return False
    return (restart.value or "no").partition(":")[0] not in ON_FAILURE
