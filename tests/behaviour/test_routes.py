"""What is read of the routes of applications, held against the frameworks that serve them."""

import importlib
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from flask import Flask

from dockerlint_py.knowledge.route_neutral import FLASK_TAKERS, MIDDLEWARE
from dockerlint_py.python.routing.fastapi import FastApiRoutes
from dockerlint_py.python.routing.flask import FlaskRoutes
from dockerlint_py.python.routing.hosts import trusted_hosts_of
from dockerlint_py.python.routing.patterns import ANY, SOME, answers, of_starlette, of_werkzeug
from dockerlint_py.python.routing.reading import Reader, Unreadable
from tests.behaviour.asgi import ask
from tests.python.evaluators import evaluator

Load = Callable[[Mapping[str, str]], Any]
OWN = {"/openapi.json", "/docs", "/docs/oauth2-redirect", "/redoc"}
APP = "from fastapi import APIRouter, FastAPI\napp = FastAPI()\n"
VIEW = "def {}(): return 1\n"


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """Imports `main` of a project, and forgets its modules afterwards."""
    before = set(sys.modules)

    def loaded(files: Mapping[str, str]) -> Any:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path))
        return importlib.import_module("main")

    yield loaded
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(tmp_path)):
            del sys.modules[name]


def routes_of(
    kind: type[FastApiRoutes | FlaskRoutes], files: Mapping[str, str]
) -> tuple[str, ...] | None:
    """The patterns of `app` of `main`; None when they cannot be told."""
    found = evaluator(files)
    reachable = tuple(found.graph.reachable(["main.py"]))
    value = found.value("main.py", "app")
    assert value is not None
    try:
        return kind(Reader(found), reachable).of(value)
    except Unreadable:
        return None


def status_of(app: Any, path: str, host: str = "localhost") -> int:
    """The status of a GET."""
    return ask(app, path, headers={"host": host}).status


ROUTED = {
    "decorators": {
        "main.py": APP
        + '@app.get("/health")\n' + VIEW.format("a")
        + '@app.api_route("/both", methods=["GET"])\n' + VIEW.format("b")
        + '@app.get("/items/{item}/x")\n' + VIEW.format("c")
        + '@app.get("/files/{name:path}")\n' + VIEW.format("d")
        + 'def e(): return 1\napp.add_api_route("/added", e)\n'
        + 'app.add_api_route(endpoint=e, path="/named")\n',
    },
    "router with its own prefix, included with another": {
        "main.py": APP
        + "from routers import users\nfrom routers.items import router as items_router\n"
        + 'PREFIX = "/api"\napp.include_router(users.router, prefix=PREFIX)\n'
        + 'app.include_router(items_router, prefix=f"{PREFIX}/v1", tags=["x"])\n',
        "routers/__init__.py": "",
        "routers/users.py": "from fastapi import APIRouter\n"
        'router = APIRouter(prefix="/users", tags=["users"])\n'
        '@router.get("")\n' + VIEW.format("a") + '@router.get("/{user}")\n' + VIEW.format("b"),
        "routers/items.py": "from fastapi import APIRouter\nrouter = APIRouter()\n"
        '@router.get("/health")\n' + VIEW.format("a"),
    },
    "routers in routers": {
        "main.py": APP + "from api import api_router\n"
        'app.include_router(api_router, prefix="/api")\n',
        "api/__init__.py": "from .main import api_router\n",
        "api/main.py": "from fastapi import APIRouter\nfrom api.routes import login, users\n"
        "api_router = APIRouter()\napi_router.include_router(login.router)\n"
        'api_router.include_router(users.router, prefix="/u")\n',
        "api/routes/__init__.py": "",
        "api/routes/login.py": "from fastapi import APIRouter\nrouter = APIRouter()\n"
        '@router.get("/login")\n' + VIEW.format("a"),
        "api/routes/users.py": "from fastapi import APIRouter\nrouter = APIRouter()\n"
        '@router.get("/")\n' + VIEW.format("a"),
    },
    "factory": {
        "main.py": "from fastapi import FastAPI\n"
        "from more import router\n"
        "def create_app() -> FastAPI:\n    app = FastAPI(title='x', docs_url=None)\n"
        '    app.include_router(router, prefix="/v1")\n    return app\n\napp = create_app()\n'
        '@app.get("/later")\n' + VIEW.format("later"),
        "more.py": "from fastapi import APIRouter\nrouter = APIRouter()\n"
        '@router.get("/health")\n' + VIEW.format("a"),
    },
    "lifespan, state and harmless middleware": {
        "main.py": "from contextlib import asynccontextmanager\nfrom fastapi import FastAPI\n"
        "from fastapi.middleware.cors import CORSMiddleware\n"
        "from starlette.middleware.gzip import GZipMiddleware\n"
        "from fastapi.exceptions import RequestValidationError\n"
        "@asynccontextmanager\nasync def lifespan(app: FastAPI):\n    app.state.x = 1\n    yield\n"
        "app = FastAPI(lifespan=lifespan, openapi_url='/api/openapi.json', redoc_url='/r')\n"
        'app.add_middleware(CORSMiddleware, allow_origins=["*"])\n'
        "app.add_middleware(GZipMiddleware)\napp.state.y = 2\n"
        "@app.exception_handler(RequestValidationError)\nasync def wrong(request, exc): ...\n"
        '@app.get("/health")\n' + VIEW.format("a"),
    },
    "routes that another module adds": {
        "main.py": APP + "import views\n",
        "views.py": 'import main\nfrom main import app as application\n@application.get("/a")\n'
        + VIEW.format("a") + '@main.app.get("/b")\n' + VIEW.format("b"),
    },
}  # fmt: skip


