"""What Django itself answers to the hosts and schemes that nginx would send (NET008, NET010)."""

import pytest
from django.conf import settings as django_settings
from django.test import RequestFactory, override_settings

from dockerlint_py.testing import project

if not django_settings.configured:
    django_settings.configure()

FILES = {
    "Dockerfile": "FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install Django==5.2.8\n"
    'CMD ["gunicorn", "shop.wsgi", "-b", "0.0.0.0:8000"]\n',
    "shop/__init__.py": "",
    "shop/wsgi.py": "import os\nfrom django.core.wsgi import get_wsgi_application\n"
    'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n'
    "application = get_wsgi_application()\n",
}
SETTINGS = (
    'INSTALLED_APPS = ["django.contrib.admin"]\nALLOWED_HOSTS = ["*"]\n'
    'MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]\n'
)


def is_found(rule: str, location: str, port: str, settings: str, server: str = "") -> bool:
    """Whether a rule reports a Django behind an nginx with such a location."""
    compose = (
        "services:\n  front:\n    image: nginx:1.30\n    depends_on: [web]\n"
        "    volumes: ['./nginx.conf:/etc/nginx/conf.d/default.conf']\n"
        f"    ports: ['{port}']\n  web:\n    build: .\n"
    )
    nginx = f"server {{ {server} location / {{ proxy_pass http://web:8000; {location} }} }}"
    files = {**FILES, "compose.prod.yml": compose, "nginx.conf": nginx}
    found = project({**files, "shop/settings.py": SETTINGS + settings}).check(rule)
    assert found.outcome.trusted, found.outcome.notes
    return any(problem.rule.id == rule for problem in found.problems)


def is_refused(host: str, origin: str, trusted: list[str], scheme: str = "http") -> bool:
    """Whether Django refuses the `Origin` of a POST."""
    from django.http import HttpResponse
    from django.middleware.csrf import CsrfViewMiddleware

    request = RequestFactory().post("/admin/login/", headers={"host": host, "origin": origin})
    request.environ["wsgi.url_scheme"] = scheme
    with override_settings(ALLOWED_HOSTS=["*"], CSRF_TRUSTED_ORIGINS=trusted):
        middleware = CsrfViewMiddleware(lambda _: HttpResponse())
        return not middleware._origin_verified(request)


LOCAL = "http://localhost:8000"


@pytest.mark.parametrize(
    ("location", "host_that_arrives", "trusted"),
    [
        ("proxy_set_header Host $host;", "localhost", []),
        ("proxy_set_header Host $host;", "localhost", [LOCAL]),
        ("proxy_set_header Host $http_host;", "localhost:8000", []),
        ("", "web:8000", []),
        ("", "web:8000", [LOCAL]),
        ("proxy_set_header X-Real-IP $remote_addr;", "web:8000", []),
    ],
)
def test_reported_is_what_django_refuses(
    location: str, host_that_arrives: str, trusted: list[str]
) -> None:
    refused = is_refused(host_that_arrives, LOCAL, trusted)
    settings = f"CSRF_TRUSTED_ORIGINS = {trusted!r}\n"
    assert is_found("NET008", location, "8000:80", settings) is refused


def test_on_the_usual_port_the_origin_has_no_port_either() -> None:
    assert not is_refused("shop.example", "http://shop.example", [])
    assert not is_found("NET008", "proxy_set_header Host $host;", "80:80", "")


@pytest.mark.parametrize("trusted", [[], ["https://shop.example"]])
def test_https_that_django_does_not_see(trusted: list[str]) -> None:
    refused = is_refused("shop.example", "https://shop.example", trusted)
    settings = f"CSRF_TRUSTED_ORIGINS = {trusted!r}\n"
    location = "proxy_set_header Host $http_host;"
    assert is_found("NET008", location, "443:443", settings, "listen 443 ssl;") is refused


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("", True),
        ("USE_X_FORWARDED_HOST = True\n", False),
        ("MIDDLEWARE = []\n", False),
        ('INSTALLED_APPS = ["shop"]\n', False),
        ("CSRF_TRUSTED_ORIGINS = open('origins').read().split()\n", False),
        ('SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\n', False),
    ],
)
def test_settings_that_make_it_right_or_unknown(settings: str, expected: bool) -> None:
    location = "proxy_set_header Host $host;"
    assert is_found("NET008", location, "8000:80", settings) is expected


@pytest.mark.parametrize("port", ["127.0.0.1:8000:80", "80", "8000-8010:80", "443:443"])
def test_ports_that_browsers_may_not_use(port: str) -> None:
    assert not is_found("NET008", "proxy_set_header Host $host;", port, "")
