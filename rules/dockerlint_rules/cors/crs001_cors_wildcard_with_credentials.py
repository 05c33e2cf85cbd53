"""CORS lets every origin in, together with credentials.

## Why
A browser refuses `Access-Control-Allow-Origin: *` for a request with cookies: what nginx adds so
does not work. Libraries answer with the origin that asked instead, at least when the request has a
cookie: any website that a user visits can then read, as that user, what the application answers.

## Instead
List the origins of your own front ends, or leave credentials out: an API that takes a token in a
header needs none.

## References
- https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS#credentialed_requests_and_wildcards
- https://fastapi.tiangolo.com/tutorial/cors/
- https://github.com/adamchainz/django-cors-headers#configuration
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Known, Security, Severity, rule


@rule(
    "CRS001",
    "cors-wildcard-with-credentials",
    on=Container,
    severities=(Severity.ERROR,),
    role="prod",
    tags=("cors", "python", "security"),
    security=Security(942, 6.5),
)
def check(container: Container) -> Iterator[Finding]:
    for policy in container.code.cors:
        wildcard, credentials = policy.wildcard, policy.credentials
        if not isinstance(wildcard, Known) or not isinstance(credentials, Known):
            continue
        if wildcard.value is not None and credentials.value is True:
            outcome = "other websites can act as the user"
            if policy.mechanism == "nginx":
                outcome = "browsers refuse the answer"
            yield container.finding(
                policy.place,
                "every origin is allowed together with credentials, which never works as meant: "
                + outcome,
                because=(wildcard, credentials),
            )