@pytest.mark.parametrize("name", ROUTED)
def test_the_routes_of_fastapi(name: str, load: Load) -> None:
    app = load(ROUTED[name]).app
    ours = routes_of(FastApiRoutes, ROUTED[name])
    assert ours is not None
    documented = {of_starlette(path) for path in app.openapi()["paths"]}
    plain = {route.path for route in app.routes if hasattr(route, "path")}
    real = documented | {of_starlette(path) for path in plain}
    assert {path.replace(ANY, SOME) for path in ours} == {path.replace(ANY, SOME) for path in real}
    asked = [path.replace(SOME, "x").replace(ANY, "a/b") for path in ours]
    asked += [path + "z" for path in asked] + ["/", "/none", "/api/none", "/items/x", "/files"]
    for path in asked:
        assert answers(ours, path) is (status_of(app, path) != 404), path


UNREAD = {
    "a path that is not known": "import os\n@app.get(os.environ['X'])\n" + VIEW.format("a"),
    "a path in a loop": "for p in ('/a', '/b'):\n    app.add_api_route(p, print)\n",
    "a name that is bound twice": 'P = "/a"\nr = APIRouter()\n@r.get("/x")\n' + VIEW.format("a")
    + 'app.include_router(r, prefix=P)\nP = "/b"\n',
    "routers in a loop": "for r in [APIRouter()]:\n    app.include_router(r)\n",
    "routers in a comprehension": "r = APIRouter()\n[app.include_router(r) for r in ()]\n",
    "a call that gets it": "setup(app)\n",
    "another name for it": "other = app\n",
    "its router": "app.router.add_route('/x', print)\n",
    "middleware of its own": '@app.middleware("http")\nasync def m(request, call_next): ...\n',
    "a middleware that is not known": "from x import M\napp.add_middleware(M)\n",
    "a handler of 404": "@app.exception_handler(404)\nasync def h(request, exc): ...\n",
    "a handler of exceptions": "from fastapi import HTTPException as E\n"
    "from starlette.exceptions import HTTPException\n@app.exception_handler(HTTPException)\n"
    "async def h(request, exc): ...\n",
    "a function that gets it": 'def add(app):\n    app.add_api_route("/x", print)\n',
    "an attribute by its name": 'getattr(app, "get")("/x")(print)\n',
    "a chain of calls": 'app.get("/x")(print)\n',
    "a router that is given away": "r = APIRouter()\nsetup(r)\napp.include_router(r)\n",
    "a holder that is not known": '@who.get("/x")\n' + VIEW.format("a"),
    "a host": 'app.host("x", other)\n',
    "arguments from elsewhere": "app.include_router(*args)\n",
    "a lifespan that mounts":
        "r = APIRouter(lifespan=lambda app: app.mount('/x', y))\napp.include_router(r)\n",
}  # fmt: skip


@pytest.mark.parametrize("name", UNREAD)
def test_what_is_not_read_of_fastapi(name: str) -> None:
    found = routes_of(FastApiRoutes, {"main.py": APP + UNREAD[name]})
    assert found is None or answers(found, "/none") or answers(found, "/b/x")


def test_another_module_may_do_anything_to_it() -> None:
    files = {"main.py": APP, "other.py": "from main import app\nsetup(app)\n"}
    assert routes_of(FastApiRoutes, files) is None
    files["other.py"] = "import main\nsetup(main.app)\n"
    assert routes_of(FastApiRoutes, files) is None
    del files["other.py"]
    assert routes_of(FastApiRoutes, files) is not None


def test_a_router_that_is_not_ours_is_open_below_its_prefix() -> None:
    main = APP + "from auth import users\napp.include_router(users.get_router(), prefix='/auth')\n"
    found = routes_of(FastApiRoutes, {"main.py": main + "app.mount('/static', users)\n"})
    assert found is not None
    assert answers(found, "/auth/anything")
    assert answers(found, "/static/x")
    assert not answers(found, "/health")


