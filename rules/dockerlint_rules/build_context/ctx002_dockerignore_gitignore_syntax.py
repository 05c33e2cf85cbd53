"""A .dockerignore pattern is written as for git and matches at the root only.

## Why
Docker anchors every pattern at the root of the build context. `__pycache__` there ignores one
folder, `./__pycache__`, and lets `src/app/__pycache__` through; `.env*` lets `src/.env` through.

## Instead
Write `**/` in front of the name: `**/__pycache__`, `**/.env*`. A leading slash says that the root
is meant.

## References
- https://docs.docker.com/build/concepts/context/#syntax
"""

from collections.abc import Iterator

from dockerlint_py.api import Build, Finding, Severity, rule


@rule(
    "CTX002",
    "dockerignore-gitignore-syntax",
    on=Build,
    severities=(Severity.WARNING, Severity.INFO),
    tags=("build-context", "dockerfile", "build"),
)
def check(build: Build) -> Iterator[Finding]:
    for pattern in build.root_only_patterns:
        yield build.finding(
            pattern.place,
            f"`{pattern.text}` matches at the root of the context only and lets {pattern.example} "
            f"into the image; write `**/{pattern.text}`",
            because=(pattern.copied,),
            severity=Severity.WARNING if pattern.is_likely else Severity.INFO,
            key=pattern.text,
        )
