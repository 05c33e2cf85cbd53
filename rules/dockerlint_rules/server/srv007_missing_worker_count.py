"""The server of a production container has one process, because nothing says how many.

## Why
A single worker uses one CPU, and answers one request at a time when it is synchronous; while it is
busy or starts anew, nobody is answered. Servers start one unless they are told otherwise.

## Instead
`--workers 2` or more, `WEB_CONCURRENCY` for gunicorn, uvicorn and `fastapi run`, threads, or
`deploy.replicas` in Compose. Under Kubernetes and its like one process in each container is the
usual way, and files for such platforms keep this rule silent. Who means one writes `--workers 1`.

## References
- https://docs.gunicorn.org/en/stable/design.html#how-many-workers
- https://fastapi.tiangolo.com/deployment/server-workers/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "SRV007",
    "missing-worker-count",
    on=Container,
    given="servers",
    severities=(Severity.INFO,),
    role="prod",
    tags=("server", "dockerfile", "compose", "performance"),
)
def check(container: Container) -> Iterator[Finding]:
    for server in container.servers:
        single = server.problems.single_worker
        if single is not None:
            yield container.finding(
                server.place,
                f"nothing says how many workers {server.name} has: it starts one",
                because=(server.fact(), single),
                key=server.name,
            )
