"""Static files are used in production, but nothing ever runs `collectstatic`.

## Why
Without `DEBUG` Django finds no static files by itself. What serves them, WhiteNoise or nginx, reads
the folder `STATIC_ROOT`, and only `collectstatic` fills it: until then the admin has no styles, and
with a manifest storage every page that uses `{% static %}` is an error.

## Instead
Run `python manage.py collectstatic --noinput` when the image is built, after the code is copied;
give variables that the settings insist on a dummy value for that one command. Without `--noinput`
the command may ask a question that nobody answers.

## References
- https://docs.djangoproject.com/en/stable/howto/static-files/deployment/
- https://docs.djangoproject.com/en/stable/ref/contrib/staticfiles/#collectstatic
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "STC002",
    "collectstatic-never-run",
    on=Container,
    given="may_run_code",
    severities=(Severity.WARNING, Severity.INFO),
    role="prod",
    tags=("static-files", "python", "dockerfile", "compose", "build"),
)
def check(container: Container) -> Iterator[Finding]:
    because = container.static.never_collected
    if because is not None:
        yield container.finding(
            container.lacking_place(lambda each: each.static.never_collected),
            "nothing runs `collectstatic`: static files are missing in production",
            because=because,
            key="collectstatic",
        )
    for run in container.static.prompting:
        yield container.finding(
            run.place,
            "`collectstatic` without --noinput may ask a question that nobody answers",
            severity=Severity.INFO,
            key="noinput",
        )
