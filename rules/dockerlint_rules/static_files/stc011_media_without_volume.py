"""Uploaded files are stored in the container itself, and are lost with it.

## Why
What is written to `MEDIA_ROOT`, or to Flask's `UPLOAD_FOLDER`, goes into the layer of the one
container. Each deployment makes a new container, without the files that users uploaded, and other
containers never see them.

## Instead
Mount a volume at `MEDIA_ROOT`, in the worker as well if it handles uploads, or keep the files in an
object storage with django-storages.

## References
- https://docs.djangoproject.com/en/stable/ref/settings/#media-root
- https://docs.docker.com/engine/storage/volumes/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "STC011",
    "media-without-volume",
    on=Container,
    given="is_service",
    severities=(Severity.WARNING,),
    role="prod",
    tags=("static-files", "compose", "python", "data-loss"),
)
def check(container: Container) -> Iterator[Finding]:
    for lost in container.static.lost_uploads:
        yield container.finding(
            container.place,
            f"uploads to {lost.folder} are lost with the container: no volume is mounted there",
            because=lost.because,
            key=lost.folder,
        )
