"""Django answers for every host, or for none.

## Why
With `*`, whoever sends a request chooses the host that Django writes into links: in mails for a
new password, and in caches that others read. With an empty list and `DEBUG` off, every request is
answered with 400.

## Instead
List the names that the site is reached by:
`ALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")`. A star does no harm behind a proxy that
refuses other hosts, as nginx does with a `default_server` that returns 444.

## References
- https://docs.djangoproject.com/en/stable/ref/settings/#allowed-hosts
- https://docs.djangoproject.com/en/stable/topics/security/#host-header-validation
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Security, Severity, rule


@rule(
    "CFG014",
    "allowed-hosts-open-or-empty",
    on=Container,
    given="may_run_code",
    severities=(Severity.INFO, Severity.ERROR),
    role="prod",
    tags=("configuration", "python", "security"),
    security=Security(1188, 4.3),
)
def check(container: Container) -> Iterator[Finding]:
    for found in container.code.hosts_mistakes:
        message = "ALLOWED_HOSTS is empty and DEBUG is off: every request is answered with 400"
        if found.is_open:
            message = "ALLOWED_HOSTS accepts every host: requests choose the host in links"
        severity = Severity.INFO if found.is_open else Severity.ERROR
        yield container.finding(found.place, message, because=found.because, severity=severity)
