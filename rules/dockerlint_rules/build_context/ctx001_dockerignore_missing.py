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

from dockerlint_py.api import Dockerfile, Finding, Severity, rule


@rule(
    "CTX001",
    "dockerignore-missing",
    on=Dockerfile,
    severities=(Severity.WARNING,),
    tags=("build-context", "dockerfile", "build"),
)
def check(dockerfile: Dockerfile) -> Iterator[Finding]:
    for build in dockerfile.builds:
        if not build.copies_are_known:
            return
        taking = next((t for t in build.takings if t.takes_source_folders), None)
        if build.has_dockerignore is False and taking is not None:
            leaks = ", ".join(taking.class_texts().values())
            yield dockerfile.finding(
                taking.place,
                "the build context has no .dockerignore"
                + (f": the image gets {leaks}" if leaks else ""),
                because=(build.context_fact,),
            )
            return
