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


BROUGHT_BY = {
    "alembic": ("flask-migrate", "flask-alembic", "prefect", "mlflow", "apache-airflow", "dagster"),
    "celery": ("flower", "apache-superset", "kombu"),
    "daphne": ("channels",),
    "eventlet": ("nova", "neutron"),
    "fastapi": ("gradio", "langserve", "prefect", "chainlit", "reflex", "nicegui", "sqlmodel"),
    "fastapi-cli": ("fastapi",),
    "gevent": ("locust", "grequests", "geventhttpclient", "gevent-websocket", "zerorpc"),
    "gunicorn": (
        *("apache-airflow", "apache-superset", "functions-framework", "httpbin", "label-studio"),
        *("mlflow", "pgadmin4", "uvicorn-worker"),
    ),
    "uvicorn": (
        *("arize-phoenix", "bentoml", "chainlit", "chromadb", "connexion", "dagster-webserver"),
        *(
            "datasette",
            "evidently",
            "fastapi",
            "fastapi-cli",
            "fastmcp",
            "gradio",
            "langserve",
            "litestar",
        ),
        *("marimo", "mcp", "mlflow", "nicegui", "pact-python", "prefect", "ray", "reflex"),
        *("solara", "streamlit", "uvicorn-worker", "vllm", "zenml"),
    ),
    "waitress": ("mlflow", "pyramid", "webtest"),
}
"""Distributions that bring a program of another one, with some extra or always."""


def may_be_brought_by(dist: str, other: str) -> bool:
    """Whether a distribution is known to bring another one along, or is named after it."""
    return dist in other or other in BROUGHT_BY.get(dist, ())


BRINGS_NO_PROGRAM = frozenset(
    (
        *("asyncpg", "beautifulsoup4", "boto3", "celery", "click", "django"),
        *("django-cors-headers", "django-environ", "django-filter", "django-redis"),
        *("djangorestframework", "fastapi", "flask", "flask-cors", "flask-login"),
        *("flask-sqlalchemy", "flask-wtf", "gunicorn", "httpx", "jinja2", "markdown"),
        *("mysqlclient", "numpy", "pandas", "pillow", "psycopg", "psycopg-binary", "psycopg2"),
        *("psycopg2-binary", "pydantic", "pydantic-settings", "pyjwt", "pymysql"),
        *("python-dateutil", "python-decouple", "python-dotenv", "pytz", "pyyaml", "redis"),
        *("requests", "sqlalchemy", "starlette", "uvicorn", "werkzeug", "whitenoise"),
    )
)
"""Distributions that bring none of the servers and workers along when no extra is asked for."""
