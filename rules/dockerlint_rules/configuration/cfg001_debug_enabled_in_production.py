"""Debugging is switched on in production.

## Why
Error pages then show code, settings and variables to every visitor. Django also keeps every
database query in memory; Flask's debugger, where `app.run` or `flask run` serves, runs any code.

## Instead
Leave it off unless the environment says otherwise:
`DEBUG = os.environ.get("DJANGO_DEBUG", "").lower() in {"1", "true", "yes"}`.

## References
- https://docs.djangoproject.com/en/stable/ref/settings/#debug
- https://flask.palletsprojects.com/en/stable/debugging/
- https://www.starlette.io/applications/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Security, Severity, rule


@rule(
    "CFG001",
    "debug-enabled-in-production",
    on=Container,
    given="may_run_code",
    severities=(Severity.ERROR,),
    role="prod",
    tags=("configuration", "compose", "python", "security"),
    security=Security(489, 7.5),
)
def check(container: Container) -> Iterator[Finding]:
    for switch in container.code.debug_switches:
        yield container.finding(
            switch.place,
            f"{switch.name} is on in production: error pages show code and settings to everybody",
            because=(switch.fact,),
            key=switch.name,
        )
