"""The paths of Flask applications: their own rules, and those of the blueprints they register."""

import posixpath
from collections.abc import Iterator

from dockerlint_py.knowledge.route_neutral import FLASK_TAKERS
from dockerlint_py.python.evaluate.operators import plain_text
from dockerlint_py.python.evaluate.values import Made, Plain, Value
from dockerlint_py.python.expressions import Attr, Const
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.receivers import Receivers
from dockerlint_py.python.records import CallSite
from dockerlint_py.python.routing.escapes import Dialect, Escapes
from dockerlint_py.python.routing.mentions import Mention
from dockerlint_py.python.routing.patterns import ANY, Pattern, of_value, of_werkzeug
from dockerlint_py.python.routing.reading import Reader, RoutingObject, Unreadable, is_open
from dockerlint_py.python.routing.registrations import Registration, Registrations
from dockerlint_py.text.regex import regex

APPLICATIONS = ("flask.Flask", "flask.app.Flask")
_BLUEPRINTS = ("flask.Blueprint", "flask.blueprints.Blueprint")
_VERBS = frozenset({"delete", "get", "patch", "post", "put"})
_METHODS = frozenset({"add_url_rule", "register_blueprint", "route"})
_HARMLESS = frozenset(
    {
        *("app_context", "app_context_processor", "app_template_filter", "cli", "config"),
        *("context_processor", "debug", "instance_path", "jinja_env", "jinja_options", "json"),
        *("logger", "name", "open_resource", "permanent_session_lifetime", "root_path", "run"),
        *("secret_key", "shell_context_processor", "teardown_appcontext", "teardown_request"),
        *("template_filter", "template_global", "template_test", "test_client", "testing"),
        *("test_cli_runner", "test_request_context"),
    }
)
_APP_ARGUMENTS = ("import_name", "instance_path", "instance_relative_config", "root_path")
_BLUEPRINT_ARGUMENTS = ("cli_group", "import_name", "name", "root_path", "url_prefix")
_STATIC = ("static_folder", "static_url_path", "template_folder")
_CATCH_ALL = ("BaseException", "Exception", "HTTPException", "NotFound")
"""Exceptions whose handlers may answer for a path that is not there."""
_CURRENT = regex(r"\bcurrent_app[ \t]+as\b|\bcurrent_app\.(?:add_url_rule|register_|route\()")
"""Routes that are added to whichever application is there."""
_NOT_FOUND = 404
_MAX_DEPTH = 12
_MAX_ROUTES = 4000


class FlaskRoutes:
    """The paths of one application, read from the files that `paths` names."""

    def __init__(self, reader: Reader, paths: tuple[str, ...]) -> None:
        self._reader = reader
        self._registrations = Registrations(reader, _VERBS, _METHODS)
        self._registrations.read(paths)
        if any(_CURRENT.search(text) for text in reader.texts()):
            raise Unreadable
        self._escapes = Escapes(reader, self._registrations, Dialect(_HARMLESS, _is_judged, _takes))

    def of(self, made: Value) -> tuple[Pattern, ...]:
        """The patterns of all paths that an application may answer."""
        found = self._reader.object(made, *APPLICATIONS)
        if found is None:
            raise Unreadable
        routes = [*_static(found), *self._routes(found, None, 0)]
        if len(routes) > _MAX_ROUTES:
            raise Unreadable
        return tuple(dict.fromkeys(routes))

    def _routes(
        self, found: RoutingObject, prefix: Pattern | None, depth: int
    ) -> Iterator[Pattern]:
        if depth > _MAX_DEPTH:
            raise Unreadable
        self._escapes.check(found)
        for each in self._registrations.of(found.place):
            if each.method == "register_blueprint":
                yield from self._blueprint(each, prefix, depth)
            else:
                yield _below(prefix, of_werkzeug(self._argument(each, 0, "rule")))

    def _blueprint(
        self, each: Registration, prefix: Pattern | None, depth: int
    ) -> Iterator[Pattern]:
        call, site = each.call, each.site
        if is_open(call) or not call.args or call.keyword("subdomain") is not None:
            raise Unreadable
        value = self._reader.value(each.path, call.args[0], site.scope, site.guard)
        blueprint = self._reader.object(value, *_BLUEPRINTS)
        if blueprint is None:
            raise Unreadable
        arguments = _arguments_of_blueprint(blueprint)
        own = _prefix_of(arguments.get("url_prefix"))
        given = call.keyword("url_prefix")
        if given is not None:
            found = self._reader.value(each.path, given, site.scope, site.guard)
            own = own if _is_none(found) else of_werkzeug(of_value(found))
        inner = own if prefix is None else prefix if own is None else _below(prefix, own)
        if not _is_none(arguments.get("static_folder")):
            yield (inner or "") + ANY
        yield from self._routes(blueprint, inner, depth + 1)

    def _argument(self, each: Registration, position: int, name: str) -> Pattern:
        expr = None if is_open(each.call) else each.call.argument(position, name)
        if expr is None or each.call.keyword("subdomain") is not None:
            raise Unreadable
        site = each.site
        return of_value(self._reader.value(each.path, expr, site.scope, site.guard))


