# ruff: noqa: ARG002, N802 (libcst calls these methods by name and with both nodes)
"""Masks syntax newer than the running Python with older text of equal length.

libcst's grammar does not depend on the interpreter, so it reads what `ast` refuses; every character
of the result stands where it stood, so positions in the masked text are positions in the file.
"""

import sys
from typing import TYPE_CHECKING

from dockerlint_py.python.nesting import nests_less_than

if TYPE_CHECKING:
    from collections.abc import Callable

    import libcst

    Part = libcst.BaseFormattedStringContent | libcst.BaseTemplatedStringContent
    Version = tuple[int, int]

MAX_NESTING = 250
"""Deeper texts are not given to libcst: it needs thousands of levels to die, Python 400 to stop."""


def mask(text: str, version: "Version" = sys.version_info[:2]) -> str | None:
    """The text with everything newer than `version` masked; None when that cannot be done.

    Masked are type parameters and type aliases (PEP 695, 696), quotes, backslashes, comments and
    line ends inside f-strings (PEP 701), `except A, B` (PEP 758) and template strings (PEP 750).
    """
    if not nests_less_than(MAX_NESTING, text):
        return None
    import libcst

    mark = "\ufeff" if text.startswith("\ufeff") else ""
    try:
        module = libcst.parse_module(text[len(mark) :])
        masked = mark + module.visit(_transformer(module, version)).code
    except (libcst.ParserSyntaxError, libcst.CSTValidationError, RecursionError, ValueError):
        return None
    return masked if len(masked) == len(text) else None


def _transformer(module: "libcst.Module", version: "Version") -> "libcst.CSTTransformer":
    import libcst as cst

    class Masking(cst.CSTTransformer):
        """Rewrites one tree; each method is named after the node that it replaces."""

        def __init__(self) -> None:
            super().__init__()
            self.indents: list[str] = []

        def visit_IndentedBlock(self, node: cst.IndentedBlock) -> None:
            self.indents.append(module.default_indent if node.indent is None else node.indent)

        def leave_IndentedBlock(
            self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock
        ) -> cst.IndentedBlock:
            self.indents.pop()
            return updated_node

        def leave_TypeAlias(
            self, original_node: cst.TypeAlias, updated_node: cst.TypeAlias
        ) -> "cst.BaseSmallStatement | cst.FlattenSentinel[cst.BaseSmallStatement]":
            return _alias(module, updated_node) if version < (3, 12) else updated_node

        def leave_FunctionDef(
            self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
        ) -> cst.FunctionDef:
            if updated_node.type_parameters is None or version >= (3, 13):
                return updated_node
            return updated_node.with_changes(
                type_parameters=None,
                whitespace_after_name=_gap(module, updated_node),
                whitespace_after_type_parameters=cst.SimpleWhitespace(""),
            )

        def leave_ClassDef(
            self, original_node: cst.ClassDef, updated_node: cst.ClassDef
        ) -> cst.ClassDef:
            if updated_node.type_parameters is None or version >= (3, 13):
                return updated_node
            return updated_node.with_changes(
                type_parameters=None,
                whitespace_after_name=_gap(module, updated_node),
                whitespace_after_type_parameters=cst.SimpleWhitespace(""),
            )

        def leave_ExceptHandler(
            self, original_node: cst.ExceptHandler, updated_node: cst.ExceptHandler
        ) -> cst.ExceptHandler:
            return updated_node.with_changes(type=_joined(updated_node.type))

        def leave_ExceptStarHandler(
            self, original_node: cst.ExceptStarHandler, updated_node: cst.ExceptStarHandler
        ) -> cst.ExceptStarHandler:
            return updated_node.with_changes(type=_joined(updated_node.type))

        def leave_FormattedString(
            self, original_node: cst.FormattedString, updated_node: cst.FormattedString
        ) -> cst.FormattedString:
            if version >= (3, 12):
                return updated_node
            return _formatted(_code_below(module, self.indents), updated_node)

        def leave_TemplatedString(
            self, original_node: cst.TemplatedString, updated_node: cst.TemplatedString
        ) -> "cst.TemplatedString | cst.FormattedString":
            if version >= (3, 14):
                return updated_node
            return _formatted(_code_below(module, self.indents), updated_node)

    return Masking()


