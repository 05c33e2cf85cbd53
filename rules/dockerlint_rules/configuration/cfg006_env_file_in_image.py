"""A file with secrets is copied into the image.

## Why
Everyone who can pull the image can read every file of every layer, also one that a later
instruction deletes. `.env` files, keys and service accounts belong to the environment that runs the
container.

## Instead
Exclude them in the `.dockerignore` (`**/.env*`, `!**/.env.example`), and give the values to the
container: `environment:` and `env_file:` of Compose, or a secret mount for a build step.

## References
- https://docs.docker.com/build/building/secrets/
- https://12factor.net/config
"""

from collections.abc import Iterator

from dockerlint_py.api import Build, FileClass, Finding, Security, Severity, rule

CLASSES = (FileClass.ENVIRONMENT, FileClass.SECRET)


@rule(
    "CFG006",
    "env-file-in-image",
    on=Build,
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("configuration", "dockerfile", "security"),
    security=Security(538, 7.5),
)
def check(build: Build) -> Iterator[Finding]:
    if build.is_for_developers:
        return
    for taking in build.takings:
        for file in taking.of_class(*CLASSES):
            yield build.finding(
                taking.place_of(file.path),
                f"{file.path} is copied into the image: whoever has the image can read it",
                because=(build.context_fact, taking.landing_fact(file.path)),
                key=file.path,
            )
        for leftover in taking.leftovers(FileClass.ENVIRONMENT):
            if taking.expects(leftover):
                yield build.finding(
                    taking.place_of(leftover.path),
                    f"{leftover.path} of a developer's checkout is copied into the image: "
                    "git ignores it, Docker does not",
                    because=(taking.leftover_fact(leftover),),
                    severity=Severity.WARNING,
                    key=leftover.path,
                )
