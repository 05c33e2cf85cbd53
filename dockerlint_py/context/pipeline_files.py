"""Which files are pipelines, by their names."""

from enum import Enum


class PipelineKind(Enum):
    """Who runs it."""

    GITHUB = "GitHub Actions"
    GITLAB = "GitLab CI"


def pipeline_kind(path: str) -> PipelineKind | None:
    """Who runs a file; None when it is no pipeline."""
    folder, _, name = path.rpartition("/")
    if not name.endswith((".yml", ".yaml")):
        return None
    if folder.endswith(".github/workflows"):
        return PipelineKind.GITHUB
    return PipelineKind.GITLAB if name.startswith(".gitlab-ci") else None
