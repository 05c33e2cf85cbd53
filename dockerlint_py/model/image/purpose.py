"""What an image is made for, where that decides whether it has to start something."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.knowledge.stage_names import purposes
from dockerlint_py.manifests import lock_kind, manifest_kind
from dockerlint_py.model.finding import Role
from dockerlint_py.model.image.copies import Copy, Origin
from dockerlint_py.model.programs.command import CommandLine
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.build import Build
    from dockerlint_py.model.image.stage import Stage

BASE_WORDS = frozenset("base common shared parent artifact artifacts export output dist".split())
PROMPTS = ("language", "distribution")
"""Kinds of base images whose own command is an interactive prompt."""

PLATFORM_FILES = (
    "Procfile", "fly.toml", "render.yaml", "heroku.yml", "app.json", "railway.json",
    "railway.toml", "nomad.hcl",
)  # fmt: skip
PLATFORM_FOLDERS = ("k8s", "kubernetes", "helm", "charts", "chart", "kustomize")

_SEPARATORS = regex(r"[._-]+")


def prompt_of_base(build: "Build") -> Known[CommandLine] | None:
    """The prompt that an image with an application starts, because it has no command of its own.

    Images that others build on (`ONBUILD`, `Dockerfile.base`) and those that only carry files or
    tools are not meant to start anything.
    """
    stage = build.stage
    prompt = _inherited(stage)
    if prompt is None or stage.base.facts.kind not in PROMPTS or _is_for_builders(stage):
        return None
    parts = stage.chain
    if any(part.triggers for part in parts) or not any(map(_brings_source, _copies(parts))):
        return None
    return prompt


def is_for_builders(build: "Build") -> bool:
    """Whether an image starts nothing of its own and is there for others to build on."""
    stage = build.stage
    starts_prompt = _inherited(stage) is not None and stage.base.facts.kind in PROMPTS
    return starts_prompt and (_is_for_builders(stage) or any(p.triggers for p in stage.chain))


def is_given_commands(build: "Build") -> bool:
    """Whether whoever runs an image gives it a command, as far as the repository shows.

    Without a Compose service that runs it in production, files of a platform may hold a command.
    """
    developers = (Role.DEV, Role.TEST)
    services = [c for c in build.containers if c.service and c.role not in developers]
    if services:
        return not any(c.process.of_base_image for c in services)
    repository, folders = build.repository, {"", build.path.rpartition("/")[0]}
    return bool(repository.discovered.compose_files) or any(
        repository.snapshot.exists(f"{folder}/{name}".strip("/"))
        for folder in folders
        for name in (*PLATFORM_FILES, *PLATFORM_FOLDERS)
    )


def _inherited(stage: "Stage") -> Known[CommandLine] | None:
    """The command that the image has from its base; None when it has one of its own, or none."""
    found: list[Known[CommandLine]] = []
    for fact in (stage.after.entrypoint.effective, stage.after.command.effective):
        if not isinstance(fact, Known):
            return None
        if fact.value is not None:
            found.append(Known(fact.value, fact.places, fact.confidence, fact.says))
    own = any(line.value.place != stage.base.place for line in found)
    return found[-1] if found and not own else None


def _copies(parts: "tuple[Stage, ...]") -> list[Copy]:
    return [copy for part in parts for copy in part.copies]


def _is_for_builders(stage: "Stage") -> bool:
    *folders, file = stage.path.split("/")
    names = [file, *folders[-1:], *([stage.name] if stage.name else [])]
    words = {word for name in names for word in _SEPARATORS.split(name.lower())}
    return bool(words & BASE_WORDS) or any("build" in purposes(name) for name in names)


def _brings_source(copy: Copy) -> bool:
    """Whether it takes more from the repository than lists of dependencies."""
    if copy.origin not in (Origin.CONTEXT, Origin.STAGE):
        return False
    return any(
        isinstance(source.path, Known)
        and manifest_kind(source.path.value) is None
        and lock_kind(source.path.value) is None
        for source in copy.sources
    )
