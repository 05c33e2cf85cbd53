"""The application refuses the request of the health check, or sends it elsewhere.

## Why
A check inside of the container asks `localhost`. If `ALLOWED_HOSTS` of Django, or `allowed_hosts`
of Starlette's `TrustedHostMiddleware`, does not have it, the answer is 400 and the container is
never healthy. With `SECURE_SSL_REDIRECT` the answer is a redirect: a client that follows it finds
no TLS there, one that does not takes any redirect for health.

## Instead
Add `localhost` to the hosts that are allowed, or send one of them: `curl -H 'Host: shop.example'`.
List the path in `SECURE_REDIRECT_EXEMPT`, or send `X-Forwarded-Proto: https` if that is trusted.

## References
- https://docs.djangoproject.com/en/stable/ref/settings/#allowed-hosts
- https://docs.djangoproject.com/en/stable/ref/settings/#secure-redirect-exempt
- https://www.starlette.io/middleware/#trustedhostmiddleware
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "NET012",
    "healthcheck-rejected-by-app",
    on=Container,
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("network", "compose", "python", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for failing in container.network.rejected_probes:
        severity = Severity.ERROR if failing.is_certain else Severity.WARNING
        yield container.finding(
            failing.probe.place, failing.why, because=failing.because, severity=severity
        )
