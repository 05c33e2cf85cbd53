"""A health check that means something else than it says.

## Why
The string `NONE` is a command of that name: the check always fails, and the container is
unhealthy. Only the list `["NONE"]` turns the check of the image off. A list must start with
`NONE`, `CMD` or `CMD-SHELL`; Compose refuses any other one.

## Instead
Turn a check off with `disable: true`; write a command as a string, or as `["CMD", "curl", "..."]`.

## References
- https://docs.docker.com/reference/compose-file/services/#healthcheck
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Known, Severity, rule


@rule(
    "CMP012",
    "healthcheck-none-as-string",
    on=Container,
    given="is_service",
    severities=(Severity.ERROR,),
    tags=("compose", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    if container.service is None or container.file_set is None:
        return
    for problem in container.file_set.problems("healthcheck-test"):
        yield container.finding(problem.place, f"Compose refuses the file: {problem.message}")
    check = container.service.healthcheck
    test = check.test if check else None
    if isinstance(test, Known) and test.value == ("CMD-SHELL", "NONE"):
        message = "the string NONE is run as a command; it does not turn the health check off"
        yield container.finding(test.places[0], message)
