"""The container executes a script that cannot be executed.

## Why
COPY keeps the mode that a file has in git. Without the executable bit the container ends with
"permission denied"; with the line endings of Windows, or an interpreter that the image lacks, with
"no such file or directory", although the script is there.

## Instead
`COPY --chmod=755 entrypoint.sh /`, or `git update-index --chmod=+x entrypoint.sh`. Keep line feeds
in the repository (`*.sh text eol=lf` in `.gitattributes`), and write `#!/bin/sh` for images without
bash.

## References
- https://docs.docker.com/reference/dockerfile/#copy---chmod
- https://man7.org/linux/man-pages/man2/execve.2.html
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "PKG005",
    "entrypoint-not-runnable",
    on=Container,
    severities=(Severity.ERROR,),
    tags=("packages", "dockerfile", "compose", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for script in container.unrunnable_scripts:
        yield container.finding(
            script.place,
            f"{script.path} cannot be executed: {script.why}",
            because=script.because,
            key=script.path,
        )
