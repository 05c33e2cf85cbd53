from datetime import date

import pytest

from dockerlint_py.knowledge import (
    blocking,
    console_scripts,
    dev_tools,
    distributions,
    installers,
    native,
    packages,
    secrets,
    servers,
    sqlalchemy_urls,
    stage_names,
)
from dockerlint_py.knowledge.dists import normalise
from dockerlint_py.knowledge.images import (
    contents,
    image_facts,
    official_python,
    parse_image,
    services,
)

MODULES = (
    *(blocking, console_scripts, contents, dev_tools, distributions, installers, native),
    *(official_python, packages, secrets, servers, services, sqlalchemy_urls, stage_names),
)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_table_says_where_from_and_when(module: object) -> None:
    assert getattr(module, "SOURCE", "")
    assert date.fromisoformat(getattr(module, "DATE", "")) <= date(2026, 11, 24)


@pytest.mark.parametrize(
    ("name", "normal"), [("Flask_CORS", "flask-cors"), ("zope.interface", "zope-interface")]
)
def test_normal_form(name: str, normal: str) -> None:
    assert normalise(name) == normal


@pytest.mark.parametrize(
    ("script", "dist"),
    [
        ("gunicorn", "gunicorn"),
        ("waitress-serve", "waitress"),
        ("django-admin", "django"),
        ("uwsgi", "uwsgi"),
        ("pip-compile", "pip-tools"),
        ("watchmedo", "watchdog"),
        ("opentelemetry-instrument", "opentelemetry-instrumentation"),
        ("ls", None),
    ],
)
def test_which_distribution_brings_a_command(script: str, dist: str | None) -> None:
    assert console_scripts.dist_of(script) == dist


def test_names_of_distributions_are_in_normal_form() -> None:
    names = {
        *console_scripts.DIST_OF.values(),
        *installers.INSTALLERS,
        *(dev_tools.TEST_TOOLS | dev_tools.LINT_TOOLS | dev_tools.DEBUG_TOOLS),
        *native.NATIVE,
        *native.WITH_WHEELS,
        *(server.dist for server in servers.SERVERS.values()),
        *blocking.SYNC_DRIVERS,
    }
    assert {name for name in names if name != normalise(name)} == set()


def test_a_server_comes_from_the_distribution_that_has_its_command() -> None:
    for program, server in servers.SERVERS.items():
        found = console_scripts.dist_of(program.split()[0])
        group = program.startswith(("fastapi", "celery flower", "manage.py"))
        assert group or found == server.dist


@pytest.mark.parametrize(
    ("dist", "expected"),
    [
        *((dist, True) for dist in ("pytest", "pytest-django", "Black", "factory_boy", "ruff")),
        *((dist, True) for dist in ("django-debug-toolbar", "debugpy", "types-requests", "ipdb")),
        *(
            (dist, False)
            for dist in ("django", "requests", "mypy-extensions", "typer", "ipywidgets")
        ),
        *((dist, False) for dist in ("coveragepy-lcov", "selenium", "watchdog", "setuptools")),
    ],
)
def test_tools_for_development(dist: str, expected: bool) -> None:
    assert dev_tools.is_dev_tool(dist) is expected


@pytest.mark.parametrize(
    ("dist", "glibc", "musl"),
    [
        ("psycopg2", False, False),
        ("mysqlclient", False, False),
        ("uWSGI", False, False),
        ("python-ldap", False, False),
        ("psycopg2-binary", True, True),
        ("asyncpg", True, True),
        ("uvloop", True, True),
        ("confluent_kafka", True, False),
        ("no-such-dist", None, None),
    ],
)
def test_wheels(dist: str, glibc: bool | None, musl: bool | None) -> None:
    assert (native.has_wheel(dist, "glibc"), native.has_wheel(dist, "musl")) == (glibc, musl)


