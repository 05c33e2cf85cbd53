"""nginx may start before a service that it looks up, and ends for good.

## Why
nginx looks up the names in `proxy_pass` and `upstream` once, when it starts. If the container of
that name does not run yet, it says "host not found in upstream" and ends. Compose starts services
that do not wait for one another at the same time, so whether it works is a matter of luck.

## Instead
List the service in `depends_on` of nginx, or let nginx be restarted. A `resolver` and a variable in
`proxy_pass` make nginx look the name up for each request.

## References
- https://docs.docker.com/compose/how-tos/startup-order/
- https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "NET007",
    "nginx-starts-before-upstream",
    on=Container,
    severities=(Severity.WARNING,),
    tags=("network", "compose", "nginx", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for proxied in container.network.unawaited_upstreams:
        name = proxied.address.host
        message = f"nginx ends at its start if {name} does not run yet: it does not wait for it"
        yield container.finding(container.place, message, because=(proxied.fact,), key=name)
