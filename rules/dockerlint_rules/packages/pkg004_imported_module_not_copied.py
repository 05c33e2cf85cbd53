"""The code of a container imports a module that nobody copies into its image.

## Why
A Dockerfile that names each folder it copies has to be kept in step with the imports. When the code
begins to use a new package at the top of the project, all works for developers and in tests, where
the whole project is there, and the container ends with `ModuleNotFoundError`.

## Instead
Copy the folder as well, or copy the whole project and leave out what is not needed with a
`.dockerignore`.

## References
- https://docs.python.org/3/tutorial/modules.html#the-module-search-path
- https://docs.docker.com/reference/dockerfile/#copy
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "PKG004",
    "imported-module-not-copied",
    on=Container,
    given="may_run_code",
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("packages", "python", "dockerfile", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for missing in container.uncopied_modules:
        yield container.finding(
            missing.place,
            f"{missing.file} is not copied into the image: the import fails",
            because=missing.because,
            severity=Severity.ERROR if missing.is_at_start else Severity.WARNING,
            key=missing.module,
        )