def _below(prefix: Pattern | None, rule: Pattern) -> Pattern:
    if prefix is None:
        return rule
    return f"{prefix.rstrip('/')}/{rule.lstrip('/')}" if rule else prefix


def _is_none(value: Value | None) -> bool:
    return value is None or (isinstance(value, Plain) and value.value is None)


def _prefix_of(value: Value | None) -> Pattern | None:
    return None if value is None or _is_none(value) else of_werkzeug(of_value(value))


def _static(found: RoutingObject) -> Iterator[Pattern]:
    """The rule for static files."""
    arguments = _named(found, ("import_name", "static_url_path", "static_folder"))
    if not arguments.keys() <= {*_APP_ARGUMENTS, *_STATIC}:
        raise Unreadable
    folder = arguments.get("static_folder", Plain("static"))
    if _is_none(folder):
        return
    url = arguments.get("static_url_path")
    if url is not None and not _is_none(url):
        yield of_value(url).rstrip("/") + "/" + ANY
        return
    text = plain_text(folder)
    if text is None:
        raise Unreadable
    yield f"/{posixpath.basename(text.rstrip('/'))}".rstrip("/") + "/" + ANY


def _arguments_of_blueprint(found: RoutingObject) -> dict[str, Value]:
    arguments = _named(found, ("name", "import_name"))
    if not arguments.keys() <= {*_BLUEPRINT_ARGUMENTS, *_STATIC}:
        raise Unreadable
    return arguments


def _named(found: RoutingObject, positions: tuple[str, ...]) -> dict[str, Value]:
    """The arguments of a call by their names."""
    made = found.made
    if is_open(found.site.call) or len(made.arguments) > len(positions):
        raise Unreadable
    return {**dict(zip(positions, made.arguments, strict=False)), **made.keywords}


def _takes(reader: Reader, path: str, site: CallSite) -> bool:
    """Whether a call that gets an application or a blueprint leaves its routes alone."""
    func = site.call.func
    if site.path in FLASK_TAKERS:
        return True
    if not isinstance(func, Attr):
        return False
    if func.attr == "init_app":
        value = reader.value(path, func.value, site.scope, site.guard)
        return isinstance(value, Made) and value.path in FLASK_TAKERS
    return func.attr == "register_blueprint"


def _is_judged(reader: Reader, path: str, mention: Mention, site: CallSite | None) -> bool:
    """Handlers of errors that a view raises, not of paths that are not there."""
    if mention.attribute not in ("errorhandler", "register_error_handler"):
        return False
    if site is None or not site.call.args:
        return False
    first = site.call.args[0]
    if isinstance(first, Const):
        return isinstance(first.value, int) and first.value != _NOT_FOUND
    named = Receivers(reader.facts(path)).names.path(path_of(first), site.scope)
    return "." in named and not named.endswith(_CATCH_ALL)
