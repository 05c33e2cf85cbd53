"""Pipelines of GitHub Actions and GitLab CI: jobs, their commands, variables and caches."""

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
