"""A RUN imports settings that need variables which only the running container has.

## Why
`manage.py collectstatic`, `flask` and `alembic` import the settings first. A setting that is read
with `os.environ["X"]`, or by a library without a default, raises when the image is built, where
nothing sets the variable.

## Instead
Give the command values that only have to be there:
`RUN SECRET_KEY=build python manage.py collectstatic --noinput`. They hold for this one command;
ENV and ARG would stay in the image.

## References
- https://docs.docker.com/build/building/secrets/
- https://docs.djangoproject.com/en/stable/ref/contrib/staticfiles/#collectstatic
"""

from collections.abc import Iterator

from dockerlint_py.api import Finding, Severity, Stage, rule


@rule(
    "CFG005",
    "build-step-needs-runtime-env",
    on=Stage,
    severities=(Severity.ERROR,),
    tags=("configuration", "dockerfile", "python", "build"),
)
def check(stage: Stage) -> Iterator[Finding]:
    for missing in stage.missing_variables:
        yield stage.finding(
            missing.place,
            f"this needs {missing.text}, which the build does not have: put `{missing.prefix}` "
            "in front of the command",
            because=(missing.cause,),
        )
