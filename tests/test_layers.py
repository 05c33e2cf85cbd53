"""Who may import whom: a package sees only what stands above it in docs/architecture.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ENGINE = ROOT / "dockerlint_py"
PACK = ROOT / "rules" / "dockerlint_rules"
API = "dockerlint_py.api"
THIRD_PARTY = {
    "yaml": {"yaml"},
    "libcst": {"python"},
    "ruamel": set(),
    "dockerfile_parse": set(),
    "packaging": {"manifests"},
    "pathspec": set(),
    "click": {"cli", "dev"},
}


def order() -> list[str]:
    """The packages in the order of the table in docs/architecture.md."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    return re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)


def imports(path: Path) -> Iterator[str]:
    """The modules that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


def modules(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def package(path: Path) -> str:
    return path.relative_to(ENGINE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", modules(ENGINE), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_package_imports_only_what_stands_above_it(path: Path) -> None:
    here = package(path)
    if here in ("api", "__main__", "__init__", "project"):
        return
    layers = order()
    for module in imports(path):
        parts = module.split(".")
        if parts[0] == "dockerlint_py" and len(parts) > 1 and parts[1] not in (here, "project"):
            assert layers.index(parts[1]) < layers.index(here), f"{path} imports {module}"


@pytest.mark.parametrize("path", modules(ENGINE), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_compiles_no_pattern_when_it_is_imported(path: Path) -> None:
    """`dockerlint_py.text.regex` does it when a pattern is first used: start-up time counts."""
    todo: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Call):
            assert ast.unparse(node.func) != "re.compile", f"{path}:{node.lineno}: use regex()"
        if not isinstance(node, ast.FunctionDef | ast.Lambda):
            todo += ast.iter_child_nodes(node)


def test_every_package_has_a_place_in_the_order() -> None:
    packages = {path.name for path in ENGINE.iterdir() if (path / "__init__.py").is_file()}
    assert packages <= set(order())


@pytest.mark.parametrize("path", modules(PACK), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_rule_imports_the_api_and_the_standard_library(path: Path) -> None:
    if path.name == "_index.py":
        return
    for module in imports(path):
        top = module.partition(".")[0]
        assert not top.startswith("dockerlint") or module == API, f"{path} imports {module}"
        assert top not in THIRD_PARTY, f"{path} imports {module}"


def test_the_engine_never_imports_the_pack() -> None:
    for path in modules(ENGINE):
        assert not any(name.startswith("dockerlint_rules") for name in imports(path)), path


def test_a_library_is_imported_by_the_package_it_belongs_to() -> None:
    for path in modules(ENGINE):
        for module in imports(path):
            top = module.partition(".")[0]
            if top in THIRD_PARTY:
                assert package(path) in THIRD_PARTY[top], f"{path} imports {module}"


def test_rules_is_a_folder_and_no_package() -> None:
    # django-rules is called `rules` too: ours must never be importable under that name.
    assert not (ROOT / "rules" / "__init__.py").exists()
