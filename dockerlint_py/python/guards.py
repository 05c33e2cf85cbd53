"""What the compound statements around a statement mean for it."""

from collections.abc import Sequence

from dockerlint_py.python.expressions import Bool, Compare, Const, Expr, Name
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.records import Guard, GuardKind

_FORGIVING = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}


def import_guards(guards: Sequence[Guard], guard: int) -> tuple[bool, bool]:
    """Whether an import below a guard may fail unnoticed, and whether only type checkers run it."""
    optional = typing = False
    while guard >= 0:
        around = guards[guard]
        if around.kind in ("try", "except"):
            optional = optional or not around.names or bool(_FORGIVING & set(around.names))
        typing = typing or around.kind == "typing"
        guard = around.parent
    return optional, typing


def kind_of_test(test: Expr) -> GuardKind:
    """What an `if` with this test is: `typing`, `main`, or a plain one."""
    if path_of(test).rpartition(".")[2] == "TYPE_CHECKING":
        return "typing"
    if isinstance(test, Compare) and test.ops == ("==",):
        sides = (test.left, test.rights[0])
        if any(isinstance(side, Name) and side.name == "__name__" for side in sides) and any(
            isinstance(side, Const) and side.value == "__main__" for side in sides
        ):
            return "main"
    if isinstance(test, Bool) and test.op == "and" and kind_of_test(test.values[0]) == "main":
        return "main"
    return "if"
