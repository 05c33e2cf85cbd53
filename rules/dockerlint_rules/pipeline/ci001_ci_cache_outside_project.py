"""A cache of the pipeline keeps nothing, or something that is out of date.

## Why
GitLab keeps folders of the project alone, while pip, Poetry and uv write to the home folder unless
a variable says otherwise: such a cache is always empty. A virtual environment that is kept under a
key without the lock file outlives its dependencies. `PIP_NO_CACHE_DIR` turns pip's cache off
whatever its value is, `0` and `false` included.

## Instead
Set `PIP_CACHE_DIR` to `$CI_PROJECT_DIR/.cache/pip` and keep that folder; on GitHub, give
`actions/setup-python` a `cache: pip`. Make the lock file a part of the key.

## References
- https://docs.gitlab.com/ci/caching/
- https://github.com/actions/setup-python#caching-packages-dependencies
"""

from collections.abc import Iterator

from dockerlint_py.api import Finding, Repository, Severity, rule


@rule(
    "CI001",
    "ci-cache-outside-project",
    on=Repository,
    given="has_pipelines",
    severities=(Severity.WARNING,),
    tags=("pipeline", "ci", "performance"),
)
def check(repository: Repository) -> Iterator[Finding]:
    for cache in repository.delivery.useless_caches:
        yield repository.finding(cache.place, cache.message, because=cache.because, key=cache.key)
