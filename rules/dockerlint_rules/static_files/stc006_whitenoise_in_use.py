"""WhiteNoise serves static files out of the application's own process.

## Why
Views on this differ. The article that this project follows advises against it: every file keeps a
worker of the application busy, and a web server does the same with less. The authors of WhiteNoise
answer that a CDN or proxy in front asks for each file once, that it sends compressed files with
lasting cache headers, and that one part less has to be run.

## Instead
Either let nginx, or a storage service, serve the folder that `collectstatic` fills, or keep
WhiteNoise behind a cache and ignore this rule.

## References
- https://whitenoise.readthedocs.io/en/stable/#infrequently-asked-questions
- https://docs.djangoproject.com/en/stable/howto/static-files/deployment/
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "STC006",
    "whitenoise-in-use",
    on=Application,
    severities=(Severity.INFO,),
    role="prod",
    tags=("static-files", "python", "performance"),
)
def check(application: Application) -> Iterator[Finding]:
    for place in application.whitenoise:
        yield application.finding(
            place, "WhiteNoise serves static files from the application's own workers"
        )
