"""The distribution in the base image is past its end of life, or the tag is not rebuilt.

## Why
Such an image has security holes that nobody mends any more. Some time after the end the packages
are moved to an archive: then `apt-get update` fails, and the image cannot be built at all.

## Instead
Take a variant on a supported release: `python:3.13-slim-trixie`. To build an old image once more,
point the package sources to the archive of the distribution; then this rule is silent.

## References
- https://wiki.debian.org/LTS
- https://www.debian.org/distrib/archive
- https://github.com/docker-library/official-images/blob/master/library/python
"""

from collections.abc import Iterator
from typing import Any

from dockerlint_py.api import Finding, Known, Packages, Security, Severity, Stage, rule


@rule(
    "IMG002",
    "eol-distro",
    on=Stage,
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("base-image", "dockerfile", "build"),
    security=Security(1104, 5.3),
)
def check(stage: Stage) -> Iterator[Finding]:
    base, sources = stage.base, stage.package_sources
    origin = sources.origin
    if not (stage.names_image and stage.feeds and isinstance(origin, Known)):
        return
    if origin.value is Packages.ARCHIVE:
        return
    end, rebuilt = base.system_end, base.is_rebuilt
    because: tuple[Known[Any], ...]
    if isinstance(end, Known) and end.value.is_past(stage.repository.today):
        because, severity = (end,), Severity.WARNING
        message = f"{end.value.title} has had no security fixes since {end.value.last}"
        first = sources.first
        if base.has_archived_packages and first and origin.value is Packages.DISTRIBUTION:
            because, severity = (end, first.fact()), Severity.ERROR
            message += f", and its packages left the mirrors: `{first.name}` fails"
    elif isinstance(rebuilt, Known) and not rebuilt.value:
        because, severity = (rebuilt,), Severity.WARNING
        message = f"{base.name} is not rebuilt any more: it gets no security fixes"
    else:
        return
    yield stage.finding(stage.image_place, message, because=because, severity=severity)
