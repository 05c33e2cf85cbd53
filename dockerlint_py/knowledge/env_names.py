"""Names of environment variables: those that programs and libraries read, and usual words."""

from dockerlint_py.text.distance import edit_distance

SOURCE = "the documentation of the programs"
DATE = "2026-11-24"

_PREFIXES = (
    "AIRFLOW_", "AWS_", "AZURE_", "BUILDKIT_", "CELERY_", "COMPOSE_", "DD_", "DOCKER_", "FLASK_",
    "FLOWER_", "GDAL_", "GOOGLE_", "GRANIAN_", "GUNICORN_", "HYPERCORN_", "LC_", "LD_", "MALLOC_",
    "MARIADB_", "MINIO_", "MYSQL_", "NEW_RELIC_", "NGINX_", "NODE_", "NPM_", "OMP_", "OTEL_", "PG",
    "PIP_", "PIPENV_", "POETRY_", "POSTGRES_", "PROMETHEUS_", "PYTEST_", "PYTHON", "RABBITMQ_",
    "REDIS_", "SENTRY_", "SSL_", "TRAEFIK_", "UV_", "UVICORN_", "UWSGI_", "VIRTUAL_", "WATCHFILES_",
    "WERKZEUG_", "XDG_",
)  # fmt: skip
_NAMES = frozenset(
    "ALL_PROXY APP_MODULE C_FORCE_ROOT DEBIAN_FRONTEND DISPLAY DJANGO_SETTINGS_MODULE "
    "DJANGO_SUPERUSER_EMAIL DJANGO_SUPERUSER_PASSWORD DJANGO_SUPERUSER_USERNAME "
    "FORWARDED_ALLOW_IPS HOME HOSTNAME HTTPS_PROXY HTTP_PROXY LANG LANGUAGE LETSENCRYPT_EMAIL "
    "LETSENCRYPT_HOST LOGNAME MODULE_NAME NO_PROXY PATH PORT PUID PGID PS1 SHELL TERM TIMEZONE TZ "
    "UMASK USER VARIABLE_NAME WEB_CONCURRENCY".split()
)
_WORDS = frozenset(
    "ACCESS ADDRESS ADMIN ALLOWED API APP AUTH BACKEND BROKER BUCKET CACHE CERT CLIENT CLUSTER "
    "CONFIG CONNECTION CORS COUNT CSRF DATA DATABASE DATABASES DB DEBUG DEFAULT DIR DOMAIN DSN "
    "EMAIL ENABLE ENABLED ENDPOINT ENV EXPIRE FILE FOLDER FRONTEND HOST HOSTS ID INTERVAL KEY KEYS "
    "LEVEL LIMIT LIST LOG LOGIN LOGS MAIL MAX MEDIA MIN MODE MODEL NAME NAMES ORIGIN ORIGINS PASS "
    "PASSWORD PATH PATHS POOL PORT PORTS PREFIX PROXY PUBLIC QUEUE READ REDIS REGION REPLICA "
    "RESULT ROLE ROOT ROUTE SECRET SECURE SENDER SERVER SERVICE SESSION SITE SIZE SSL STATIC "
    "STORAGE SUFFIX TASK TEST TIME TIMEOUT TLS TOKEN TOKENS TTL TYPE URI URL URLS USE USER "
    "USERNAME USERS VALUE VERSION VHOST WEB WORKER WORKERS WRITE ZONE".split()
)


def is_known_name(name: str) -> bool:
    """Whether some program or library reads a variable of that name."""
    return name.upper() in _NAMES or name.upper().startswith(_PREFIXES)


def is_word(token: str) -> bool:
    """Whether a part of a name is a usual word, so that it is hardly a mistake for another one."""
    return token in _WORDS


def mistaken_word(token: str) -> str | None:
    """The long usual word that a part of a name was meant to be: one letter tells them apart.

    Plurals, participles and the like are words of their own.
    """
    if len(token) < 6 or token in _WORDS:
        return None
    for word in _WORDS:
        related = token.startswith(word) or word.startswith(token)
        if len(word) >= 7 and not related and edit_distance(token, word) == 1:
            return word
    return None
