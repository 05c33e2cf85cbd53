"""The number of workers follows the CPUs of the host, not what the container may use.

## Why
`cpu_count()` counts the CPUs of the machine; a limit of the container does not change it. On a
server with 80 CPUs the usual `2 * cpu_count() + 1` starts 161 processes, each with the whole
application in its memory.

## Instead
Let a variable say it, with a small default: `workers = int(os.environ.get("WEB_CONCURRENCY", 2))`,
or cap it: `min(multiprocessing.cpu_count(), 4)`. `os.process_cpu_count()` (Python 3.13) and
`len(os.sched_getaffinity(0))` honour a set of CPUs, though no quota.

## References
- https://docs.python.org/3/library/os.html#os.cpu_count
- https://docs.docker.com/engine/containers/resource_constraints/#cpu
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "SRV008",
    "workers-from-host-cpu-count",
    on=Container,
    given="servers",
    severities=(Severity.INFO, Severity.WARNING),
    role="prod",
    tags=("server", "python", "dockerfile", "performance"),
)
def check(container: Container) -> Iterator[Finding]:
    for server in container.servers:
        found = server.problems.of_host_cpus
        if found is None:
            continue
        limit = (found.limit,) if found.limit is not None else ()
        limited = ", whatever the limit of the container" if limit else ""
        yield container.finding(
            found.place,
            f"{found.counter} counts the CPUs of the host: as many workers start{limited}",
            because=(server.fact(), *limit),
            severity=Severity.WARNING if limit else Severity.INFO,
            key=server.name,
        )
