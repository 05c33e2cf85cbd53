"""`include()` of django-split-settings: other files run with the same names."""

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from dockerlint_py.python.evaluate.frame import Frame
from dockerlint_py.python.evaluate.invocation import Invocation
from dockerlint_py.python.evaluate.operators import plain_text
from dockerlint_py.python.evaluate.values import Plain, Value

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate.evaluator import Evaluator

_MAX_STARS = 8


def include(call: Invocation) -> Value:
    """Runs the files that the arguments name, relative to the including one; `*` matches names."""
    folder = call.frame.path.rpartition("/")[0]
    for argument in call.positional:
        pattern = plain_text(argument)
        if pattern is None or pattern.count("*") > _MAX_STARS:
            call.frame.blur("an unknown file is included", argument.origin)
            continue
        wanted = f"{folder}/{pattern}" if folder else pattern
        for path in call.run.graph.modules.paths:
            if fnmatchcase(path, wanted) and path.count("/") == wanted.count("/"):
                _run(call.run, call.frame, path)
    return Plain(None)


def _run(run: "Evaluator", frame: Frame, path: str) -> None:
    inner = run.new_frame(path)
    inner.names = {**frame.names, "__file__": inner.names["__file__"]}
    inner.places = frame.places
    run.run_top(inner, inner.facts.body)
    frame.names.update({name: value for name, value in inner.names.items() if name != "__file__"})
