"""The container's user may not write a file that a program of it writes.

## Why
`COPY`, `WORKDIR` and `RUN mkdir` make files and folders that belong to root. After `USER app` a
program can read them, but what it has to write there ends with `Permission denied`: often only in
production, where no folder of the host is mounted over the image. A new volume takes the owner that
the folder has in the image; where the image has no such folder, it belongs to root.

## Instead
Give the user the one folder that is written to (`RUN install -d -o app /app/data`, or
`COPY --chown=app`), or let the program write to `/tmp`: `celery beat -s /tmp/celerybeat-schedule`.

## References
- https://docs.docker.com/reference/dockerfile/#copy---chown---chmod
- https://docs.celeryq.dev/en/stable/userguide/periodic-tasks.html#starting-the-scheduler
- https://docs.djangoproject.com/en/stable/ref/contrib/staticfiles/#collectstatic
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "IMG006",
    "non-root-cannot-write",
    on=Container,
    severities=(Severity.ERROR,),
    tags=("base-image", "dockerfile", "compose", "python", "build"),
)
def check(container: Container) -> Iterator[Finding]:
    for write in container.denied_writes:
        message = f"{write.writer} fails: {write.user} may not write to {write.path}"
        yield container.finding(write.place, message, because=write.because, key=write.path)
