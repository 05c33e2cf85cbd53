"""What is done to applications without a path being answered that was not before.

`tests/behaviour/test_routes.py` and `test_django_routes.py` hold each row against the library.
"""

SOURCE = "the libraries themselves, asked for a path that the application does not have"
DATE = "2026-11-24"

MIDDLEWARE = frozenset(
    {
        "fastapi.middleware.cors.CORSMiddleware",
        "fastapi.middleware.gzip.GZipMiddleware",
        "fastapi.middleware.trustedhost.TrustedHostMiddleware",
        "starlette.middleware.cors.CORSMiddleware",
        "starlette.middleware.gzip.GZipMiddleware",
        "starlette.middleware.sessions.SessionMiddleware",
        "starlette.middleware.trustedhost.TrustedHostMiddleware",
    }
)
"""Middleware of Starlette that hands on requests for any path."""

FASTAPI_TAKERS = frozenset({"uvicorn.run"})
"""Functions that may be given an application of FastAPI."""

FLASK_TAKERS = frozenset({"flask_cors.CORS"})
"""Extensions of Flask that may be given an application, at once or by `init_app`."""

DJANGO_MIDDLEWARE = (
    *("corsheaders.middleware.", "django.contrib.auth.middleware."),
    *("django.contrib.messages.middleware.", "django.contrib.sessions.middleware."),
    *("django.middleware.clickjacking.", "django.middleware.common.CommonMiddleware"),
    *("django.middleware.csrf.", "django.middleware.gzip.", "django.middleware.http."),
    *("django.middleware.locale.", "django.middleware.security.", "whitenoise.middleware."),
)
"""Beginnings of the names of middleware of Django."""
