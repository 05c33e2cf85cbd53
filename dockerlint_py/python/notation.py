"""Path notation: an expression of names, attributes, calls and subscripts as one short text."""

from dockerlint_py.python.expressions import Attr, Await, Call, Const, Expr, Name, Sub


def path_of(expr: Expr) -> str:
    """The expression in path notation, empty when it has none.

    Names and attributes are joined with dots, a call adds `()`, a subscript `[]` (with the literal
    between the brackets where it is a string): `boto3.client().upload_file`, `app.config['DEBUG']`.
    """
    tail: list[str] = []
    while not isinstance(expr, Name):
        if isinstance(expr, Attr):
            tail.append("." + expr.attr)
            expr = expr.value
        elif isinstance(expr, Call):
            tail.append("()")
            expr = expr.func
        elif isinstance(expr, Sub):
            tail.append(_bracket(expr.key))
            expr = expr.value
        elif isinstance(expr, Await):
            expr = expr.value
        else:
            return ""
    tail.append(expr.name)
    return "".join(reversed(tail))


def last_name(expr: Expr) -> str:
    """The last name of an expression, called or not: `route` of `@app.route("/")`."""
    return path_of(expr).removesuffix("()").rpartition(".")[2]


def _bracket(key: Expr) -> str:
    if isinstance(key, Const) and isinstance(key.value, str):
        return f"[{key.value!r}]"
    return "[]"