def _gap(
    module: "libcst.Module", node: "libcst.FunctionDef | libcst.ClassDef | libcst.TypeAlias"
) -> "libcst.SimpleWhitespace":
    """White space as long as the type parameters of a definition and what is around them."""
    import libcst as cst

    between = (
        node.whitespace_after_name,
        node.type_parameters,
        node.whitespace_after_type_parameters,
    )
    codes = (module.code_for_node(part) for part in between if isinstance(part, cst.CSTNode))
    return cst.SimpleWhitespace(" " * sum(len(code) for code in codes))


def _alias(
    module: "libcst.Module", node: "libcst.TypeAlias"
) -> "libcst.FlattenSentinel[libcst.BaseSmallStatement]":
    """`type X[T] = v` as `0;   X    = v`."""
    import libcst as cst

    before = len("type") + len(module.code_for_node(node.whitespace_after_type)) - len("0;")
    return cst.FlattenSentinel(
        [
            cst.Expr(
                cst.Integer("0"),
                semicolon=cst.Semicolon(whitespace_after=cst.SimpleWhitespace(" " * before)),
            ),
            cst.Assign(
                targets=[
                    cst.AssignTarget(
                        node.name,
                        whitespace_before_equal=_gap(module, node),
                        whitespace_after_equal=node.whitespace_after_equals,
                    )
                ],
                value=node.value,
                semicolon=node.semicolon,
            ),
        ]
    )


def _joined(expression: "libcst.BaseExpression | None") -> "libcst.BaseExpression | None":
    """`A, B` as `A| B`; what has its parentheses stays."""
    import libcst as cst

    if not isinstance(expression, cst.Tuple) or expression.lpar:
        return expression
    result: cst.BaseExpression = expression.elements[0].value
    for left, right in zip(expression.elements, expression.elements[1:], strict=False):
        comma = left.comma
        if not isinstance(comma, cst.Comma):
            return expression
        result = cst.BinaryOperation(
            left=result,
            operator=cst.BitOr(comma.whitespace_before, comma.whitespace_after),
            right=right.value,
        )
    return result


def _code_below(module: "libcst.Module", indents: list[str]) -> "Callable[[Part], str]":
    """The text of a part of an f-string in blocks of some indents.

    libcst leaves out the indent of a line that a part of a statement goes on with.
    """
    import libcst as cst

    indent, line_end = "".join(indents), module.default_newline

    def code(part: "Part") -> str:
        text = cst.FormattedString([part], 'f"', '"')  # type: ignore[list-item]
        block = cst.IndentedBlock([cst.SimpleStatementLine([cst.Expr(text)])], indent=indent)
        around = f'{line_end}{indent}f"', f'"{line_end}'
        return module.code_for_node(block)[len(around[0]) : -len(around[1])]

    return code if indent else module.code_for_node


def _formatted(
    code: "Callable[[Part], str]",
    node: "libcst.FormattedString | libcst.TemplatedString",
) -> "libcst.FormattedString":
    """An f-string whose fields hold nothing that Python 3.11 refuses."""
    import libcst as cst

    start = node.start.replace("t", "f").replace("T", "F")
    inside = "".join(_part(code(part), node.end) for part in node.parts)
    text = cst.FormattedStringText(inside)
    return cst.FormattedString([text], start, node.end, node.lpar, node.rpar)


def _part(text: str, quote: str) -> str:
    """A literal part as it is; a field with its quotes changed, or blotted out with underscores."""
    if not text.startswith("{") or text.startswith("{{") or not _refused(text, quote):
        return text
    other = "'" if quote[0] == '"' else '"'
    if len(quote) == 1 and other not in text:
        changed = text.replace(quote, other)
        if not _refused(changed, quote):
            return changed
    return "{" + "_" * (len(text) - 2) + "}"


def _refused(field: str, quote: str) -> bool:
    if "\\" in field or "#" in field or quote in field:
        return True
    return len(quote) == 1 and ("\n" in field or "\r" in field)
