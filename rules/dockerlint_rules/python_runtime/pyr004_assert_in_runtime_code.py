"""Code of the application relies on assert.

## Why
`python -O` and `PYTHONOPTIMIZE` take every assert out, with all that it does. Until then it ends a
request with an `AssertionError` that says little.

## Instead
Raise what is meant: `if not request.user.is_staff: raise PermissionDenied`. Asserts that tell a
type checker something, such as `assert user is not None`, are not reported.

## References
- https://docs.python.org/3/reference/simple_stmts.html#the-assert-statement
- https://docs.python.org/3/using/cmdline.html#envvar-PYTHONOPTIMIZE
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "PYR004",
    "assert-in-runtime-code",
    on=Application,
    severities=(Severity.INFO, Severity.ERROR),
    role="prod",
    tags=("python-runtime", "python", "hygiene"),
)
def check(application: Application) -> Iterator[Finding]:
    for asserts in application.asserts:
        count = "an assert" if asserts.number == 1 else f"{asserts.number} asserts"
        message = f"{count} in code that serves: -O and PYTHONOPTIMIZE take asserts out"
        if asserts.stripped:
            message = f"{count} in code that serves, and Python is told to take asserts out"
        because = (asserts.stripped,) if asserts.stripped else ()
        serious = asserts.guards_access or asserts.has_effect
        severity = Severity.ERROR if because and serious else Severity.INFO
        yield application.finding(asserts.place, message, because=because, severity=severity)
