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
    user = _root(container)
    if user is not None:
        place = container.lacking_place(_root)
        yield container.finding(place, "the process runs as root", because=(user,))


def _root(container: Container) -> Known[str] | None:
    """The user, when it is root to the end; None when it is not, or not known."""
    user, build = container.user.effective, container.build
    if build is None or container.may_drop_privileges or not isinstance(user, Known):
        return None
    if container.service is None and build.is_for_builders:
        return None
    return user if user.value in ("root", "0", "") else None
