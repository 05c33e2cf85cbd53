"""Runs the code of modules over values that may be unknown, without running anything."""

from dockerlint_py.python.evaluate.evaluator import Evaluator
from dockerlint_py.python.evaluate.values import FromEnv, Value

__all__ = ["Evaluator", "FromEnv", "Value"]
