"""gunicorn's workers tell that they live by files on a disk.

## Why
Each worker touches a file in `/tmp` all the time. On a container's layered file system that may
block while the disk is busy; the master then takes a worker that is alive for dead and kills it.

## Instead
`--worker-tmp-dir /dev/shm`, or `tmpfs: [/tmp]` in Compose.

## References
- https://docs.gunicorn.org/en/stable/faq.html#how-do-i-avoid-gunicorn-excessively-blocking-in-os-fchmod
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "SRV013",
    "gunicorn-heartbeat-on-disk",
    on=Container,
    given="servers",
    severities=(Severity.INFO,),
    profile="strict",
    role="prod",
    tags=("server", "dockerfile", "compose", "performance"),
)
def check(container: Container) -> Iterator[Finding]:
    for server in container.servers:
        folder = server.problems.heartbeat_on_disk
        if folder is not None:
            yield container.finding(
                server.place,
                "the heartbeat files of gunicorn's workers are on a disk",
                because=(server.fact(), folder),
                key=server.name,
            )