def test_a_distribution_is_in_one_table_of_wheels() -> None:
    assert not native.WITH_WHEELS & set(native.NATIVE)


@pytest.mark.parametrize(
    ("installed", "need", "expected"),
    [
        ("gcc libpq-dev", "gcc", True),
        ("build-essential", "gcc", True),
        ("libpq-dev", "libpq5", True),
        ("postgresql-client", "libpq5", True),
        ("libmariadb-dev", "default-libmysqlclient-dev|libmariadb-dev", True),
        ("default-libmysqlclient-dev", "libmariadb3", True),
        ("pkgconf", "pkg-config|pkgconf", True),
        ("libpq5", "libpq-dev", False),
        ("gcc", "libc6-dev", False),
        ("", "gcc", False),
    ],
)
def test_needs(installed: str, need: str, expected: bool) -> None:
    assert packages.satisfies(frozenset(installed.split()), need) is expected


@pytest.mark.parametrize("dist", ["psycopg2", "mysqlclient", "uwsgi", "pycairo"])
def test_a_full_image_can_build_and_a_slim_one_cannot(dist: str) -> None:
    row = native.native(dist)
    assert row is not None
    assert row.build_debian
    for tag, expected in (("3.13", True), ("3.13-bookworm", True), ("3.13-slim", False)):
        ref = parse_image(f"python:{tag}")
        present = frozenset(name for name, there in image_facts(ref).packages.items() if there)
        assert all(packages.satisfies(present, need) for need in row.build_debian) is expected


@pytest.mark.parametrize("tag", ["3.13-slim", "3.13-bookworm", "3.13-trixie"])
def test_packages_that_other_tables_name_are_decided_for_python_images(tag: str) -> None:
    facts = image_facts(parse_image(f"python:{tag}"))
    needs = {
        choice
        for row in native.NATIVE.values()
        for need in (*(row.build_debian or ()), *(row.run_debian or ()))
        for choice in need.split("|")
    }
    named = needs.union(*packages.PROVIDERS["debian"].values())
    assert {name for name in named if facts.has_package(name) is None} == set()


@pytest.mark.parametrize(
    ("program", "distro", "package"),
    [
        ("curl", "debian", "curl"),
        ("nc", "ubuntu", "netcat-openbsd"),
        ("msgfmt", "debian", "gettext"),
        ("pg_isready", "debian", "postgresql-client"),
        ("pg_isready", "alpine", "postgresql-client"),
        ("redis-cli", "alpine", "redis"),
        ("gcc", "alpine", "build-base"),
        ("pip3", "alpine", "py3-pip"),
        ("nc", "amazonlinux", "nmap-ncat"),
    ],
)
def test_which_package_brings_a_program(program: str, distro: str, package: str) -> None:
    assert package in (packages.providers(program, distro) or ())


def test_programs_without_a_known_package() -> None:
    assert packages.providers("frobnicate", "debian") is None
    assert packages.providers("curl", None) is None
    assert packages.providers("curl", "haiku") is None


def test_packages_for_building() -> None:
    names = ("gcc", "build-essential", "libpq-dev", "python3-dev", "openssl-devel", "cargo")
    assert all(packages.is_build_package(name) for name in names)
    others = ("libpq5", "curl", "gettext", "python3", "git", "postgresql-client")
    assert not any(packages.is_build_package(name) for name in others)


def test_blocking_calls() -> None:
    assert blocking.BLOCKING["time.sleep"].ruff == "ASYNC251"
    assert blocking.BLOCKING["requests.get"].ruff == "ASYNC210"
    assert blocking.BLOCKING["psycopg2.connect"].ruff is None
    assert "asyncio.sleep" not in blocking.BLOCKING


def test_clients_that_do_not_block_are_not_listed() -> None:
    names = {*blocking.CLIENTS, *blocking.BLOCKING}
    assert not {"redis.asyncio.Redis", "httpx.AsyncClient", "motor.motor_asyncio"} & names
