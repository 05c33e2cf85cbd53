"""The folder that modules are imported from is made a package by an `__init__.py`.

## Why
Tools that look for the root of a project climb as long as they find an `__init__.py`. `fastapi run`
and pytest then put the folder above on `sys.path`: absolute imports fail there, or a module that is
imported by both names exists twice, with a state each.

## Instead
Delete the file. The packages below keep theirs.

## References
- https://docs.pytest.org/en/stable/explanation/pythonpath.html
- https://fastapi.tiangolo.com/fastapi-cli/
"""

from collections.abc import Iterator

from dockerlint_py.api import Application, Finding, Severity, rule


@rule(
    "PKG001",
    "root-package-init",
    on=Application,
    severities=(Severity.WARNING,),
    tags=("packages", "python", "hygiene"),
)
def check(application: Application) -> Iterator[Finding]:
    for root in application.root_packages:
        yield application.finding(
            root.place,
            f"{root.path} makes a package of the folder that modules are imported from",
            because=(root.searched,),
            key=root.path,
        )