FLASK = "from flask import Blueprint, Flask\napp = Flask(__name__)\n"
BLUEPRINT = "from flask import Blueprint\nbp = Blueprint('{0}', __name__{1})\n"
RULES = {
    "rules": {
        "main.py": FLASK
        + '@app.route("/health")\n' + VIEW.format("a")
        + '@app.get("/x/<int:number>/<name>")\ndef b(number, name): return ""\n'
        + '@app.route("/files/<path:name>")\ndef c(name): return ""\n'
        + 'app.add_url_rule("/added", "added", lambda: "")\n'
        + "app.config['X'] = 1\napp.config.from_mapping(A=1)\napp.logger.info('x')\n"
        + "@app.errorhandler(500)\ndef e(error): return 'x', 500\n",
    },
    "blueprints": {
        "main.py": FLASK
        + "from shop import views\nfrom shop.admin import bp as admin\nimport plain\n"
        + "app.register_blueprint(views.bp)\napp.register_blueprint(admin, url_prefix='/adm/')\n"
        + "app.register_blueprint(plain.bp)\n",
        "plain.py": BLUEPRINT.format("plain", "") + '@bp.route("/p")\ndef p(): return ""\n',
        "shop/__init__.py": "",
        "shop/views.py": BLUEPRINT.format("views", ", url_prefix='/shop'")
        + '@bp.route("/")\ndef a(): return ""\n@bp.route("/<slug>")\ndef b(slug): return ""\n',
        "shop/admin.py": BLUEPRINT.format("admin", ", url_prefix='/replaced'")
        + "from shop.inner import bp as inner\n"
        + '@bp.route("x")\ndef a(): return ""\nbp.register_blueprint(inner, url_prefix="in")\n',
        "shop/inner.py": BLUEPRINT.format("inner", ", url_prefix='/own'")
        + '@bp.route("/y")\ndef a(): return ""\n',
    },
    "blueprints in blueprints by their own prefixes": {
        "main.py": FLASK + "from a import bp\napp.register_blueprint(bp)\n",
        "a.py": BLUEPRINT.format("a", ", url_prefix='/a'") + "import b\nimport c\n"
        "bp.register_blueprint(b.bp)\nbp.register_blueprint(c.bp)\n",
        "b.py": BLUEPRINT.format("b", ", url_prefix='/b'")
        + '@bp.route("/y")\ndef a(): return ""\n',
        "c.py": BLUEPRINT.format("c", "") + '@bp.route("/z")\ndef a(): return ""\n',
    },
    "factory": {
        "main.py": "from flask import Flask\nfrom flask_cors import CORS\ncors = CORS()\n"
        "def create_app(config=None):\n"
        "    app = Flask(__name__, static_folder='assets/files')\n    cors.init_app(app)\n"
        "    from views import bp\n    app.register_blueprint(bp, url_prefix='/v')\n"
        "    with app.app_context():\n        pass\n    return app\n\napp = create_app()\n",
        "views.py": BLUEPRINT.format("views", "") + '@bp.route("/")\ndef a(): return ""\n',
    },
    "static files elsewhere": {"main.py": FLASK.replace("__name__", "__name__, '/media'")},
    "no static files": {"main.py": FLASK.replace("__name__", "__name__, static_folder=None")},
}  # fmt: skip


@pytest.mark.parametrize("name", RULES)
def test_the_rules_of_flask(name: str, load: Load) -> None:
    app = load(RULES[name]).app
    ours = routes_of(FlaskRoutes, RULES[name])
    assert ours is not None
    assert set(ours) == {of_werkzeug(rule.rule) for rule in app.url_map.iter_rules()}
    client = app.test_client()
    asked = [path.replace(SOME, "1").replace(ANY, "a/b") for path in ours]
    asked += [path + "z" for path in asked] + ["/", "/none", "/shop/none/x", "/files/"]
    for path in asked:
        there = {client.get(path.rstrip("/") + end).status_code for end in ("", "/")} != {404}
        # Whether a file or an item is there is not what is asked for.
        assert answers(ours, path) is there or any(ANY in each for each in ours), path


UNRULED = {
    "something before each request": "@app.before_request\ndef b(): ...\n",
    "something after each request": "@app.after_request\ndef b(r): ...\n",
    "a handler of 404": "@app.errorhandler(404)\ndef b(e): ...\n",
    "a handler of exceptions": "@app.errorhandler(Exception)\ndef b(e): ...\n",
    "an extension": "from flask_restful import Api\napi = Api(app)\n",
    "an extension that is told later": "from flask_restful import Api\nApi().init_app(app)\n",
    "another server in front": "app.wsgi_app = Other(app.wsgi_app)\n",
    "its map": "app.url_map.add(x)\n",
    "the application that is there": "from flask import current_app\n@current_app.route('/x')\n"
    + VIEW.format("a"),
    "a blueprint that handles 404": "bp = Blueprint('a', __name__)\n@bp.app_errorhandler(404)\n"
    "def b(e): ...\napp.register_blueprint(bp)\n",
    "a blueprint that is not ours": "from x import bp\napp.register_blueprint(bp)\n",
    "a blueprint with files": "bp = Blueprint('a', __name__, static_folder='x')\n"
    "app.register_blueprint(bp)\n",
    "subdomains": "@app.route('/x', subdomain='a')\n" + VIEW.format("a"),
}


