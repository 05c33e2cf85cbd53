"""Code or environment changes where Python looks for the project's own modules.

## Why
A changed `sys.path` holds for those programs only that ran the change first: a worker, a migration
or a test that is started another way fails with `ModuleNotFoundError`. A folder of a package on the
path lets its modules be imported by two names, which are two modules with a state each. Python
passes over entries that do not exist, so a mistake in one is not reported.

## Instead
Start programs in the folder that the packages are in, and import from there: `from src.core import
settings`. A project with a `src` folder can be installed, or have that one folder in PYTHONPATH.

## References
- https://docs.python.org/3/library/sys_path_init.html
- https://docs.python.org/3/using/cmdline.html#envvar-PYTHONPATH
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "PKG003",
    "pythonpath-hack",
    on=Application,
    severities=(Severity.INFO, Severity.WARNING),
    tags=("packages", "python", "dockerfile", "hygiene"),
)
def check(application: Application) -> Iterator[Finding]:
    for hack in application.import_hacks:
        yield application.finding(
            hack.place,
            hack.message,
            because=hack.because,
            severity=hack.severity,
            key=hack.key,
        )
