"""The pipelines of a repository, and what is amiss in them."""

from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.context.pipeline_files import pipeline_kind
from dockerlint_py.text import Source

if TYPE_CHECKING:
    from dockerlint_py.model.delivery.pipeline_caches import UselessCache
    from dockerlint_py.model.delivery.uncached_builds import UncachedBuild
    from dockerlint_py.model.repository import Repository
    from dockerlint_py.pipelines import Pipeline


class Delivery:
    """What rules ask about pipelines; they are read when the first one asks."""

    def __init__(self, repository: "Repository") -> None:
        self._repository = repository
        self._read: tuple[Pipeline, ...] = ()

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The files that GitHub Actions or GitLab CI may run."""
        return tuple(filter(pipeline_kind, self._repository.audited_paths((".yml", ".yaml"))))

    @cached_property
    def pipelines(self) -> "tuple[Pipeline, ...]":
        """Those of them that can be read."""
        if not self.paths:
            return ()
        from dockerlint_py.pipelines import read_pipeline

        sources = (self._repository.snapshot.text(path) for path in self.paths)
        read = (read_pipeline(source) for source in sources if source is not None)
        self._read = tuple(pipeline for pipeline in read if pipeline is not None)
        return self._read

    @property
    def sources_read(self) -> tuple[Source, ...]:
        """The files of the pipelines that were read so far."""
        return tuple(pipeline.source for pipeline in self._read)

    @property
    def useless_caches(self) -> "tuple[UselessCache, ...]":
        """The caches that keep nothing, or the wrong thing."""
        from dockerlint_py.model.delivery.pipeline_caches import useless_caches_of

        return tuple(useless_caches_of(self._repository))

    @property
    def uncached_builds(self) -> "tuple[UncachedBuild, ...]":
        """The builds that start from nothing."""
        from dockerlint_py.model.delivery.uncached_builds import uncached_builds_of

        return tuple(uncached_builds_of(self._repository))
