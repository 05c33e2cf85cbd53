"""The server is pointed at a module or a name that is not in the container.

## Why
A server imports `package.module` from the folder it is started in, and from `PYTHONPATH`. When a
COPY puts the code elsewhere (`COPY src/ .` takes what is in `src`, not `src` itself), or the name
behind the colon does not exist, the server ends at its start with "No module named" or "Failed to
find attribute".

## Instead
Let WORKDIR, COPY and the command agree: `COPY src src` with `gunicorn src.core.wsgi`, or
`COPY src/ .` with `gunicorn core.wsgi`.

## References
- https://docs.gunicorn.org/en/stable/run.html#gunicorn
- https://docs.docker.com/reference/dockerfile/#copy
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "SRV003",
    "app-target-not-found",
    on=Container,
    given="servers",
    severities=(Severity.ERROR,),
    tags=("server", "dockerfile", "compose", "python", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    if container.process.unknown:
        return
    for server in container.servers:
        missing = server.problems.missing
        if missing is not None:
            yield container.finding(
                missing.place,
                f"{server.name} cannot import this: {missing.what}",
                because=missing.because,
                key=server.name,
            )
