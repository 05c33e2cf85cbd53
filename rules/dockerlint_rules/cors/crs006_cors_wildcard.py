"""CORS lets every origin in.

## Why
Every website can read what the application answers to a visitor of it. Without credentials that is
what a public API is meant for; inside of a company network it opens what only staff can reach.

## Instead
List the origins of your own front ends.

## References
- https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS
- https://fastapi.tiangolo.com/tutorial/cors/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Known, Security, Severity, rule


@rule(
    "CRS006",
    "cors-wildcard",
    on=Container,
    severities=(Severity.INFO,),
    profile="strict",
    role="prod",
    tags=("cors", "python", "security"),
    security=Security(942, 4.3),
)
def check(container: Container) -> Iterator[Finding]:
    for policy in container.code.cors:
        wildcard, credentials = policy.wildcard, policy.credentials
        if not isinstance(wildcard, Known) or wildcard.value is None or policy.only_reads:
            continue
        if isinstance(credentials, Known) and not credentials.value:
            yield container.finding(
                policy.place, "every origin is allowed to read the answers", because=(wildcard,)
            )
