"""An evaluator over modules in memory, as tests want it."""

from collections.abc import Mapping

from dockerlint_py.context import Snapshot
from dockerlint_py.facts import Environment, EnvLayer, Known
from dockerlint_py.python.evaluate import Evaluator
from dockerlint_py.python.graph import ModuleGraph
from dockerlint_py.python.modules import Modules


def evaluator(files: Mapping[str, str], env: Mapping[str, str] | None = None) -> Evaluator:
    """Knows these variables of the environment, and that no others are set."""
    layers = EnvLayer("given", {name: Known(value) for name, value in (env or {}).items()})
    graph = ModuleGraph(Modules(Snapshot.of(dict(files))), [""])
    return Evaluator(graph, Environment((layers,)), ["server"])
