"""nginx passes requests to a host or a port where nothing takes them.

## Why
nginx answers 502 to each request when nothing listens on the port, and does not even start when no
host has the name. Between containers the port is the one that the server listens on, whatever is
published, and `localhost` is the container of nginx itself. `uwsgi_pass` speaks another protocol
than HTTP: uWSGI offers the one on `socket`, the other one on `http-socket`.

## Instead
Name the service and the port on which its server listens: `server web:8000;`.

## References
- https://nginx.org/en/docs/http/ngx_http_upstream_module.html
- https://docs.docker.com/compose/how-tos/networking/
- https://uwsgi-docs.readthedocs.io/en/latest/Nginx.html
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "NET006",
    "nginx-upstream-mismatch",
    on=Container,
    severities=(Severity.ERROR,),
    tags=("network", "compose", "nginx", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for misled in container.network.misled_requests:
        address = misled.proxied.address
        message = f"nginx gets no answer from {address.shown}: {misled.why}"
        yield container.finding(address.place, message, because=misled.because, key=address.shown)
