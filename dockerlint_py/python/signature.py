"""The parameters of a function definition."""

import ast

from dockerlint_py.python.converter import Converter
from dockerlint_py.python.records import Parameter


def parameters(expressions: Converter, args: ast.arguments) -> tuple[Parameter, ...]:
    """The parameters in order, with their defaults and annotations."""
    plain = [*args.posonlyargs, *args.args]
    missing = len(plain) - len(args.defaults)
    defaults: list[ast.expr | None] = [*([None] * missing), *args.defaults]
    listed = [(arg, "", default) for arg, default in zip(plain, defaults, strict=True)]
    if args.vararg:
        listed.append((args.vararg, "*", None))
    listed += [
        (arg, "keyword", default)
        for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True)
    ]
    if args.kwarg:
        listed.append((args.kwarg, "**", None))
    optional = expressions.optional
    return tuple(
        [
            Parameter(arg.arg, kind, optional(default), optional(arg.annotation))
            for arg, kind, default in listed
        ]
    )
