"""A container of production runs with settings for development, or a worker with others.

## Why
Settings for development switch debugging on, allow every host and use other databases. A worker
with other settings than the web server reads other queues, or signs with another key.

## Instead
Name the settings for production in the environment of each service:
`DJANGO_SETTINGS_MODULE: core.settings.prod`, and let `wsgi.py` and `celery.py` default to them.

## References
- https://docs.djangoproject.com/en/stable/topics/settings/#designating-the-settings
- https://docs.celeryq.dev/en/stable/django/first-steps-with-django.html
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "CFG011",
    "dev-settings-in-production",
    on=Container,
    given="may_run_code",
    severities=(Severity.ERROR,),
    role="prod",
    tags=("configuration", "python", "compose", "security"),
)
def check(container: Container) -> Iterator[Finding]:
    for wrong in container.code.wrong_settings:
        message = f"production runs with {wrong.name}, which are settings for another stage"
        if wrong.other:
            message = f"the worker runs with {wrong.name}, the web server with {wrong.other}"
        yield container.finding(wrong.place, message, because=wrong.because, key=wrong.name)
