"""The language or service in the base image is past its end of life.

## Why
After its end of life a release gets no security fixes, and new versions of packages stop supporting
it. The image still builds, so nobody notices.

## Instead
Move to a release that is supported. The message names the newest one that this tool knows.

## References
- https://devguide.python.org/versions/
- https://endoflife.date/
"""

from collections.abc import Iterator
from typing import NamedTuple

from dockerlint_py.api import Container, Finding, Known, Security, Severity, rule


class Options(NamedTuple):
    """What the rule can be told.

    months_ahead: how many months before the end of life a first remark is made
    """

    months_ahead: int = 6


@rule(
    "IMG001",
    "eol-python",
    on=Container,
    severities=(Severity.WARNING, Severity.ERROR, Severity.INFO),
    options=Options,
    tags=("base-image", "dockerfile", "compose", "security"),
    security=Security(1104, 5.3),
)
def check(container: Container, options: Options) -> Iterator[Finding]:
    today = container.repository.today
    for base in container.bases:
        end = base.software_end
        if not isinstance(end, Known):
            continue
        release, months = end.value, end.value.months_past(today)
        if release.is_past(today):
            message = f"{release.title} has had no security fixes since {release.last}"
            severity = Severity.ERROR if months >= 12 else Severity.WARNING
        elif months >= -options.months_ahead:
            message = f"{release.title} gets its last security fixes on {release.last}"
            severity = Severity.INFO
        else:
            continue
        newest = release.newest(today)
        if newest is not None:
            message += f"; {newest.title} is supported until {newest.last}"
        yield container.finding(
            base.place, message, because=(end,), severity=severity, key=release.product
        )
