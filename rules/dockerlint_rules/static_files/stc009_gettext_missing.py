"""Translations are compiled or collected in an image without GNU gettext.

## Why
`compilemessages` and `makemessages` only call `msgfmt` and `xgettext`, and end with "Can't find
msgfmt" where those are missing. No official Python image has them, the full one neither; a stage
gets them from the stage that its `FROM` names, not from any other one.

## Instead
Install the package `gettext` in the stage that compiles. `pybabel compile` does without it.

## References
- https://docs.djangoproject.com/en/stable/topics/i18n/translation/#compiling-message-files
- https://docs.djangoproject.com/en/stable/ref/django-admin/#compilemessages
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "STC009",
    "gettext-missing",
    on=Container,
    severities=(Severity.ERROR,),
    tags=("static-files", "dockerfile", "compose", "build"),
)
def check(container: Container) -> Iterator[Finding]:
    for found in container.lacking_gettext:
        message = f"`{found.command}` fails: the image has no gettext"
        yield container.finding(found.place, message, because=found.because)
