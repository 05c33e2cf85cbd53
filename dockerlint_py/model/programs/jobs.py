"""Which containers do one thing and end."""

from dockerlint_py.facts import Known
from dockerlint_py.knowledge.jobs import HELPERS, is_job
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.model.programs.process import Process


def job_of(process: Process) -> Known[str] | None:
    """The work that a process is known to end after; None when it goes on, or may go on."""
    started = [i for i in process.invocations if i.name not in HELPERS]
    if process.unknown is not None or not started or not all(map(_ends, started)):
        return None
    return started[-1].fact(f"`{started[-1].text}` ends by itself")


def _ends(invocation: Invocation) -> bool:
    return not invocation.command.context and is_job(invocation.name, invocation.values)
