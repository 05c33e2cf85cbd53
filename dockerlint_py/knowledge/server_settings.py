"""How each server is told what: options, variables, names in its configuration, defaults.

A server's own order is that of `ORDER`: what stands later wins. Tried with the released programs of
`server_options.VERSIONS`; uWSGI's names are from its documentation.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from dockerlint_py.record import NamedTuple

SOURCE = "the released programs and their documentation"
DATE = "2026-11-24"

SettingName: TypeAlias = Literal[
    "access_log",
    "app_dir",
    "application",
    "bind",
    "ca_certs",
    "callable",
    "certfile",
    "chdir",
    "config",
    "daemon",
    "error_log",
    "factory",
    "forwarded_allow_ips",
    "graceful_timeout",
    "host",
    "interface",
    "keyfile",
    "lazy",
    "port",
    "preload",
    "proxy_headers",
    "pythonpath",
    "reload",
    "root_path",
    "socket",
    "stats",
    "threads",
    "timeout",
    "worker_class",
    "worker_tmp_dir",
    "workers",
]


class Setting(NamedTuple):
    """One thing that a server can be told.

    options, off
        Options that set it, and switches that switch it off.
    key
        Its name in the configuration file, or the keyword of the call that starts the server.
    fallback
        A variable that only stands for the default.
    variable
        The variable with the same effect as the option, where the server has such ones.
    default
        What holds when nothing sets it, as text; None for nothing.
    """

    options: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    key: str = ""
    fallback: str = ""
    variable: str = ""
    default: str | None = None


Settings: TypeAlias = Mapping[SettingName, Setting]

_TRUSTED = "127.0.0.1,::1"

GUNICORN: Settings = {
    "ca_certs": Setting(("--ca-certs",), key="ca_certs"),
    "access_log": Setting(("--access-logfile",), key="accesslog"),
    "application": Setting(key="wsgi_app"),
    "bind": Setting(("-b", "--bind"), key="bind"),
    "certfile": Setting(("--certfile",), key="certfile"),
    "chdir": Setting(("--chdir",), key="chdir"),
    "config": Setting(("-c", "--config")),
    "daemon": Setting(("-D", "--daemon"), key="daemon", default="false"),
    "error_log": Setting(("--error-logfile", "--log-file"), key="errorlog"),
    "forwarded_allow_ips": Setting(
        ("--forwarded-allow-ips",),
        key="forwarded_allow_ips",
        fallback="FORWARDED_ALLOW_IPS",
        default=_TRUSTED,
    ),
    "graceful_timeout": Setting(("--graceful-timeout",), key="graceful_timeout", default="30"),
    "keyfile": Setting(("--keyfile",), key="keyfile"),
    "preload": Setting(("--preload",), key="preload_app", default="false"),
    "pythonpath": Setting(("--pythonpath",), key="pythonpath"),
    "reload": Setting(("--reload",), key="reload", default="false"),
    "threads": Setting(("--threads",), key="threads", default="1"),
    "timeout": Setting(("-t", "--timeout"), key="timeout", default="30"),
    "worker_class": Setting(("-k", "--worker-class"), key="worker_class", default="sync"),
    "worker_tmp_dir": Setting(("--worker-tmp-dir",), key="worker_tmp_dir"),
    "workers": Setting(("-w", "--workers"), key="workers", fallback="WEB_CONCURRENCY", default="1"),
    "root_path": Setting(("-e", "--env"), key="raw_env", fallback="SCRIPT_NAME"),
}

UVICORN: Settings = {
    "ca_certs": Setting(("--ssl-ca-certs",), (), "ssl_ca_certs", "", "UVICORN_SSL_CA_CERTS"),
    "access_log": Setting(
        ("--access-log",),
        ("--no-access-log",),
        "access_log",
        variable="UVICORN_ACCESS_LOG",
        default="true",
    ),
    "app_dir": Setting(("--app-dir",), key="app_dir", variable="UVICORN_APP_DIR"),
    "application": Setting(key="app", variable="UVICORN_APP"),
    "certfile": Setting(("--ssl-certfile",), (), "ssl_certfile", "", "UVICORN_SSL_CERTFILE"),
    "factory": Setting(("--factory",), (), "factory", "", "UVICORN_FACTORY", "false"),
    "forwarded_allow_ips": Setting(
        ("--forwarded-allow-ips",),
        (),
        "forwarded_allow_ips",
        "FORWARDED_ALLOW_IPS",
        "UVICORN_FORWARDED_ALLOW_IPS",
        _TRUSTED,
    ),
    "graceful_timeout": Setting(
        ("--timeout-graceful-shutdown",),
        (),
        "timeout_graceful_shutdown",
        "",
        "UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN",
    ),
    "host": Setting(("--host",), (), "host", "", "UVICORN_HOST", "127.0.0.1"),
    "interface": Setting(("--interface",), (), "interface", "", "UVICORN_INTERFACE", "auto"),
    "keyfile": Setting(("--ssl-keyfile",), (), "ssl_keyfile", "", "UVICORN_SSL_KEYFILE"),
    "port": Setting(("--port",), (), "port", "", "UVICORN_PORT", "8000"),
    "proxy_headers": Setting(
        ("--proxy-headers",),
        ("--no-proxy-headers",),
        "proxy_headers",
        "",
        "UVICORN_PROXY_HEADERS",
        "true",
    ),
    "reload": Setting(("--reload",), (), "reload", "", "UVICORN_RELOAD", "false"),
    "socket": Setting(("--uds",), (), "uds", "", "UVICORN_UDS"),
    "workers": Setting(("--workers",), (), "workers", "WEB_CONCURRENCY", "UVICORN_WORKERS", "1"),
    "root_path": Setting(("--root-path",), (), "root_path", "", "UVICORN_ROOT_PATH"),
}

HYPERCORN: Settings = {
    "ca_certs": Setting(("--ca-certs",), key="ca_certs"),
    "access_log": Setting(("--access-logfile", "--access-log"), key="accesslog"),
    "application": Setting(key="application_path"),
    "bind": Setting(("-b", "--bind"), key="bind"),
    "certfile": Setting(("--certfile",), key="certfile"),
    "config": Setting(("-c", "--config")),
    "daemon": Setting(("-D", "--daemon"), key="daemon", default="false"),
    "graceful_timeout": Setting(("--graceful-timeout",), key="graceful_timeout", default="3"),
    "keyfile": Setting(("--keyfile",), key="keyfile"),
    "reload": Setting(("--reload",), key="use_reloader", default="false"),
    "worker_class": Setting(("-k", "--worker-class"), key="worker_class", default="asyncio"),
    "workers": Setting(("-w", "--workers"), key="workers", default="1"),
    "root_path": Setting(("--root-path",), key="root_path"),
}

DAPHNE: Settings = {
    "access_log": Setting(("--access-log",)),
    "host": Setting(("-b", "--bind"), default="127.0.0.1"),
    "port": Setting(("-p", "--port"), default="8000"),
    "proxy_headers": Setting(("--proxy-headers",), default="false"),
    "socket": Setting(("-u", "--unix-socket")),
    "workers": Setting(default="1"),
    "root_path": Setting(("--root-path",), fallback="DAPHNE_ROOT_PATH"),
}

GRANIAN: Settings = {
    "ca_certs": Setting(("--ssl-ca",), (), "ssl_ca", "", "GRANIAN_SSL_CA"),
    "access_log": Setting(
        ("--access-log",),
        ("--no-access-log",),
        "log_access",
        "",
        "GRANIAN_LOG_ACCESS_ENABLED",
        "false",
    ),
    "app_dir": Setting(("--working-dir",), (), "working_dir", "", "GRANIAN_WORKING_DIR"),
    "application": Setting(key="target"),
    "certfile": Setting(("--ssl-certificate",), (), "ssl_cert", "", "GRANIAN_SSL_CERTIFICATE"),
    "factory": Setting(
        ("--factory",), ("--no-factory",), "factory", "", "GRANIAN_FACTORY", "false"
    ),
    "host": Setting(("--host",), (), "address", "", "GRANIAN_HOST", "127.0.0.1"),
    "interface": Setting(("--interface",), (), "interface", "", "GRANIAN_INTERFACE", "rsgi"),
    "keyfile": Setting(("--ssl-keyfile",), (), "ssl_key", "", "GRANIAN_SSL_KEYFILE"),
    "port": Setting(("--port",), (), "port", "", "GRANIAN_PORT", "8000"),
    "reload": Setting(("--reload",), ("--no-reload",), "reload", "", "GRANIAN_RELOAD", "false"),
    "socket": Setting(("--uds",), (), "uds", "", "GRANIAN_UDS"),
    "workers": Setting(("--workers",), (), "workers", "", "GRANIAN_WORKERS", "1"),
    "root_path": Setting(
        ("--url-path-prefix",), (), "url_path_prefix", "", "GRANIAN_URL_PATH_PREFIX"
    ),
}

WAITRESS: Settings = {
    "bind": Setting(("--listen",), key="listen"),
    "factory": Setting(("--call",), default="false"),
    "host": Setting(("--host",), key="host", default="0.0.0.0"),
    "port": Setting(("--port",), key="port", default="8080"),
    "socket": Setting(("--unix-socket",), key="unix_socket"),
    "threads": Setting(("--threads",), key="threads", default="4"),
    "workers": Setting(default="1"),
    "root_path": Setting(("--url-prefix",), key="url_prefix"),
}

UWSGI: Settings = {
    "access_log": Setting(off=("--disable-logging", "-L"), key="disable-logging"),
    "application": Setting(("-w", "--module", "--wsgi", "--wsgi-file"), key="module"),
    "bind": Setting(
        ("--http", "--http-socket", "-s", "--socket", "--uwsgi-socket"),
    ),
    "callable": Setting(("--callable",), key="callable"),
    "chdir": Setting(("--chdir",), key="chdir"),
    "config": Setting(("--ini",)),
    "daemon": Setting(("-d", "--daemonize", "--daemonize2"), key="daemonize"),
    "lazy": Setting(("--lazy-apps", "--lazy"), key="lazy-apps", default="false"),
    "pythonpath": Setting(("--pythonpath", "--python-path"), key="pythonpath"),
    "reload": Setting(("--py-autoreload", "--python-autoreload"), key="py-autoreload"),
    "stats": Setting(("--stats", "--stats-server"), key="stats"),
    "threads": Setting(("--threads",), key="threads", default="1"),
    "workers": Setting(("-p", "--processes", "--workers"), key="processes", default="1"),
}

FASTAPI_RUN: Settings = {
    "application": Setting(("-e", "--entrypoint"), key="entrypoint"),
    "callable": Setting(("--app",)),
    "forwarded_allow_ips": Setting(
        ("--forwarded-allow-ips",), fallback="FORWARDED_ALLOW_IPS", default=_TRUSTED
    ),
    "host": Setting(("--host",), default="0.0.0.0"),
    "port": Setting(("--port",), variable="PORT", default="8000"),
    "proxy_headers": Setting(("--proxy-headers",), ("--no-proxy-headers",), default="true"),
    "reload": Setting(("--reload",), ("--no-reload",), default="false"),
    "workers": Setting(("--workers",), fallback="WEB_CONCURRENCY", default="1"),
    "root_path": Setting(("--root-path",)),
}

FASTAPI_DEV: Settings = {
    **FASTAPI_RUN,
    "host": Setting(("--host",), default="127.0.0.1"),
    "reload": Setting(("--reload",), ("--no-reload",), default="true"),
    "workers": Setting(default="1"),
}

FLASK_RUN: Settings = {
    "application": Setting(("-A", "--app"), variable="FLASK_APP"),
    "certfile": Setting(("--cert",), variable="FLASK_RUN_CERT"),
    "host": Setting(("-h", "--host"), (), "host", "", "FLASK_RUN_HOST", "127.0.0.1"),
    "keyfile": Setting(("--key",), variable="FLASK_RUN_KEY"),
    "port": Setting(("-p", "--port"), (), "port", "", "FLASK_RUN_PORT", "5000"),
    "reload": Setting(
        ("--reload", "--debug"), ("--no-reload",), "use_reloader", "FLASK_DEBUG", "", "false"
    ),
}

RUNSERVER: Settings = {
    "pythonpath": Setting(("--pythonpath",)),
    "reload": Setting(off=("--noreload",), default="true"),
}

FLOWER: Settings = {
    "host": Setting(("--address",), (), "", "", "FLOWER_ADDRESS", "0.0.0.0"),
    "port": Setting(("--port",), (), "", "", "FLOWER_PORT", "5555"),
}

SETTINGS: Mapping[str, Settings] = {
    "celery beat": {"daemon": Setting(("--detach",), default="false")},
    "celery flower": FLOWER,
    "celery worker": {
        "daemon": Setting(("-D", "--detach"), default="false"),
        "workers": Setting(("-c", "--concurrency")),
    },
    "daphne": DAPHNE,
    "fastapi dev": FASTAPI_DEV,
    "fastapi run": FASTAPI_RUN,
    "flask run": FLASK_RUN,
    "granian": GRANIAN,
    "gunicorn": GUNICORN,
    "hypercorn": HYPERCORN,
    "manage.py runserver": RUNSERVER,
    "uvicorn": UVICORN,
    "uwsgi": UWSGI,
    "waitress-serve": WAITRESS,
}
"""By program, as in `servers.SERVERS`."""

LISTENING: Mapping[str, str] = {
    "http": "http",
    "http-socket": "http",
    "http11-socket": "http",
    "https": "https",
    "socket": "uwsgi",
    "uwsgi-socket": "uwsgi",
    "fastcgi-socket": "fastcgi",
}
"""uWSGI's options for addresses, and the protocol that is spoken there."""
