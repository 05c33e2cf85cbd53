"""Folders of the project are copied into the image without a .dockerignore.

## Why
Everything in the build context is sent to the builder and copied along: the git history, caches,
virtual environments, `.env` files. The image grows, secrets leak into it, and every change of any
of those files throws away the build cache.

## Instead
Put a `.dockerignore` at the root of the build context. Patterns are anchored there, so write `**/`
in front of names that occur in every folder.

## References
- https://docs.docker.com/build/concepts/context/#dockerignore-files
"""

from collections.abc import Iterator

from dockerlint_py.api import Build, Finding, Severity, rule


@rule(
    "CTX001",
    "dockerignore-missing",
    on=Build,
    severities=(Severity.WARNING,),
    tags=("build-context", "dockerfile", "build"),
)
def check(build: Build) -> Iterator[Finding]:
    if build.has_dockerignore is not False:
        return
    for taking in build.takings:
        if taking.takes_source_folders:
            leaks = ", ".join(taking.class_texts().values())
            yield build.finding(
                taking.place,
                "the build context has no .dockerignore"
                + (f": the image gets {leaks}" if leaks else ""),
                because=(build.context_fact,),
            )
            return
