"""Calls of `uvicorn.run` in the programs that containers start."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.image.paths import joined, normal
from dockerlint_py.python.records import CallSite
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.container import Container

_CALL = regex(r"\buvicorn\b")


class RefusedRun(NamedTuple):
    """A call that ends at once: the option that needs an import string, and who starts it."""

    option: str
    place: Place
    started: Known[str]


def refused_runs_of(application: "Application") -> Iterator[RefusedRun]:
    """Calls with several workers, or with reloading, that are given an object."""
    files = application.python_files
    for path in files.with_text(_CALL, application.files, ("uvicorn",)):
        started = _started(application, path)
        if started is None:
            continue
        for site in files.facts(path).calls_to("uvicorn.run"):
            option = _refused_option(application, path, site)
            if option:
                place = files.source(path).place(site.call.start, site.call.end)
                yield RefusedRun(option, place, started)


def _refused_option(application: "Application", path: str, site: CallSite) -> str:
    from dockerlint_py.python.evaluate.inside import value_in
    from dockerlint_py.python.evaluate.results import to_fact
    from dockerlint_py.python.evaluate.values import FunctionValue, Made

    evaluator = application.python_files.evaluator()
    frame = evaluator.module(path)
    target = site.call.argument(0, "app")
    if target is None:
        return ""
    if not isinstance(value_in(evaluator, frame, target, site.scope), Made | FunctionValue):
        return ""
    for option in ("workers", "reload"):
        expr = site.call.keyword(option)
        if expr is None:
            continue
        fact = to_fact(option, value_in(evaluator, frame, expr, site.scope))
        value = fact.value if isinstance(fact, Known) else None
        if value is True or (isinstance(value, int) and value > 1):
            return option
    return ""


def _started(application: "Application", path: str) -> Known[str] | None:
    """The command of a container that runs a file as a program."""
    for container in application.containers:
        if container.process.unknown:
            continue
        for program in container.process.python:
            words = program.program.name, *program.values
            if _runs(application, container, path, words, program.cwd):
                return Known(program.text, (program.place,), says=f"`{program.text}` runs it")
    return None


def _runs(
    application: "Application",
    container: "Container",
    path: str,
    words: tuple[str, ...],
    cwd: object,
) -> bool:
    """Whether a word of a command is the file where it is in the image, or its dotted name."""
    if application.python_files.graph.name_of(path) in words:
        return True
    if container.build is None or not isinstance(cwd, Known):
        return False
    landings = {landing for t in container.build.takings for landing in t.landings(path)}
    scripts = (word for word in words if word.endswith(".py"))
    return any(normal(joined(str(cwd.value), word)) in landings for word in scripts)
