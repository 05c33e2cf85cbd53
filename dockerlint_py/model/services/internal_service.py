"""Containers that are for other containers only: databases, brokers, administration."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.knowledge.internal_services import (
    FLOWER_AUTH_OPTIONS,
    FLOWER_AUTH_VARIABLES,
    PRODUCTS,
    PROGRAMS,
)
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container


class InternalService(NamedTuple):
    """What the container is, as a fact, and whether it is known to let everybody in."""

    name: Known[str]
    is_open: bool = False


def internal_service_of(container: "Container") -> InternalService | None:
    """The internal service that a container is; None when it is none that is known."""
    base = container.base
    for invocation in container.process.invocations:
        name = _program(invocation)
        if name is not None:
            is_open = name == "Flower" and not _asks_for_login(container, invocation)
            return InternalService(invocation.fact()._replace(value=name), is_open)
    product = PRODUCTS.get(base.facts.product or "") if isinstance(base.image, Known) else None
    if product is None:
        return None
    fact = Known(product, (base.place,), says=f"the image is {base.name}")
    return InternalService(fact, product == "Flower" and not _asks_for_login(container, None))


def _program(invocation: Invocation) -> str | None:
    serving = invocation.serving
    if serving is not None and serving.server.role == "flower":
        return "Flower"
    return PROGRAMS.get(invocation.name)


def _asks_for_login(container: "Container", invocation: Invocation | None) -> bool:
    """Whether a login may be asked for; an unknown command or environment may do so."""
    if invocation is not None and invocation.has(*FLOWER_AUTH_OPTIONS):
        return True
    service = container.service
    if invocation is None and (service is None or service.command.value is not None):
        return True
    env = container.env if container.build is not None or service is None else service.environment
    facts = [env.get(name) for name in FLOWER_AUTH_VARIABLES]
    return not all(isinstance(fact, Known) and not fact.value for fact in facts)
