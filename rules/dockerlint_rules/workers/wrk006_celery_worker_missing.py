"""Tasks are sent to workers, and no service of the deployment is one.

## Why
`send_mail.delay()` puts a message into the broker and returns. Without a worker nobody takes it
out: no error anywhere, mails are never sent, and the queue grows. The same becomes of a task for a
queue that all workers leave out: with `-Q mails` a worker takes from `mails` alone, not from the
queue `celery`, where Celery puts what has none.

## Instead
A service with the same image and the command of the worker: `celery -A core worker`, `rq worker`,
`dramatiq core.tasks`.

## References
- https://docs.celeryq.dev/en/stable/userguide/workers.html
- https://python-rq.org/docs/workers/
- https://dramatiq.io/guide.html#workers
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "WRK006",
    "celery-worker-missing",
    on=Application,
    severities=(Severity.WARNING,),
    role="prod",
    tags=("workers", "compose", "python", "data-loss"),
)
def check(application: Application) -> Iterator[Finding]:
    for missing in application.missing_workers:
        yield application.finding(
            missing.place,
            f"no service runs a worker of {missing.library}: the tasks sent to it are never run",
            because=(missing.sent,),
            key=missing.library,
        )
    for starved in application.starved_queues:
        yield application.finding(
            starved.place,
            f"no worker takes from the queue {starved.name}: the task is never run",
            because=starved.because,
            key=f"queue {starved.name}",
        )
