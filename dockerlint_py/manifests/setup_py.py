"""setup.py, read as text: nothing of it is ever run."""

import ast
from collections.abc import Iterator, Sequence

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.manifests.model import (
    Manifest,
    Problem,
    Reference,
    ReferenceKind,
    Requirement,
)
from dockerlint_py.manifests.naming import normalise
from dockerlint_py.manifests.pep508 import parse_requirement
from dockerlint_py.manifests.versions import Versions, pep440
from dockerlint_py.text import Place, Source
from dockerlint_py.text.regex import regex

_LARGEST = 500_000
_FILE_NAME = regex(r"[A-Za-z0-9_./-]+\.(?:txt|md|rst|toml|cfg|py|in)$")


def read_setup_py(source: Source) -> Manifest:
    """Read what `setup(...)` is given as literals, or as names bound once to literals."""
    tree = _parse(source.text)
    if tree is None:
        problem = Problem("not Python", source.place(0, 0))
        return Manifest("setup.py", source, {}, problems=(problem,))
    return _SetupPy(source, tree).manifest()


def _parse(text: str) -> ast.Module | None:
    if len(text) > _LARGEST:
        return None
    try:
        return ast.parse(text.removeprefix("\ufeff"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


_READING = ("r", "rt", "rb")
_CONDITIONAL = (ast.Lambda, ast.Try, ast.If, ast.IfExp, ast.BoolOp)


class _SetupPy:
    def __init__(self, source: Source, tree: ast.Module) -> None:
        self.source = source
        self.tree = tree
        self.problems: list[Problem] = []
        self.names = _names(tree)
        self.keywords = self._setup_keywords()

    def manifest(self) -> Manifest:
        name = self._string("name")
        return Manifest(
            "setup.py",
            self.source,
            {"main": self._list("install_requires")},
            requires_python=self._requires_python(),
            extras=self._extras(),
            build_requires=self._list("setup_requires"),
            references=tuple(self._references()),
            tools=frozenset({"setuptools"}),
            name=normalise(name) if name else None,
            problems=tuple(self.problems),
        )

    def _setup_keywords(self) -> dict[str, ast.expr]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and _called(node.func) == "setup":
                if any(keyword.arg is None for keyword in node.keywords):
                    self.problems.append(Problem("setup(**...) hides arguments", self._place(node)))
                return {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
        self.problems.append(Problem("no call of setup()", self.source.place(0, 0)))
        return {}

    def _place(self, node: ast.expr) -> Place:
        """ast counts columns in UTF-8 bytes; a place counts code points."""
        start = self._offset(node.lineno, node.col_offset)
        end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset
        end = self._offset(end_line, end_column if end_column is not None else node.col_offset)
        return self.source.place(start, max(start, end))

    def _offset(self, line: int, column: int) -> int:
        starts = self.source.line_starts
        start = starts[min(line, len(starts)) - 1]
        text = self.source.text[start : start + column + 1]
        mark = 1 if line == 1 and text.startswith("\ufeff") else 0
        before = text.removeprefix("\ufeff").encode("utf-8", "surrogatepass")[:column]
        return start + mark + len(before.decode("utf-8", "ignore"))

    def _value(self, node: ast.expr | None) -> ast.expr | None:
        if isinstance(node, ast.Name):
            return self.names.get(node.id)
        return node

    def _string(self, key: str) -> str | None:
        node = self._value(self.keywords.get(key))
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value
        return None

    def _requires_python(self) -> Fact[Versions]:
        written = self._string("python_requires")
        if written is None:
            return Unknown("setup.py does not say plainly which Python it needs")
        places = (self._place(self.keywords["python_requires"]),)
        return Known(pep440(written), places, says=f"setup.py requires Python {written}")

    def _list(self, key: str) -> tuple[Requirement, ...]:
        node = self.keywords.get(key)
        return tuple(self._requirements(node, key)) if node is not None else ()

    def _requirements(self, node: ast.expr, what: str) -> Iterator[Requirement]:
        items = self._items(node)
        if items is None:
            self.problems.append(Problem(f"{what} is computed", self._place(node)))
            return
        for item in items:
            if not (isinstance(item, ast.Constant) and isinstance(item.value, str)):
                self.problems.append(Problem(f"an item of {what} is computed", self._place(item)))
                continue
            for line in item.value.split("\n"):
                found = parse_requirement(line, self._place(item))
                if found is not None:
                    yield found
                elif line.strip():
                    message = f"not a requirement: {line[:80]}"
                    self.problems.append(Problem(message, self._place(item)))

    def _items(self, node: ast.expr) -> Sequence[ast.expr] | None:
        value = self._value(node)
        if isinstance(value, ast.List | ast.Tuple | ast.Set):
            return value.elts
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            return [value]
        return None

    def _extras(self) -> dict[str, tuple[Requirement, ...]]:
        node = self._value(self.keywords.get("extras_require"))
        if node is None:
            return {}
        if not isinstance(node, ast.Dict):
            self.problems.append(Problem("extras_require is computed", self._place(node)))
            return {}
        extras = {}
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                extras[normalise(key.value)] = tuple(self._requirements(value, key.value))
        return extras

    def _references(self) -> Iterator[Reference]:
        """Files that the script opens by a plain name; `readme` when it does so in any case."""
        always = set(_opened_always(self.tree))
        for node in ast.walk(self.tree):
            if not isinstance(node, ast.Call) or not _opens(node.func):
                continue
            for argument in ast.walk(node):
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    name = argument.value
                    if _FILE_NAME.match(name):
                        kind: ReferenceKind = "readme" if argument in always else "include"
                        yield Reference(kind, name, self._place(argument))


def _opened_always(tree: ast.Module) -> Iterator[ast.expr]:
    """The names of files that top-level code reads whatever else is there."""
    for statement in tree.body:
        if isinstance(statement, ast.With | ast.Assign | ast.Expr):
            for node in ast.walk(statement):
                if isinstance(node, _CONDITIONAL):
                    break
                if isinstance(node, ast.Call) and _called(node.func) == "open" and _reads(node):
                    yield node.args[0]


def _reads(call: ast.Call) -> bool:
    """Whether a call of `open` is known to need the file."""
    mode = call.args[1] if len(call.args) > 1 else None
    if any(keyword.arg in ("mode", None) for keyword in call.keywords) or not call.args:
        return False
    return mode is None or (isinstance(mode, ast.Constant) and mode.value in _READING)


def _opens(function: ast.expr) -> bool:
    """`open(...)`, `codecs.open(...)`, and the `read(...)` that many scripts define."""
    name = _called(function)
    return name == "open" or (name == "read" and isinstance(function, ast.Name))


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _names(tree: ast.Module) -> dict[str, ast.expr]:
    """Names that are bound exactly once, and never changed after that."""
    found: dict[str, list[ast.expr]] = {}
    changed: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            changed.add(node.target.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            # A method may change a list: `requires.append(...)`.
            changed.add(node.value.id)
    return {
        name: values[0]
        for name, values in found.items()
        if len(values) == 1 and name not in changed
    }
