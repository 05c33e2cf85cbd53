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

from dockerlint_py.api import Container, Finding, Known, Packages, Security, Severity, rule


@rule(
    "IMG002",
    "eol-distro",
    on=Container,
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("base-image", "dockerfile", "compose", "build"),
    security=Security(1104, 5.3),
)
def check(container: Container) -> Iterator[Finding]:
    for sources in container.package_sources:
        origin, base = sources.origin, sources.base
        if not isinstance(origin, Known) or origin.value is Packages.ARCHIVE:
            continue
        end, rebuilt = base.system_end, base.is_rebuilt
        severity, because = Severity.WARNING, tuple[Known[Any], ...]()
        if isinstance(end, Known) and end.value.is_past(container.repository.today):
            because = (end,)
            message = f"{end.value.title} has had no security fixes since {end.value.last}"
            if (
                base.has_archived_packages
                and sources.first
                and origin.value is Packages.DISTRIBUTION
            ):
                because, severity = (end, sources.first.fact()), Severity.ERROR
                message += f", and its packages left the mirrors: `{sources.first.name}` fails"
        elif isinstance(rebuilt, Known) and not rebuilt.value:
            because = (rebuilt,)
            message = f"{base.name} is not rebuilt any more: it gets no security fixes"
        if because:
            yield container.finding(base.place, message, because=because, severity=severity)
