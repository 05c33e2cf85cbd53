"""Translations are copied into the image, but nothing compiles them.

## Why
Django reads the compiled `.mo` files alone. The `.po` files that translators edit do nothing in an
image: every text stays in the language of the source, without any error.

## Instead
Run `python manage.py compilemessages` when the image is built, in a stage with `gettext`, or commit
the compiled files.

## References
- https://docs.djangoproject.com/en/stable/topics/i18n/translation/#compiling-message-files
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "STC008",
    "compilemessages-missing",
    on=Container,
    given="may_run_code",
    severities=(Severity.WARNING,),
    role="prod",
    tags=("static-files", "dockerfile", "python", "build"),
)
def check(container: Container) -> Iterator[Finding]:
    for found in container.static.uncompiled:
        yield container.finding(
            found.place,
            f"nothing compiles the translations: {found.file} has no .mo file",
            because=found.because,
            key="compilemessages",
        )
