"""Lists, caches or build packages stay in a layer of the image.

## Why
Every RUN makes a layer, and a layer is never changed. What a later RUN removes is hidden, but still
stored and pulled: the image gets no smaller.

## Instead
Remove in the same RUN what it has made (`rm -rf /var/lib/apt/lists/*`, `apk add --no-cache`), keep
caches out of the image with `RUN --mount=type=cache`, or build in a stage of its own.

## References
- https://docs.docker.com/build/building/best-practices/#apt-get
- https://docs.docker.com/build/cache/optimize/#use-cache-mounts
"""

from collections.abc import Iterator

from dockerlint_py.api import Finding, Role, Severity, Stage, rule


@rule(
    "STG006",
    "cleanup-in-separate-layer",
    on=Stage,
    severities=(Severity.INFO,),
    tags=("stages", "dockerfile", "hygiene"),
    equivalents=("DL3009", "DL3019"),
)
def check(stage: Stage) -> Iterator[Finding]:
    if any(container.role in (Role.PROD, Role.UNKNOWN) for container in stage.containers):
        for waste in stage.waste:
            yield stage.finding(waste.place, waste.why, because=waste.because, key=waste.key)
