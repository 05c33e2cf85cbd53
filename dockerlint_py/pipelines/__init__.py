"""Pipelines of GitHub Actions and GitLab CI: jobs, commands, variables, caches; Taskfiles."""

from dockerlint_py.pipelines.model import Cache, Job, Pipeline, Setting, Step
from dockerlint_py.pipelines.read import read_pipeline

__all__ = [
    "Cache",
    "Job",
    "Pipeline",
    "Setting",
    "Step",
    "read_pipeline",
]
