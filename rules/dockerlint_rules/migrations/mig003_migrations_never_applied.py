"""Nothing in the deployment applies the migrations of the application.

## Why
The database of a new deployment is empty, and after an update it is older than the code: requests
fail with "relation does not exist". A step that is only in somebody's head, or in the README, is
forgotten one day.

## Instead
Add a service that migrates and ends, and let the others wait for it with
`service_completed_successfully`; or run the migrations as the release command of the platform.

## References
- https://docs.djangoproject.com/en/stable/topics/migrations/#workflow
- https://docs.docker.com/compose/how-tos/startup-order/
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "MIG003",
    "migrations-never-applied",
    on=Application,
    severities=(Severity.WARNING, Severity.INFO),
    role="prod",
    tags=("migrations", "compose", "python", "start-up"),
)
def check(application: Application) -> Iterator[Finding]:
    for found in application.never_applied:
        lowered = found.is_documented or not found.is_production
        yield application.finding(
            found.place,
            f"no command of this deployment applies the migrations to `{found.database}`",
            because=found.because,
            severity=Severity.INFO if lowered else Severity.WARNING,
        )
