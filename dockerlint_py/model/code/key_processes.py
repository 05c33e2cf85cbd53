"""Whether more than one process makes a signing key of its own."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.code.signing_keys import SigningKey
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container


class RegeneratedKey(NamedTuple):
    """A key that every process makes anew, what makes it, and why there are several processes."""

    key: SigningKey
    generator: Known[str]
    several: Known[str] | None


def regenerated_keys_of(container: "Container") -> tuple[RegeneratedKey, ...]:
    """The keys of a container that serves or works; a job that ends signs nothing that lasts."""
    if container.job is not None:
        return ()
    return tuple(
        RegeneratedKey(key, generator, _several(container, key))
        for key in container.code.signing_keys
        if (generator := key.generator) is not None
    )


def _several(container: "Container", key: SigningKey) -> Known[str] | None:
    return _replicas(container) or _workers(container) or _other_service(container, key)


def _replicas(container: "Container") -> Known[str] | None:
    service = container.service
    replicas = service.replicas if service is not None else Known(None)
    if not isinstance(replicas, Known) or (replicas.value or 1) < 2:
        return None
    return Known("", replicas.places, says=f"{replicas.value} containers of the service run")


def _workers(container: "Container") -> Known[str] | None:
    for server in container.servers:
        workers = server.workers
        if not server.is_certain or not isinstance(workers, Known) or (workers.value or 1) < 2:
            continue
        if not isinstance(server.preloads, Known) or server.preloads.value:
            continue
        return server.fact(f"{server.name} starts {workers.value} processes")
    return None


def _other_service(container: "Container", key: SigningKey) -> Known[str] | None:
    """Another container of the file set that makes a key for the same settings."""
    others = container.file_set.containers if container.file_set is not None else ()
    for other in others:
        if other is container or other.job is not None:
            continue
        if any(twin.place == key.place and twin.generator for twin in other.code.signing_keys):
            return Known("", (other.place,), says=f"{other.id} makes a key of its own")
    return None
