"""The tasks of a Taskfile (https://taskfile.dev), as far as their commands are written there."""

from collections.abc import Iterator

from dockerlint_py.pipelines.nodes import child, entries, items, target
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Source
from dockerlint_py.text.regex import regex
from dockerlint_py.yaml import MappingNode, Node, ScalarNode, parse

TASKFILE = regex(r"(?i:taskfile)[\w.-]*\.ya?ml")


class Task(NamedTuple):
    """The commands of a task, the names of the tasks that it calls, and what it runs at its end."""

    commands: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    deferred: tuple[str, ...] = ()


def read_tasks(source: Source) -> dict[str, Task]:
    """The tasks of a file by name; none when it cannot be read."""
    parsed = parse(source)
    if parsed.problems or not parsed.documents:
        return {}
    tasks = child(parsed.documents[-1].root, "tasks")
    return {name: _task(entry.value) for name, entry in entries(tasks).items()}


def _task(node: Node) -> Task:
    real = target(node)
    listed = [child(real, key) for key in ("cmds", "cmd", "deps")]
    if not isinstance(real, MappingNode):
        listed = [real]
    steps = [step for each in listed for step in items(each)]
    kinds: dict[str, list[str]] = {"cmd": [], "task": [], "defer": []}
    for step in steps:
        for kind, text in _texts(step):
            kinds[kind].append(text)
    names = items(child(real, "deps")) if isinstance(real, MappingNode) else ()
    calls = [each.value for each in names if isinstance(each, ScalarNode)]
    return Task(tuple(kinds["cmd"]), (*kinds["task"], *calls), tuple(kinds["defer"]))


def _texts(step: Node) -> Iterator[tuple[str, str]]:
    """What a step is: a command, a call of a task, or something for the end."""
    if isinstance(step, ScalarNode):
        yield "cmd", step.value
    for kind in ("cmd", "task", "defer"):
        value = child(step, kind) if isinstance(step, MappingNode) else None
        if isinstance(value, ScalarNode):
            yield kind, value.value
