"""A bind mount hides files of the image that the service needs.

## Why
A bind mount covers all that the image has at its target: a virtual environment that `uv sync` made
in the project folder, or an entry script that the Dockerfile made executable. The container fails
with "executable file not found", "permission denied" or `ModuleNotFoundError`.

## Instead
Keep the environment out of the project folder (`UV_PROJECT_ENVIRONMENT=/opt/venv`), or carve it out
of the mount with a volume of its own: `- /app/.venv`. Make scripts executable in git
(`git update-index --chmod=+x`).

## References
- https://docs.docker.com/engine/storage/bind-mounts/
- https://docs.astral.sh/uv/guides/integration/docker/#mounting-the-project-with-docker-run
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "CMP003",
    "bind-mount-hides-image-files",
    on=Container,
    given="is_service",
    severities=(Severity.ERROR,),
    tags=("compose", "dockerfile", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for hidden in container.hidden_files:
        yield container.finding(
            hidden.mount.place,
            f"the mount hides {hidden.path} of the image: {hidden.consequence}",
            because=(hidden.mount.fact, *hidden.because),
            key=hidden.path,
        )
