"""Python source without running it: facts of each module, and evaluators over them."""

from dockerlint_py.python.decode import decode
from dockerlint_py.python.extract import extract
from dockerlint_py.python.kinds import PARSED, ModuleKind, kind_of
from dockerlint_py.python.modules import Modules
from dockerlint_py.python.records import ModuleFacts, Problem

__all__ = [
    "PARSED",
    "ModuleFacts",
    "ModuleKind",
    "Modules",
    "Problem",
    "decode",
    "extract",
    "kind_of",
]
