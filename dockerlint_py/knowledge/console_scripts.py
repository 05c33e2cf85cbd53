"""Which distribution on PyPI brings a command; read from the wheels of the newest releases."""

SOURCE = "entry points of the newest releases on PyPI"
DATE = "2026-11-24"

_SCRIPTS = {
    "aerich": ("aerich",),
    "alembic": ("alembic",),
    "arq": ("arq",),
    "awscli": ("aws",),
    "bandit": ("bandit",),
    "black": ("black",),
    "celery": ("celery",),
    "cheroot": ("cheroot",),
    "circus": ("circusd", "circusctl"),
    "coverage": ("coverage",),
    "daphne": ("daphne",),
    "ddtrace": ("ddtrace-run",),
    "debugpy": ("debugpy",),
    "django": ("django-admin",),
    "djlint": ("djlint",),
    "dramatiq": ("dramatiq", "dramatiq-gevent"),
    "fastapi": ("fastapi",),
    "flake8": ("flake8",),
    "flask": ("flask",),
    "granian": ("granian",),
    "gunicorn": ("gunicorn",),
    "hatch": ("hatch",),
    "honcho": ("honcho",),
    "httpie": ("http", "https", "httpie"),
    "huey": ("huey_consumer", "huey_consumer.py"),
    "hypercorn": ("hypercorn",),
    "ipython": ("ipython", "ipython3"),
    "isort": ("isort",),
    "jupyterlab": ("jupyter-lab",),
    "litestar": ("litestar",),
    "locust": ("locust",),
    "luigi": ("luigi", "luigid"),
    "mkdocs": ("mkdocs",),
    "mlflow": ("mlflow",),
    "mypy": ("mypy", "dmypy"),
    "newrelic": ("newrelic-admin",),
    "notebook": ("jupyter-notebook",),
    "nox": ("nox",),
    "opentelemetry-instrumentation": ("opentelemetry-instrument", "opentelemetry-bootstrap"),
    "pdm": ("pdm",),
    "pip": ("pip", "pip3"),
    "pip-tools": ("pip-compile", "pip-sync"),
    "pipenv": ("pipenv",),
    "poetry": ("poetry",),
    "pre-commit": ("pre-commit",),
    "prefect": ("prefect",),
    "procrastinate": ("procrastinate",),
    "pylint": ("pylint",),
    "pyright": ("pyright",),
    "pytest": ("pytest", "py.test"),
    "quart": ("quart",),
    "rq": ("rq", "rqworker"),
    "ruff": ("ruff",),
    "sanic": ("sanic",),
    "saq": ("saq",),
    "scrapy": ("scrapy",),
    "sphinx": ("sphinx-build",),
    "streamlit": ("streamlit",),
    "supervisor": ("supervisord", "supervisorctl"),
    "taskiq": ("taskiq",),
    "tox": ("tox",),
    "twisted": ("twist", "twistd"),
    "uv": ("uv", "uvx"),
    "uvicorn": ("uvicorn",),
    "uwsgi": ("uwsgi",),
    "virtualenv": ("virtualenv",),
    "waitress": ("waitress-serve",),
    "watchdog": ("watchmedo",),
    "watchfiles": ("watchfiles",),
    "yoyo-migrations": ("yoyo",),
}

DIST_OF: dict[str, str] = {script: dist for dist, scripts in _SCRIPTS.items() for script in scripts}
"""Command to distribution, in normal form."""

DEBIAN_PACKAGES = {
    "gunicorn": ("gunicorn",),
    "uvicorn": ("uvicorn",),
    "uwsgi": ("uwsgi", "uwsgi-core"),
    "celery": ("python3-celery",),
    "django-admin": ("python3-django",),
    "flask": ("python3-flask",),
    "supervisord": ("supervisor",),
    "alembic": ("alembic",),
}
"""Packages of Debian and Ubuntu that bring a command as well."""


def dist_of(script: str) -> str | None:
    """The distribution that brings a command; None when the table does not know it."""
    return DIST_OF.get(script)
