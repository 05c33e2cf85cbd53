"""A server behind a proxy does not believe it who asked, and by which scheme.

## Why
uvicorn takes `X-Forwarded-For` and `X-Forwarded-Proto` from `127.0.0.1` alone unless it is told
otherwise, and a proxy in another container has another address. The application then sees the
proxy as the client and `http` as the scheme: rate limits count all clients as one, and redirects
lead from HTTPS to HTTP.

gunicorn takes the scheme from proxies that it is told to trust, and never the address: in Flask
`request.remote_addr` is that of the proxy until `ProxyFix` is applied.

## Instead
Set `FORWARDED_ALLOW_IPS` to the network of the containers, or to `*` if nothing but the proxy can
reach the server, that is, if its port is not published. For Flask wrap the application:
`app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)`, with the number of proxies in front.

## References
- https://www.uvicorn.org/deployment/#proxies-and-forwarded-headers
- https://fastapi.tiangolo.com/advanced/behind-a-proxy/
- https://flask.palletsprojects.com/en/stable/deploying/proxy_fix/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Security, Severity, rule


@rule(
    "NET009",
    "forwarded-headers-not-trusted",
    on=Container,
    given="is_service",
    severities=(Severity.WARNING, Severity.INFO),
    role="prod",
    tags=("network", "compose", "nginx", "python", "security"),
    security=Security(348, 4.3),
)
def check(container: Container) -> Iterator[Finding]:
    for found in container.network.distrusts:
        severity = Severity.WARNING if found.matters else Severity.INFO
        yield container.finding(found.place, found.why, because=found.because, severity=severity)
