"""Expressions that count the CPUs of the host."""

from dockerlint_py.python.expressions import Binary, Bool, Call, Choice, Expr, Name
from dockerlint_py.python.records import ModuleFacts

_CPU_COUNTS = ("multiprocessing.cpu_count", "os.cpu_count", "psutil.cpu_count")
_MAX_DEPTH = 12


def cpu_counter(facts: ModuleFacts, expr: Expr) -> str | None:
    """The call that counts the CPUs of the host, unless something caps what it gives."""
    return _counter(facts, expr, _MAX_DEPTH)


def _counter(facts: ModuleFacts, expr: Expr, depth: int) -> str | None:
    if depth <= 0:
        return None
    if isinstance(expr, Call):
        site = next(
            (s for s in facts.calls if s.call.start == expr.start and s.call.end == expr.end), None
        )
        if site is None or site.path == "min":
            return None
        if site.path in _CPU_COUNTS:
            return site.path
        parts: tuple[Expr, ...] = (*expr.args, *(keyword.value for keyword in expr.keywords))
    elif isinstance(expr, Binary):
        parts = (expr.left, expr.right)
    elif isinstance(expr, Bool):
        parts = expr.values
    elif isinstance(expr, Choice):
        parts = ()
    elif isinstance(expr, Name):
        bound = [a.value for a in facts.assignments if a.target == expr.name and a.value]
        parts = (bound[0],) if len(bound) == 1 else ()
    else:
        parts = ()
    found = (_counter(facts, part, depth - 1) for part in parts)
    return next((each for each in found if each is not None), None)
