"""The container's process runs as root.

## Why
Whoever breaks out of the application owns every file of the container, can install programs in it,
and finds it easier to reach the host. Files that it writes into a mounted folder belong to root.

## Instead
Create a user, give it what the application writes to, and switch to it with `USER` at the end.

## References
- https://docs.docker.com/build/building/best-practices/#user
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Known, Security, Severity, rule


@rule(
    "IMG005",
    "container-runs-as-root",
    on=Container,
    severities=(Severity.WARNING,),
    role="prod",
    tags=("base-image", "dockerfile", "security"),
    security=Security(250, 5.3),
    equivalents=("DL3002",),
)
def check(container: Container) -> Iterator[Finding]:
    user = container.user.effective
    if not isinstance(user, Known) or user.value not in ("root", "0", ""):
        return
    if container.may_drop_privileges:
        return
    yield container.finding(container.place, "the process runs as root", because=(user,))
