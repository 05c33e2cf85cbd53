"""An installer's download cache stays in a layer of the image.

## Why
Installers keep what they download for the next time, and in an image there is no next time: the
files only make it larger. A later `rm` does not help, the layer has them already. Where the cache
is mounted instead, it stays out of the image and makes the next build faster.

## Instead
`RUN --mount=type=cache,target=...` with the cache folder of the tool and of the user that runs it;
or switch the cache off; or delete it in the same RUN.

## References
- https://docs.docker.com/build/cache/optimize/#use-cache-mounts
- https://pip.pypa.io/en/stable/topics/caching/
- https://docs.astral.sh/uv/guides/integration/docker/#caching
"""

from collections.abc import Iterator

from dockerlint_py.api import Finding, Severity, Stage, rule


@rule(
    "DEP005",
    "package-cache-in-layer",
    on=Stage,
    severities=(Severity.INFO,),
    tags=("dependencies", "dockerfile", "performance"),
    equivalents=("DL3042",),
)
def check(stage: Stage) -> Iterator[Finding]:
    if not stage.ships or stage.is_for_developers:
        return
    for left in stage.caches_left:
        switch = left.spec.switch
        where = f" at {left.folder}" if left.folder else ""
        yield stage.finding(
            left.install.place,
            f"`{left.install.name}` leaves its cache in this layer: mount a cache{where}"
            + (f", or add {switch}" if switch else ""),
            because=(left.install.fact(),),
            key=left.spec.cache,
        )
