"""Files that the application does not need are copied into the image.

## Why
Caches, tests, editor settings and documentation make the image larger and its build cache brittle.
The git history and databases also tell whoever has the image more than they should know.

## Instead
List them in the `.dockerignore` at the root of the build context.

## References
- https://docs.docker.com/build/concepts/context/#dockerignore-files
"""

from collections.abc import Iterator

from dockerlint_py.api import Build, FileClass, Finding, Security, Severity, rule

LEAKS = (FileClass.VERSION_CONTROL, FileClass.DATABASE)
SEEN_BY_OTHERS = (FileClass.ENVIRONMENT, FileClass.SECRET, FileClass.VIRTUAL_ENVIRONMENT)


@rule(
    "CTX003",
    "junk-in-image",
    on=Build,
    severities=(Severity.INFO, Severity.WARNING),
    tags=("build-context", "dockerfile", "hygiene"),
    security=Security(538, 4.3),
    yields_to=("CFG006", "CTX001"),
)
def check(build: Build) -> Iterator[Finding]:
    if build.is_for_developers:
        return
    for taking in build.takings:
        junk = taking.class_texts()
        for kind in SEEN_BY_OTHERS:
            junk.pop(kind, None)
        if taking.reads_history:
            junk.pop(FileClass.VERSION_CONTROL, None)
        if not junk:
            continue
        leaks = any(kind in LEAKS for kind in junk)
        yield build.finding(
            taking.place,
            f"the image gets {', '.join(junk.values())}",
            because=(build.context_fact,),
            severity=Severity.WARNING if leaks else Severity.INFO,
        )
