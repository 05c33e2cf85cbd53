"""The code imports a module that the Python of the image no longer has.

## Why
Python 3.12 dropped `distutils`, `imp`, `asyncore` and others, Python 3.13 `cgi`, `telnetlib` and
seventeen more; the images ship no setuptools since 3.12. The application fails when it is imported.

## Instead
Replace the module, or lock a distribution that brings it: `setuptools` for `distutils` and
`pkg_resources`, `legacy-cgi`, `standard-telnetlib`.

## References
- https://peps.python.org/pep-0594/
- https://peps.python.org/pep-0632/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "DEP019",
    "stdlib-removed-in-image-python",
    on=Container,
    severities=(Severity.ERROR,),
    tags=("dependencies", "python", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for removed in container.dependencies.removed_imports:
        yield container.finding(
            removed.place,
            f"the image's Python {removed.python} has no {removed.module}, and nothing installs "
            "it: this import fails",
            because=removed.facts,
            key=removed.module,
        )
