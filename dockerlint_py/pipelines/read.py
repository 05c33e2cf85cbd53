"""From a file to its jobs."""

from collections.abc import Iterator

from dockerlint_py.context.pipeline_files import PipelineKind, pipeline_kind
from dockerlint_py.pipelines.model import Cache, Job, Pipeline, Setting, Step
from dockerlint_py.pipelines.nodes import (
    child,
    entries,
    items,
    listed,
    scripts,
    setting,
    settings,
)
from dockerlint_py.text import LogicalText, Source
from dockerlint_py.yaml import MappingNode, Node, parse

GITLAB_KEYWORDS = frozenset(
    "after_script before_script cache component default image include pages services spec stages "
    "types variables workflow".split()
)
"""Top-level keys that are no jobs: https://docs.gitlab.com/ci/yaml/."""

_CACHE_ACTIONS = ("actions/cache@", "actions/cache/restore@", "actions/cache/save@")


def read_pipeline(source: Source) -> Pipeline | None:
    """The pipeline in a file; None when it is none, or cannot be read."""
    kind = pipeline_kind(source.path)
    parsed = parse(source)
    if kind is None or parsed.problems or not parsed.documents:
        return None
    root = parsed.documents[-1].root
    if not isinstance(root, MappingNode):
        return None
    if kind is PipelineKind.GITHUB:
        return Pipeline(source, kind, tuple(_github(root)), is_open=False)
    return Pipeline(source, kind, tuple(_gitlab(root)), "include" in entries(root))


def _github(root: Node) -> Iterator[Job]:
    variables = settings(child(root, "env"))
    for name, entry in entries(child(root, "jobs")).items():
        job = entry.value
        steps = tuple(_step(each) for each in items(child(job, "steps")))
        runner = child(job, "runs-on")
        labels = child(runner, "labels") if isinstance(runner, MappingNode) else runner
        yield Job(
            name,
            entry.key.place,
            tuple(step.run for step in steps if step.run is not None),
            {**variables, **settings(child(job, "env"))},
            tuple(_cache_of(step) for step in steps if _is_cache(step)),
            steps,
            listed(labels),
        )


def _step(node: Node) -> Step:
    run = next(scripts(child(node, "run")), None)
    inputs = settings(child(node, "with"))
    return Step(setting(child(node, "uses")), inputs, run, settings(child(node, "env")))


def _is_cache(step: Step) -> bool:
    return step.uses is not None and step.uses.value.startswith(_CACHE_ACTIONS)


def _cache_of(step: Step) -> Cache:
    """A use of `actions/cache`, whose paths are the lines of one text."""
    assert step.uses is not None
    given = step.inputs.get("path")
    lines = given.value.split("\n") if given is not None else []
    paths = tuple(Setting(line.strip(), given.place) for line in lines if given and line.strip())
    return Cache(paths, step.inputs.get("key"), (), step.uses.place)


def _gitlab(root: Node) -> Iterator[Job]:
    variables = settings(child(root, "variables"))
    for name, entry in entries(root).items():
        if name in GITLAB_KEYWORDS or name.startswith(".") or not entries(entry.value):
            continue
        chain = _with_bases(root, entry.value)
        own = {}
        for node in reversed(chain):
            own.update(settings(child(node, "variables")))
        found = (*chain, child(root, "default"), root)
        cache = _first(found, "cache")
        yield Job(
            name,
            entry.key.place,
            tuple(_commands(found)),
            {**variables, **own},
            tuple(_gitlab_cache(each) for each in items(cache)),
            runner=listed(_first(found, "tags")),
            services=tuple(_services(_first(found, "services"))),
        )


def _with_bases(root: Node, job: Node) -> tuple[Node, ...]:
    """A job and those that it `extends`, the nearest first, each once."""
    chain: dict[int, Node] = {}
    todo: list[Node] = [job]
    while todo:
        node = todo.pop()
        if id(node) in chain:
            continue
        chain[id(node)] = node
        bases = (child(root, name.value) for name in listed(child(node, "extends")))
        todo += [base for base in bases if base is not None]
    return tuple(chain.values())


def _first(nodes: tuple[Node | None, ...], key: str) -> Node | None:
    found = (child(node, key) for node in nodes)
    return next((node for node in found if node is not None), None)


def _commands(nodes: tuple[Node | None, ...]) -> Iterator[LogicalText]:
    for key in ("before_script", "script", "after_script"):
        yield from scripts(_first(nodes, key))


def _services(node: Node | None) -> Iterator[Setting]:
    for item in items(node):
        name = setting(child(item, "name") if isinstance(item, MappingNode) else item)
        if name is not None:
            yield name


def _gitlab_cache(node: Node) -> Cache:
    key = child(node, "key")
    locked = listed(child(key, "files"))
    return Cache(listed(child(node, "paths")), setting(key), locked, node.place)
