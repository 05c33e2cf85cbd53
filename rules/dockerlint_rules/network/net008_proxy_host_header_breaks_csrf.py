"""nginx hands Django another host than the browser's: forms and logins get a 403.

## Why
Since version 4, Django compares the `Origin` of a POST with the `Host` of the request. nginx sends
the name of the upstream when `proxy_set_header` does not set `Host`, and `$host` has no port:
behind a published port like 8000 it never equals `http://localhost:8000`. Behind TLS that ends at
nginx, Django needs to be told of `https` as well.

## Instead
`proxy_set_header Host $http_host;`. Linters that warn of `$http_host` fear that it is forged: that
is what `ALLOWED_HOSTS` is for. Or list the origin, with its port, in `CSRF_TRUSTED_ORIGINS`. For
TLS set `X-Forwarded-Proto`, and `SECURE_PROXY_SSL_HEADER` in the settings.

## References
- https://docs.djangoproject.com/en/stable/ref/csrf/#how-it-works
- https://docs.gunicorn.org/en/stable/deploy.html
- https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "NET008",
    "proxy-host-header-breaks-csrf",
    on=Container,
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("network", "nginx", "python", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for broken in container.network.broken_forms:
        severity = Severity.ERROR if broken.is_certain else Severity.WARNING
        yield container.finding(broken.place, broken.why, because=broken.because, severity=severity)
