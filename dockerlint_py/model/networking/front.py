"""Whether a proxy stands before the services of a file set."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

_PROXIES = (
    "apache", "apisix", "caddy", "envoy", "haproxy", "httpd", "kong", "nginx", "openresty",
    "pomerium", "swag", "tengine", "traefik", "varnish", "cloudflared", "oauth2-proxy",
)  # fmt: skip
"""Words in the names of images, and programs, that take requests for others."""


def proxy_before(container: "Container") -> Fact[str | None]:
    """The service that takes requests for a container's; None when there is none.

    Not known outside of Compose, where networks are shared with others, and where some container
    could be a proxy.
    """
    file_set, service = container.file_set, container.service
    if file_set is None or service is None:
        return Unknown("what stands before it is not known")
    if file_set.loaded.gaps or service.get("labels") is not None or _is_shared(container):
        return Unknown("a proxy of others may stand before it")
    for other in file_set.containers:
        if other is container:
            continue
        if is_proxy(other):
            return Known(other.id, (other.place,), says=f"{other.id} is a proxy")
        if other.process.unknown is not None and not other.base.is_known:
            return Unknown(f"what {other.id} does is not known")
    return Known(None, says="no service of the file set is a proxy")


def is_proxy(container: "Container") -> bool:
    """Whether its image or a program of its start takes requests for others."""
    names = [container.base.name, container.base.facts.product or ""]
    names += [invocation.name for invocation in container.process.invocations]
    return any(word in name for name in names for word in _PROXIES)


def _is_shared(container: "Container") -> bool:
    """Whether a network of its file set is made by others, or it has none of its own."""
    loaded = container.file_set.loaded if container.file_set is not None else None
    networks = loaded.section("networks").values() if loaded is not None else ()
    external = any(each.get("external") is not None for each in networks)
    return external or (container.service is not None and not container.service.has_own_network)
