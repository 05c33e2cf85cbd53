"""nginx and Django disagree on the header that says whether a request came by HTTPS.

## Why
With `SECURE_PROXY_SSL_HEADER` Django believes `X-Forwarded-Proto`. If nginx does not set it, it
hands on what the client sent: everybody can claim HTTPS. Without the setting, `SECURE_SSL_REDIRECT`
sends requests that nginx has decrypted to HTTPS again, without end. And `$scheme` of an nginx that
listens without TLS behind another proxy is always `http`.

## Instead
`proxy_set_header X-Forwarded-Proto $scheme;` where TLS ends, and
`SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")`.

## References
- https://docs.djangoproject.com/en/stable/ref/settings/#secure-proxy-ssl-header
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Security, Severity, rule

_MESSAGES = {
    "spoofed": "nginx hands on the client's own X-Forwarded-Proto, which Django trusts",
    "endless": "every request is redirected to HTTPS, those that came by HTTPS too",
    "never": "nginx listens without TLS here: Django is always told http",
}


@rule(
    "NET010",
    "proxy-ssl-header-mismatch",
    on=Container,
    severities=(Severity.ERROR, Severity.WARNING, Severity.INFO),
    role="prod",
    tags=("network", "nginx", "python", "security"),
    security=Security(348, 4.3),
)
def check(container: Container) -> Iterator[Finding]:
    for trouble in container.network.scheme_troubles:
        severity = Severity.ERROR if trouble.is_certain else Severity.WARNING
        severity = Severity.INFO if trouble.kind == "never" else severity
        yield container.finding(
            trouble.place,
            _MESSAGES[trouble.kind],
            because=trouble.because,
            severity=severity,
            key=trouble.kind,
        )
