"""Commands that throw the volumes of a deployment away."""

from typing import TYPE_CHECKING

from dockerlint_py.pipelines.tasks import TASKFILE, Task, read_tasks
from dockerlint_py.text import Source
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.repository import Repository

_REMOVING = {
    "down": regex(r"\bdown\b[^\n]{0,200}?[ \t\"'](?:-[a-z]{0,3}v|--volumes)\b"),
    "volume": regex(r"\bvolume[ \t]+(?:rm|remove|prune)\b|\b(?:remove_volumes|docker_volume)\b"),
}
"""By a word of the line. `docker system prune --volumes` takes anonymous volumes only."""
_UP = regex(r"\bup\b")
_DETACHED = regex(r"[ \t](?:-d|--detach)\b")


def throws_volumes_away(repository: "Repository") -> bool:
    """Whether something may remove the volumes of a deployment before or after each of its runs."""
    named = (p for p in repository.text_files if TASKFILE.fullmatch(p.rpartition("/")[2]))
    sources = (repository.snapshot.text(path) for path in named)
    passing = tuple(s.path for s in sources if s is not None and _ends_what_it_started(s))
    return any(repository.says(word, each, without=passing) for word, each in _REMOVING.items())


def _ends_what_it_started(source: Source) -> bool:
    """Whether all that removes volumes in a Taskfile stands at the end of tasks that pass by.

    A task that starts its services in the background and removes them at its own end leaves
    nothing running: whatever they are, they are no deployment, which stays.
    """
    code = [line.partition("#")[0] for line in source.text.split("\n")]
    removing = sum(_removes(line) for line in code)
    if not removing:
        return False
    tasks = read_tasks(source)
    passing = [task for task in tasks.values() if _passes(task, tasks)]
    return removing == sum(_removes(text) for task in passing for text in task.deferred)


def _passes(task: Task, tasks: dict[str, Task]) -> bool:
    """Whether the services that a task starts are gone when it ends, and none hold it up."""
    starts = [command for command in task.commands if _UP.search(command)]
    called = [tasks.get(name) for name in task.calls]
    others = [c for other in called if other is not None for c in other.commands]
    if not starts or None in called or any(map(_UP.search, others)):
        return False
    return all(_DETACHED.search(command) for command in starts)


def _removes(text: str) -> bool:
    return any(pattern.search(text) for pattern in _REMOVING.values())
