"""The health check runs a program that the image does not have.

## Why
Slim images have neither curl nor wget, Alpine has no curl, and images of databases have only the
tools of their own database. The check then fails each time: the container is never healthy, what
waits for it never starts, and an orchestrator restarts it for ever.

## Instead
Ask with what is in the image. Python itself can do it:
`["CMD", "python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health')"]`.
Or install the program in the stage that runs.

## References
- https://docs.docker.com/reference/dockerfile/#healthcheck
- https://hub.docker.com/_/python
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "NET011",
    "healthcheck-tool-missing",
    on=Container,
    severities=(Severity.ERROR,),
    tags=("network", "dockerfile", "compose", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for missing in container.network.missing_health_tools:
        message = f"the health check always fails: there is no {missing.name} in the image"
        yield container.finding(missing.place, message, because=(missing.fact,), key=missing.name)