@pytest.mark.parametrize("name", UNRULED)
def test_what_is_not_read_of_flask(name: str) -> None:
    found = routes_of(FlaskRoutes, {"main.py": FLASK + UNRULED[name]})
    assert found is None or answers(found, "/none")


def test_files_of_the_root_are_open() -> None:
    main = FLASK.replace("__name__", "__name__, static_url_path=''")
    found = routes_of(FlaskRoutes, {"main.py": main})
    assert found is not None
    assert answers(found, "/health")


@pytest.mark.parametrize("name", sorted(MIDDLEWARE))
def test_middleware_that_answers_for_no_path_of_its_own(name: str) -> None:
    module, _, cls = name.rpartition(".")
    options = {"SessionMiddleware": {"secret_key": "x"}}.get(cls, {})
    app = FastAPI()
    app.add_middleware(getattr(importlib.import_module(module), cls), **options)
    assert status_of(app, "/none") == 404


def test_extensions_that_add_no_path() -> None:
    for name in FLASK_TAKERS:
        module, _, cls = name.rpartition(".")
        app = Flask("main")
        rules = set(map(str, app.url_map.iter_rules()))
        getattr(importlib.import_module(module), cls)(app)
        assert set(map(str, app.url_map.iter_rules())) == rules
        assert app.test_client().get("/none").status_code == 404


TRUSTING = (
    "from fastapi import FastAPI\nfrom starlette.applications import Starlette\n"
    "from starlette.middleware import Middleware\n"
    "from starlette.middleware.cors import CORSMiddleware\n"
    "from starlette.middleware.trustedhost import TrustedHostMiddleware\n"
)
HOSTS = {
    "added": "app = FastAPI()\napp.add_middleware(TrustedHostMiddleware, allowed_hosts={})\n"
    "app.add_middleware(CORSMiddleware)\n",
    "listed": "app = FastAPI(middleware=[Middleware(TrustedHostMiddleware, allowed_hosts={})])\n",
    "named": "middleware = [\n    Middleware(CORSMiddleware),\n"
    "    Middleware(TrustedHostMiddleware, allowed_hosts={}),\n]\n"
    "app = Starlette(routes=[], middleware=middleware)\n",
}


@pytest.mark.parametrize("form", HOSTS)
@pytest.mark.parametrize(
    "hosts",
    [["shop.example"], ["Localhost"], ["*.example"], ["x", "*"], ["www.localhost"], ["127.0.0.1"]],
)
def test_the_hosts_that_starlette_trusts(form: str, hosts: list[str], load: Load) -> None:
    text = TRUSTING + HOSTS[form].format(hosts)
    app = load({"main.py": text}).app
    found = evaluator({"main.py": text})
    reader, made = Reader(found), found.value("main.py", "app")
    routes = FastApiRoutes(reader, ("main.py",))
    assert made is not None
    routes.of(made)
    [trusted] = trusted_hosts_of(reader, routes)
    for host in ("localhost", "127.0.0.1", "shop.example", "a.example", "example", "x"):
        status = status_of(app, "/none", host)
        assert trusted.refuses(host) is (status == 400), host


@pytest.mark.parametrize(
    "more",
    [
        "app = FastAPI()\nif X:\n"
        "    app.add_middleware(TrustedHostMiddleware, allowed_hosts=['x'])\n",
        "app = FastAPI()\napp.add_middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)\n",
        "app = FastAPI()\napp.add_middleware(TrustedHostMiddleware)\n",
        "app = FastAPI()\napp.add_middleware(TrustedHostMiddleware, **OPTIONS)\n",
        "app = FastAPI(middleware=ALL)\n",
        "ALL = [Middleware(TrustedHostMiddleware, allowed_hosts=['x'])]\nALL.clear()\n"
        "app = FastAPI(middleware=ALL)\n",
        "app = FastAPI(middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=['x']),"
        "    OTHER])\n",
    ],
)
def test_hosts_that_are_not_known(more: str) -> None:
    found = evaluator({"main.py": TRUSTING + more})
    made = found.value("main.py", "app")
    reader = Reader(found)
    try:
        routes = FastApiRoutes(reader, ("main.py",))
        assert made is not None
        routes.of(made)
    except Unreadable:
        return
    assert trusted_hosts_of(reader, routes) == ()
