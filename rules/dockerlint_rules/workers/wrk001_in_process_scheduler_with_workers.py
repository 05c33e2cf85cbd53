"""Each of several processes starts the same scheduler: every job runs several times.

## Why
A scheduler in the application lives in the memory of a process and knows nothing of the others.
Workers of gunicorn or uvicorn, and replicas, each import the application and start one: a mail
that is due at three o'clock is sent once for each of them. A common job store does not help.

## Instead
Start the scheduler in a container of its own (`command: python -m app.scheduler`), or use Celery
beat or cron. A lock, or a variable that one container alone has, works too.

## References
- https://apscheduler.readthedocs.io/en/3.x/faq.html
- https://docs.gunicorn.org/en/stable/design.html
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "WRK001",
    "in-process-scheduler-with-workers",
    on=Application,
    severities=(Severity.ERROR,),
    role="prod",
    tags=("workers", "python", "data-loss"),
)
def check(application: Application) -> Iterator[Finding]:
    for found in application.web_processes.repeated_schedulers:
        yield application.finding(
            found.place,
            f"each of {found.crowd.words} starts this scheduler of {found.library}, and runs all"
            " of its jobs",
            because=(found.crowd.number,),
        )
