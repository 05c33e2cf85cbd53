"""The .dockerignore keeps out a file that the build or the application needs.

## Why
What `.dockerignore` excludes is not in the build context: a COPY of it fails, and a COPY of the
folder around it leaves it out without a word. Migrations that way are tracked by git and missing in
production.

## Instead
Add an exception after the pattern: `!path/of/the/file`.

## References
- https://docs.docker.com/build/concepts/context/#negating-matches
"""

from collections.abc import Iterator

from dockerlint_py.api import Build, Finding, Severity, rule


@rule(
    "CTX005",
    "dockerignore-excludes-needed",
    on=Build,
    severities=(Severity.ERROR,),
    tags=("build-context", "dockerfile", "build"),
)
def check(build: Build) -> Iterator[Finding]:
    for needed in build.ignored_needs:
        yield build.finding(
            needed.pattern,
            f"this keeps {needed.path} out of the build context, but {needed.reason}",
            because=needed.facts,
            key=needed.path,
        )
