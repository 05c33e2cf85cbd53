"""Debugging is switched on in production.

## Why
Error pages then show code, settings and variables to every visitor. Django also keeps every
database query in memory and serves requests for any host.

## Instead
Leave it off unless the environment says otherwise:
`DEBUG = os.environ.get("DJANGO_DEBUG", "").lower() in {"1", "true", "yes"}`.

## References
- https://docs.djangoproject.com/en/stable/ref/settings/#debug
- https://www.starlette.io/applications/
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Security, Severity, rule


@rule(
    "CFG001",
    "debug-enabled-in-production",
    on=Application,
    severities=(Severity.ERROR,),
    role="prod",
    tags=("configuration", "python", "security"),
    security=Security(489, 7.5),
)
def check(application: Application) -> Iterator[Finding]:
    for switch in application.debug_switches:
        yield application.finding(
            switch.place,
            f"{switch.name} is on in production: error pages show code and settings to everybody",
            because=(switch.fact,),
            key=switch.name,
        )
