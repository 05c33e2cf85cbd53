"""The folders that code hands to its framework: of static files, and of templates."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

from dockerlint_py.facts import Fact
from dockerlint_py.python.evaluate import Evaluator
from dockerlint_py.python.evaluate.inside import value_in
from dockerlint_py.python.evaluate.results import Python, to_fact
from dockerlint_py.python.expressions import Const, Expr, Name
from dockerlint_py.python.records import CallSite
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

Use: TypeAlias = Literal["static", "checked static", "templates"]

_STATIC = ("fastapi.staticfiles.StaticFiles", "starlette.staticfiles.StaticFiles")
_TEMPLATES = ("fastapi.templating.Jinja2Templates", "starlette.templating.Jinja2Templates")
_FLASK: dict[str, Use] = {"static_folder": "static", "template_folder": "templates"}


class AssetFolder(NamedTuple):
    """A folder that is named in code.

    `use` is what for: one of `checked static` must exist when the application starts. A relative
    path is seen from the module's own folder if it is `beside_module`, else from the folder that
    the process runs in.
    """

    use: Use
    folder: Fact[Python]
    beside_module: bool
    place: Place


def asset_folders_in(evaluator: Evaluator, path: str) -> Iterator[AssetFolder]:
    """The folders that a module names where nothing asks first whether they are there.

    Starlette's with `check_dir=False` are left out: they may appear later.
    """
    frame = evaluator.module(path)
    for site in frame.facts.calls:
        for use, expr in _named(site):
            if any(guard.kind != "with" for guard in frame.facts.guards_of(site.guard)):
                continue
            fact = to_fact("directory", value_in(evaluator, frame, expr, site.scope))
            place = frame.place(expr.start, expr.end)
            yield AssetFolder(use, fact, site.path == "flask.Flask", place)


def _named(site: CallSite) -> Iterator[tuple[Use, Expr]]:
    call = site.call
    if site.path in _STATIC:
        folder, check = call.argument(0, "directory"), call.keyword("check_dir")
        if folder is not None and (check is None or _is_true(check)):
            yield "checked static", folder
    elif site.path in _TEMPLATES:
        folder = call.argument(0, "directory")
        if folder is not None:
            yield "templates", folder
    elif site.path == "flask.Flask" and _is_own_name(call.argument(0, "import_name")):
        for keyword, use in _FLASK.items():
            value = call.keyword(keyword)
            if value is not None:
                yield use, value


def _is_true(expr: Expr) -> bool:
    return isinstance(expr, Const) and expr.value is True


def _is_own_name(expr: Expr | None) -> bool:
    return isinstance(expr, Name) and expr.name == "__name__"
