"""Nothing runs Django's own checks for deployments.

## Why
`manage.py check --deploy` warns of settings that are unsafe in production: missing redirects to
HTTPS, cookies without `Secure`, a weak key.

## Instead
Run it with the settings of production in the pipeline:
`python manage.py check --deploy --fail-level WARNING`.

## References
- https://docs.djangoproject.com/en/stable/howto/deployment/checklist/
- https://docs.djangoproject.com/en/stable/ref/django-admin/#check
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "CFG016",
    "deploy-check-not-run",
    on=Application,
    severities=(Severity.INFO,),
    profile="strict",
    role="prod",
    tags=("configuration", "python", "ci", "security"),
)
def check(application: Application) -> Iterator[Finding]:
    if application.lacks_deploy_check:
        yield application.finding(
            application.place, "nothing in the repository runs `manage.py check --deploy`"
        )
