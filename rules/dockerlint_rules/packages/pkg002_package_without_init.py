"""A folder inside a package is imported as a package and has no `__init__.py`.

## Why
Python imports such a folder as a namespace package, so it works. Tools that look for packages on
the disk take it for none: `find_packages()` leaves it out of what is installed, `manage.py test`
passes over its tests, and mypy and pytest may know its modules by other names than the code does.

## Instead
Add an empty `__init__.py`. Where namespace packages are meant, say so to the tools:
`find_namespace_packages()`, `namespace-packages = [...]` for ruff.

## References
- https://docs.python.org/3/reference/import.html#namespace-packages
- https://setuptools.pypa.io/en/latest/userguide/package_discovery.html
- https://docs.astral.sh/ruff/rules/implicit-namespace-package/
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "PKG002",
    "package-without-init",
    on=Application,
    severities=(Severity.INFO, Severity.WARNING),
    tags=("packages", "python", "hygiene"),
    equivalents=("INP001",),
)
def check(application: Application) -> Iterator[Finding]:
    for bare in application.bare_packages:
        yield application.finding(
            bare.place,
            f"{bare.folder} has no `__init__.py`, though the package {bare.regular} is around it",
            because=bare.because,
            severity=Severity.WARNING if bare.overlooked else Severity.INFO,
            key=bare.folder,
        )
