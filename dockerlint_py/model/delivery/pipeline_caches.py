"""Caches of pipelines that keep nothing, or the wrong thing."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.context.pipeline_files import PipelineKind
from dockerlint_py.facts import Known
from dockerlint_py.manifests.installers import InstallCommand, installer
from dockerlint_py.record import NamedTuple
from dockerlint_py.shell import split, unwrap
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.repository import Repository
    from dockerlint_py.pipelines import Cache, Job, Pipeline, Setting, Step

TOOLS = {
    "PIP_CACHE_DIR": regex(r"(?:.*/)?(?:\.?cache/pip|\.?pip[-_]?cache)(?:/.*)?"),
    "POETRY_CACHE_DIR": regex(r"(?:.*/)?(?:\.?cache/pypoetry|\.?poetry[-_]?cache)(?:/.*)?"),
    "PIPENV_CACHE_DIR": regex(r"(?:.*/)?(?:\.?cache/pipenv|\.?pipenv[-_]?cache)(?:/.*)?"),
    "UV_CACHE_DIR": regex(r"(?:.*/)?(?:\.?cache/uv|\.?uv[-_]?cache)(?:/.*)?"),
}
"""The variable that moves the cache of an installer, and how folders for it are called."""

_ENVIRONMENTS = regex(r"(?:\./|\$CI_PROJECT_DIR/|\$\{CI_PROJECT_DIR\}/)?\.?venv/?(?:\*\*/?)?")
_PROJECT = regex(r"(?:\$CI_PROJECT_DIR|\$\{CI_PROJECT_DIR\})/?")
_OUTSIDE = ("/", "~", "$HOME", "${HOME}")
_LOCKS = ("hashFiles", "lock", "requirements", "checksum", "pyproject")
_MOVED = ("XDG_CACHE_HOME", "--cache-dir", "cache-dir")
_OWN_CACHE = ("actions/cache", "cache-pip", "setup-uv", "cached-python", "buildjet/cache")


class UselessCache(NamedTuple):
    """What is amiss, in words, and what it is about."""

    place: Place
    message: str
    because: tuple[Known[Any], ...]
    key: str


def useless_caches_of(repository: "Repository") -> Iterator[UselessCache]:
    """The caches of all pipelines that do not do what they are meant to."""
    for pipeline in repository.delivery.pipelines:
        yield from _disabled(pipeline)
        yield from _unlocked(pipeline)
        if pipeline.kind is PipelineKind.GITHUB:
            yield from _uncached(pipeline)
        elif not pipeline.is_open:
            yield from _misplaced(pipeline)


def _disabled(pipeline: "Pipeline") -> Iterator[UselessCache]:
    """`PIP_NO_CACHE_DIR`, whatever its value is, beside a cache for pip."""
    for job in pipeline.jobs:
        switch = job.variables.get("PIP_NO_CACHE_DIR")
        kept = next((place for place in _kept_for_pip(job)), None)
        if switch is not None and switch.value and kept is not None:
            fact = Known("pip", (kept,), says=f"{job.name} keeps the cache of pip")
            message = "PIP_NO_CACHE_DIR keeps pip from filling the cache that the job keeps"
            yield UselessCache(switch.place, message, (fact,), "PIP_NO_CACHE_DIR")


def _kept_for_pip(job: "Job") -> Iterator[Place]:
    for cache in job.caches:
        yield from (path.place for path in cache.paths if TOOLS["PIP_CACHE_DIR"].match(path.value))
    for step in job.steps:
        wanted = step.inputs.get("cache")
        if _is_python(step) and wanted is not None and wanted.value == "pip":
            yield wanted.place


def _unlocked(pipeline: "Pipeline") -> Iterator[UselessCache]:
    """Virtual environments that are kept under a key which no lock file changes."""
    for job in pipeline.jobs:
        for cache in job.caches:
            environment = next((p for p in cache.paths if _ENVIRONMENTS.fullmatch(p.value)), None)
            if environment is None or not _is_fixed(cache):
                continue
            message = f"{environment.value} is kept although its dependencies may have changed"
            says = f"its key is {cache.key.value}" if cache.key else "it has no key"
            place = cache.key.place if cache.key else cache.place
            fact = Known(says, (place,), says=says)
            yield UselessCache(environment.place, message, (fact,), f"{job.name}: key")


def _is_fixed(cache: "Cache") -> bool:
    """Whether no lock file has a part in the key; a key of GitHub is filled in by other steps."""
    if cache.locked:
        return False
    if cache.key is None:
        return True
    text = cache.key.value.lower()
    computed = "steps." in text or "outputs." in text or "needs." in text or "env." in text
    return not computed and not any(word.lower() in text for word in _LOCKS)


def _misplaced(pipeline: "Pipeline") -> Iterator[UselessCache]:
    """Caches of installers in GitLab, which keeps nothing but folders of the project."""
    text = pipeline.source.text
    if any(word in text for word in _MOVED):
        return
    for job in pipeline.jobs:
        for cache in job.caches:
            for path in cache.paths:
                for variable, names in TOOLS.items():
                    if names.fullmatch(path.value.rstrip("/")):
                        yield from _kept_elsewhere(pipeline, job, path, variable)
        yield from _not_kept(job)


def _kept_elsewhere(
    pipeline: "Pipeline", job: "Job", path: "Setting", variable: str
) -> Iterator[UselessCache]:
    """A folder that is kept and that the installer does not use."""
    if path.value.startswith(_OUTSIDE) and not _PROJECT.match(path.value):
        message = f"GitLab does not keep {path.value}: it is outside of the project"
        yield UselessCache(path.place, message, (), path.value)
        return
    given = job.variables.get(variable)
    if given is None:
        if variable not in pipeline.source.text:
            message = f"nothing is in {path.value}, for {variable} is not set to it"
            yield UselessCache(path.place, message, (), path.value)
    elif given.value.startswith(_OUTSIDE) and not _PROJECT.match(given.value):
        fact = Known(given.value, (given.place,), says=f"{variable} is {given.value}")
        message = f"nothing is in {path.value}, for {variable} names another folder"
        yield UselessCache(path.place, message, (fact,), path.value)


def _not_kept(job: "Job") -> Iterator[UselessCache]:
    """A folder of the project that an installer uses and that is not kept."""
    kept = [_PROJECT.sub("", path.value).strip("./") for c in job.caches for path in c.paths]
    for variable in TOOLS:
        given = job.variables.get(variable)
        if given is None or not _PROJECT.match(given.value):
            continue
        folder = _PROJECT.sub("", given.value).strip("./")
        dynamic = "$" in folder or any("$" in path or "*" in path for path in kept)
        is_kept = any(f"{folder}/".startswith(f"{path}/") for path in kept)
        if not dynamic and not is_kept and _uses(job, variable):
            message = f"no `cache` keeps {given.value}: it is empty in every job"
            yield UselessCache(given.place, message, (), variable)


def _uses(job: "Job", variable: str) -> bool:
    tool = variable.partition("_")[0].lower()
    return any(command.tool == tool for command in _installs(job))


def _uncached(pipeline: "Pipeline") -> Iterator[UselessCache]:
    """`actions/setup-python` without `cache` in a job that installs the project's dependencies."""
    for job in pipeline.jobs:
        if any("self-hosted" in label.value or label.dynamic for label in job.runner):
            continue
        actions = [step.uses.value for step in job.steps if step.uses is not None]
        if any(word in action for action in actions for word in _OWN_CACHE) or job.caches:
            continue
        python = next((step for step in job.steps if _is_python(step)), None)
        install = next((c for c in _installs(job) if _is_of_project(c)), None)
        if python is None or python.uses is None or "cache" in python.inputs or install is None:
            continue
        message = f"{job.name} downloads the same distributions in every run: `cache` is not set"
        yield UselessCache(python.uses.place, message, (), job.name)


def _is_python(step: "Step") -> bool:
    return step.uses is not None and step.uses.value.startswith("actions/setup-python@")


def _is_of_project(command: InstallCommand) -> bool:
    """Whether pip installs what the project lists, and not a single tool."""
    return command.tool == "pip" and bool(command.requirement_files or command.local_paths)


def _installs(job: "Job") -> Iterator[InstallCommand]:
    for script in job.scripts:
        for command in split(script).commands:
            found = installer(unwrap(command.words).words) if command.words else None
            if isinstance(found, InstallCommand) and found.installs:
                yield found
