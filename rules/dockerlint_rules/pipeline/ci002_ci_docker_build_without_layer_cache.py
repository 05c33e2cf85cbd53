"""The pipeline builds the image from nothing in every run.

## Why
A runner that is thrown away has no layers of the last build: every run downloads and installs all
dependencies again, however well the Dockerfile is ordered.

## Instead
Take the layers from where the last run left them: `cache-from: type=gha` and
`cache-to: type=gha,mode=max` of `docker/build-push-action`, or `--cache-from type=registry`.

## References
- https://docs.docker.com/build/ci/github-actions/cache/
- https://docs.docker.com/build/cache/backends/
"""

from collections.abc import Iterator

from dockerlint_py.api import Finding, Repository, Severity, rule


@rule(
    "CI002",
    "ci-docker-build-without-layer-cache",
    on=Repository,
    given="has_pipelines",
    severities=(Severity.INFO,),
    profile="strict",
    tags=("pipeline", "ci", "dockerfile", "performance"),
)
def check(repository: Repository) -> Iterator[Finding]:
    for build in repository.delivery.uncached_builds:
        yield repository.finding(
            build.place,
            "no layers of earlier runs are used: each run installs everything again",
            because=(build.installs,),
        )
