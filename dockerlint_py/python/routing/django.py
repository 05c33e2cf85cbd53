"""The paths of a Django project: `urlpatterns` of its root, and of what that includes."""

from collections.abc import Callable, Iterator

from dockerlint_py.python.evaluate.operators import plain_text
from dockerlint_py.python.evaluate.values import FunctionValue, LambdaValue, ModuleValue
from dockerlint_py.python.expressions import Binary, Call, Choice, Expr, Sequence
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.receivers import Receivers
from dockerlint_py.python.routing.holders import holders_of
from dockerlint_py.python.routing.mentions import FileIndex, Mention
from dockerlint_py.python.routing.patterns import ANY, Pattern, of_value, of_werkzeug
from dockerlint_py.python.routing.reading import Reader, Unreadable
from dockerlint_py.text import Source
from dockerlint_py.text.regex import regex

_LIST = "urlpatterns"
_PATH = "django.urls.path"
_REGEX = ("django.urls.re_path", "django.conf.urls.url", "django.urls.conf.re_path")
_INCLUDE = ("django.urls.include", "django.conf.urls.include", "django.urls.conf.include")
_STATIC = "django.conf.urls.static.static"
_STATIC_FILES = "django.contrib.staticfiles.urls.staticfiles_urlpatterns"
_SETTING = "django.conf.settings."
_PLAIN = regex(r"[A-Za-z0-9/_-]*")
_QUANTIFIERS = frozenset("?*{")
_MAX_DEPTH = 12
_MAX_ROUTES = 4000


