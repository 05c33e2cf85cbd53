"""Builds of images that start from nothing in every run of a pipeline."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.context.pipeline_files import PipelineKind
from dockerlint_py.facts import Known
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.context import BuildCommand
    from dockerlint_py.model.repository import Repository
    from dockerlint_py.pipelines import Job, Pipeline

_HOSTED = regex(r"(?:ubuntu|windows|macos)-(?:latest|[\d.]+)(?:-\w+)?")
"""The labels of GitHub's own runners, each of which is new: https://docs.github.com/actions."""
_OTHER_BUILDERS = ("depot/", "namespacelabs/", "useblacksmith/", "docker-layer-caching")
_OTHER_DRIVERS = ("remote", "cloud", "kubernetes")
_FRESH_DOCKER = "dind"


class UncachedBuild(NamedTuple):
    """A build, and the installation that it repeats."""

    place: Place
    installs: Known[str]


def uncached_builds_of(repository: "Repository") -> Iterator[UncachedBuild]:
    """The builds on runners that are thrown away, without layers of earlier builds."""
    pipelines = {pipeline.source.path: pipeline for pipeline in repository.delivery.pipelines}
    for command in repository.commands.builds:
        pipeline = pipelines.get(command.place.path)
        if pipeline is None or command.has_cache:
            continue
        job = _job_at(pipeline, command.place)
        installs = _installs(repository, command)
        if job is not None and installs is not None and _is_thrown_away(pipeline, job):
            yield UncachedBuild(command.place, installs)


def _job_at(pipeline: "Pipeline", place: Place) -> "Job | None":
    before = [job for job in pipeline.jobs if job.place.span.start <= place.span.start]
    return max(before, key=lambda job: job.place.span.start, default=None)


def _installs(repository: "Repository", command: "BuildCommand") -> Known[str] | None:
    """The first installation of the Dockerfile that is built."""
    if not isinstance(command.dockerfile, Known):
        return None
    path = repository.snapshot.resolve(command.dockerfile.value)
    for dockerfile in repository.dockerfiles:
        if dockerfile.path == path:
            for stage in dockerfile.stages:
                for install in stage.installs:
                    return install.invocation.fact()
    return None


def _is_thrown_away(pipeline: "Pipeline", job: "Job") -> bool:
    """Whether nothing of a run is left for the next one, as far as that is known."""
    if pipeline.kind is PipelineKind.GITLAB:
        fresh = any(_FRESH_DOCKER in image.value for image in job.services)
        return fresh and not job.runner and not pipeline.is_open
    for step in job.steps:
        uses = step.uses.value if step.uses is not None else ""
        driver = step.inputs.get("driver")
        if any(word in uses for word in _OTHER_BUILDERS):
            return False
        if "endpoint" in step.inputs or (driver is not None and driver.value in _OTHER_DRIVERS):
            return False
    return bool(job.runner) and all(_HOSTED.fullmatch(label.value) for label in job.runner)
