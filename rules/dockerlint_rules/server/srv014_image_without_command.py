"""The image has no command of its own: it starts the base image's prompt.

## Why
Without CMD and ENTRYPOINT an image inherits those of its base. `docker run` of an image on `python`
opens an interactive prompt, and ends at once where there is no terminal: nobody learns from the
image how the application is started.

## Instead
Write the usual command as CMD; whoever needs another one can still give it.

## References
- https://docs.docker.com/reference/dockerfile/#cmd
"""

from collections.abc import Iterator

from dockerlint_py.api import Build, Finding, Severity, rule


@rule(
    "SRV014",
    "image-without-command",
    on=Build,
    severities=(Severity.WARNING, Severity.INFO),
    role="prod",
    tags=("server", "dockerfile", "start-up"),
)
def check(build: Build) -> Iterator[Finding]:
    prompt = build.prompt_of_base
    if prompt is not None:
        yield build.finding(
            build.place,
            f"no CMD or ENTRYPOINT: the image starts `{prompt.value.text}`, as its base does",
            because=(prompt,),
            severity=Severity.INFO if build.is_given_commands else Severity.WARNING,
        )
