"""An environment variable is taken for a boolean, so any text switches it on.

## Why
The value of an environment variable is text, and every text but the empty one is true in Python:
with `DEBUG=False` in the environment, `bool(os.environ.get("DEBUG"))` is `True`.

## Instead
Compare the text, `os.environ.get("DEBUG", "").lower() in {"1", "true", "yes", "on"}`, or let a
library parse it: `env.bool("DEBUG")`, `config("DEBUG", cast=bool)`, a `bool` field of pydantic.

## References
- https://docs.python.org/3/library/os.html#os.environ
- https://docs.python.org/3/library/stdtypes.html#truth-value-testing
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "CFG002",
    "env-bool-always-true",
    on=Application,
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("configuration", "python", "security"),
)
def check(application: Application) -> Iterator[Finding]:
    for found in application.env_booleans:
        message = f"{found.variable} is text: any value switches this on, 'False' and '0' too"
        if found.is_never:
            message = f"{found.variable} is text, which is never equal to a boolean"
        proof = None if found.is_never else found.off
        yield application.finding(
            found.place,
            message,
            because=(proof,) if proof else (),
            severity=Severity.ERROR if proof else Severity.WARNING,
            key=found.variable,
        )
