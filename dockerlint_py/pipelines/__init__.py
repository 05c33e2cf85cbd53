"""Pipelines of GitHub Actions and GitLab CI: jobs, their commands, variables and caches."""

from dockerlint_py.pipelines.model import Cache, Job, Pipeline, PipelineKind, Setting, Step
from dockerlint_py.pipelines.read import pipeline_kind, read_pipeline

__all__ = [
    "Cache",
    "Job",
    "Pipeline",
    "PipelineKind",
    "Setting",
    "Step",
    "pipeline_kind",
    "read_pipeline",
]