class DjangoRoutes:
    """The paths below a root module. `setting` gives settings that are known, else None."""

    def __init__(self, reader: Reader, setting: Callable[[str], object]) -> None:
        self._reader = reader
        self._setting = setting
        self._left = _MAX_ROUTES

    def of(self, root: str) -> tuple[Pattern, ...]:
        """The patterns of all paths that the project may answer."""
        source = self._reader.evaluator.graph.modules.source(root)
        if not isinstance(source, Source) or "handler404" in source.text:
            raise Unreadable
        return tuple(dict.fromkeys(self._module(root, "/", 0)))

    def _module(self, path: str, prefix: Pattern, depth: int) -> Iterator[Pattern]:
        graph = self._reader.evaluator.graph
        if depth > _MAX_DEPTH or len(holders_of(graph, path, _LIST)) > 1:
            raise Unreadable
        index = FileIndex(graph.modules, path)
        mentions = list(index.mentions(_LIST))
        if not mentions:
            raise Unreadable
        for mention in mentions:
            for expr, scope, guard in self._added(index, mention):
                yield from self._list(_Spot(path, scope, guard, prefix, depth), expr)

    def _added(self, index: FileIndex, mention: Mention) -> Iterator[tuple[Expr, int, int]]:
        """What one statement puts into the list: a list, for `append` the item itself."""
        item = index.assignment_to(mention) if mention.token.begins else None
        site = index.call_of(mention)
        if item is not None and item.target == _LIST and item.value and item.op in ("=", "+="):
            yield item.value, item.scope, item.guard
        elif mention.attribute in ("append", "extend") and site is not None and site.call.args:
            first = site.call.args[0]
            if mention.attribute == "append":
                first = Sequence("list", (first,), first.start, first.end)
            yield first, site.scope, site.guard
        else:
            raise Unreadable

    def _list(self, spot: "_Spot", expr: Expr) -> Iterator[Pattern]:
        if isinstance(expr, Sequence):
            for item in expr.items:
                yield from self._item(spot, item)
        elif isinstance(expr, Binary) and expr.op == "+":
            yield from self._list(spot, expr.left)
            yield from self._list(spot, expr.right)
        elif isinstance(expr, Choice):
            yield from self._list(spot, expr.body)
            yield from self._list(spot, expr.orelse)
        elif isinstance(expr, Call) and self._named(spot, expr.func) == _STATIC and expr.args:
            yield from self._served(self._setting_of(spot, expr.args[0]))
        elif isinstance(expr, Call) and self._named(spot, expr.func) == _STATIC_FILES:
            yield from self._served(self._setting("STATIC_URL"))
        else:
            yield spot.prefix + ANY

    def _served(self, prefix: object) -> Iterator[Pattern]:
        """Files that are served while debugging."""
        if self._setting("DEBUG") is False:
            return
        yield ("/" + prefix.lstrip("/") if isinstance(prefix, str) else "/") + ANY

    def _setting_of(self, spot: "_Spot", expr: Expr) -> object:
        name = self._named(spot, expr)
        if name.startswith(_SETTING):
            return self._setting(name.removeprefix(_SETTING))
        return plain_text(self._reader.value(spot.path, expr, spot.scope, spot.guard))

    def _named(self, spot: "_Spot", expr: Expr) -> str:
        receivers = Receivers(self._reader.facts(spot.path))
        return receivers.names.path(path_of(expr), spot.scope)

    def _item(self, spot: "_Spot", item: Expr) -> Iterator[Pattern]:
        self._left -= 1
        if self._left < 0:
            raise Unreadable
        name = self._named(spot, item.func) if isinstance(item, Call) else ""
        call = item if isinstance(item, Call) and name in (_PATH, *_REGEX) else None
        route = call.argument(0, "route" if name == _PATH else "regex") if call else None
        view = call.argument(1, "view") if call else None
        if call is None or route is None or view is None:
            if name not in (_PATH, *_REGEX):
                yield spot.prefix + ANY
                return
            raise Unreadable
        value = self._reader.value(spot.path, route, spot.scope, spot.guard)
        if name == _PATH:
            own, is_whole = of_werkzeug(of_value(value)), True
        else:
            own, is_whole = _of_regex(plain_text(value))
        if isinstance(view, Call) and self._named(spot, view.func) in _INCLUDE:
            yield from self._included(spot.below(own), view)
        elif is_whole and self._is_view(spot, view):
            yield spot.prefix + own
        else:
            yield spot.prefix + own + ANY

    def _is_view(self, spot: "_Spot", view: Expr) -> bool:
        """Whether it answers one path only; other expressions may be lists of paths."""
        if isinstance(view, Call) and path_of(view.func).endswith(".as_view"):
            return True
        value = self._reader.value(spot.path, view, spot.scope, spot.guard)
        return isinstance(value, FunctionValue | LambdaValue)

    def _included(self, spot: "_Spot", call: Call) -> Iterator[Pattern]:
        what = call.args[0] if call.args else None
        if isinstance(what, Sequence) and what.kind == "tuple" and what.items:
            what = what.items[0]
        if isinstance(what, Sequence) and what.kind == "list":
            yield from self._list(spot, what)
            return
        path = None if what is None else self._module_of(spot, what)
        if path is None:
            yield spot.prefix + ANY
        else:
            yield from self._module(path, spot.prefix, spot.depth + 1)

    def _module_of(self, spot: "_Spot", what: Expr) -> str | None:
        value = self._reader.value(spot.path, what, spot.scope, spot.guard)
        if isinstance(value, ModuleValue):
            return value.path
        dotted = plain_text(value)
        return self._reader.evaluator.graph.module(dotted, spot.path) if dotted else None


class _Spot:
    """Where an expression of paths stands, and what is in front of its paths."""

    __slots__ = ("depth", "guard", "path", "prefix", "scope")

    def __init__(self, path: str, scope: int, guard: int, prefix: Pattern, depth: int) -> None:
        self.path = path
        self.scope = scope
        self.guard = guard
        self.prefix = prefix
        self.depth = depth

    def below(self, prefix: Pattern) -> "_Spot":
        """The same place in the file, for paths that are included."""
        return _Spot(self.path, self.scope, self.guard, self.prefix + prefix, self.depth)


def _of_regex(text: str | None) -> tuple[Pattern, bool]:
    """The pattern of a regular expression, and whether it is one of a whole path."""
    if text is None or not text.startswith("^") or "|" in text:
        return ANY, False
    body = text[1:]
    is_whole = body.endswith("$")
    body = body.removesuffix("$").removesuffix("/?")
    match = _PLAIN.match(body)
    fixed = match[0] if match else ""
    if fixed == body:
        return body, is_whole
    if body[len(fixed)] in _QUANTIFIERS:
        fixed = fixed[:-1]
    return fixed + ANY, False
