"""FLASK_ENV is set, and the Flask in the image does not read it.

## Why
Flask 2.3 removed the variable: `FLASK_ENV=development` does not switch debugging on any more, nor
does `production` switch anything off. `app.config["ENV"]` went with it: nobody reads what is set
there, and to read it raises a `KeyError`.

## Instead
Remove them, and set `FLASK_DEBUG=1` where debugging is wanted; ask `app.debug` whether it is on.

## References
- https://flask.palletsprojects.com/en/stable/changes/#version-2-3-0
- https://flask.palletsprojects.com/en/stable/config/#DEBUG
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "CFG013",
    "flask-env-removed",
    on=Container,
    severities=(Severity.WARNING,),
    tags=("configuration", "compose", "dockerfile", "hygiene"),
)
def check(container: Container) -> Iterator[Finding]:
    dead = container.code.dead_flask_env
    if dead is not None:
        instead = ": FLASK_DEBUG switches debugging" if dead.is_needed else ""
        yield container.finding(
            dead.place,
            f"FLASK_ENV={dead.value} has no effect since Flask 2.3{instead}",
            because=(dead.flask,),
            key="FLASK_ENV",
        )
    for use in container.code.flask_config_uses:
        message = '`config["ENV"]` has no effect since Flask 2.3'
        if use.is_read:
            message = 'Flask 2.3 has no `config["ENV"]` any more: this raises a KeyError'
        yield container.finding(use.place, message, because=(use.flask,), key="ENV")
