"""Whether a platform that runs several containers of an image is told about it here."""

import re
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known
from dockerlint_py.model.image.purpose import PLATFORM_FILES
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.compose import Service
    from dockerlint_py.context import Snapshot

_FILES = frozenset(
    (
        *PLATFORM_FILES,
        *("Chart.yaml", "kustomization.yaml", "kustomization.yml", "skaffold.yaml", "app.yaml"),
        *("Dockerrun.aws.json", "task-definition.json", "taskdef.json", "helmfile.yaml"),
        *("cloudbuild.yaml", "azure.yaml", "captain-definition", "copilot"),
    )
)
_FOLDERS = ("k8s", "kubernetes", "helm", "kustomize")
_WORKLOAD = regex(r"^kind:[ \t]*[\"']?(?:Deployment|StatefulSet|Rollout|Service)\b", re.MULTILINE)
_MAX_YAML = 300


def platform_of(snapshot: "Snapshot") -> str | None:
    """A file or folder for Kubernetes, ECS, Fly and the like; None when there is none."""
    read = 0
    for folder, entries in snapshot.folders():
        for name in entries:
            path = f"{folder}/{name}".strip("/")
            if name in _FILES or name in _FOLDERS:
                return path
            if name.endswith((".yaml", ".yml")) and read < _MAX_YAML:
                read += 1
                source = snapshot.text(path)
                if source is not None and _WORKLOAD.search(source.text):
                    return path
    return None


def is_limited(service: "Service") -> Known[str] | None:
    """The limit of CPUs or memory that Compose sets for a service."""
    from dockerlint_py.compose import Mapping

    deploy = service.get("deploy")
    resources = deploy.get("resources") if isinstance(deploy, Mapping) else None
    limits = resources.get("limits") if isinstance(resources, Mapping) else None
    values = [service.get("cpus"), service.get("mem_limit"), service.get("cpuset")]
    if isinstance(limits, Mapping):
        values += [limits.get("cpus"), limits.get("memory")]
    for value in values:
        if value is not None:
            return Known("limit", (value.place,), says=f"{service.name} has a limit of resources")
    return None


def is_replicated(service: "Service | None") -> bool | None:
    """Whether several containers of a service run; None when that is not known."""
    if service is None:
        return False
    replicas: Fact[int | None] = service.replicas
    return (replicas.value or 1) > 1 if isinstance(replicas, Known) else None
