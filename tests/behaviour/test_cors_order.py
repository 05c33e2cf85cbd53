"""What CRS003 says of orders of middleware, done by Starlette and compared with the rule."""

from typing import Any

import pytest

from dockerlint_py.testing import project
from tests.behaviour.asgi import Answer, ask

IMPORTS = """\
from {framework} import {name}
from starlette.authentication import AuthenticationBackend, AuthenticationError
from starlette.middleware import Middleware
from starlette.middleware.authentication import AuthenticationMiddleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import JSONResponse

ORIGINS = ["https://shop.example.com"]

class Backend(AuthenticationBackend):
    async def authenticate(self, connection):
        raise AuthenticationError("who?")

class Auth(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        if "authorization" not in request.headers:
            return JSONResponse({{}}, status_code=401)
        return await call_next(request)

class Timing(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        return await call_next(request)

"""
CORS = "app.add_middleware(CORSMiddleware, allow_origins=ORIGINS)\n"
FUNCTION = """\
@app.middleware("http")
async def auth(request, call_next):
    if "authorization" not in request.headers:
        return JSONResponse({}, 401)
    return await call_next(request)
"""
ADD_LIBRARY = "app.add_middleware(AuthenticationMiddleware, backend=Backend())\n"
MADE = "app = App()\n"
IN_LIST = "Middleware(CORSMiddleware, allow_origins=ORIGINS)"
ADD_AUTH = "app.add_middleware(Auth)\n"
ORDERS = {
    "cors, auth": MADE + CORS + ADD_AUTH,
    "auth, cors": MADE + ADD_AUTH + CORS,
    "cors, function": MADE + CORS + FUNCTION,
    "function, cors": MADE + FUNCTION + CORS,
    "cors, library": MADE + CORS + ADD_LIBRARY,
    "cors, timing": MADE + CORS + "app.add_middleware(Timing)\n",
    "list, cors first": f"app = App(middleware=[{IN_LIST}, Middleware(Auth)])\n",
    "list, cors last": f"app = App(middleware=[Middleware(Auth), {IN_LIST}])\n",
    "list by name": f"layers = [Middleware(Auth), {IN_LIST}]\napp = App(middleware=layers)\n",
    "list, then auth": f"app = App(middleware=[{IN_LIST}])\n{ADD_AUTH}",
    "auth in list, then cors": f"app = App(middleware=[Middleware(Auth)])\n{CORS}",
}


def has_headers(answer: Answer) -> bool:
    return "access-control-allow-origin" in answer.headers


CASES = [
    pytest.param(framework, code, id=f"{framework}: {order}")
    for framework in ("fastapi.FastAPI", "starlette.applications.Starlette")
    for order, code in ORDERS.items()
    if "fastapi" in framework or FUNCTION not in code  # Starlette 1 has no decorator
]


@pytest.mark.parametrize(("framework", "code"), CASES)
def test_a_gap_is_where_refusals_have_no_headers(framework: str, code: str) -> None:
    module, _, name = framework.rpartition(".")
    text = IMPORTS.format(framework=module, name=name) + code.replace("App(", f"{name}(")
    names: dict[str, Any] = {"__name__": "main"}
    exec(text, names)
    origin = {"origin": "https://shop.example.com"}
    refused = ask(names["app"], headers=origin)
    preflight = {**origin, "access-control-request-method": "GET"}
    preflighted = ask(names["app"], method="OPTIONS", headers=preflight)
    [application] = (
        project({"Dockerfile": "FROM scratch\n", "main.py": text}).repository().applications
    )
    gaps = application.cors_gaps
    assert bool(gaps) is not has_headers(refused)
    assert bool(gaps) is (preflighted.status != 200)
    assert all(gap.status == refused.status == preflighted.status for gap in gaps)


def test_slowapi_refuses_without_headers() -> None:
    from slowapi import Limiter
    from slowapi.middleware import SlowAPIASGIMiddleware, SlowAPIMiddleware
    from starlette.applications import Starlette
    from starlette.middleware.cors import CORSMiddleware
    from starlette.responses import Response
    from starlette.routing import Route

    for middleware in (SlowAPIMiddleware, SlowAPIASGIMiddleware):
        app = Starlette(routes=[Route("/", lambda request: Response())])
        app.state.limiter = Limiter(key_func=lambda request: "me", default_limits=["1/day"])
        app.add_middleware(CORSMiddleware, allow_origins=["https://a.com"])
        app.add_middleware(middleware)
        headers = {"origin": "https://a.com"}
        first, second = ask(app, headers=headers), ask(app, headers=headers)
        assert (first.status, has_headers(first)) == (200, True)
        assert (second.status, has_headers(second)) == (429, False)
