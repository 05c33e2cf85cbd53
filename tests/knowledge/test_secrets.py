import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockerlint_py.knowledge.secrets import is_placeholder, is_secret_name, secret_in_value
from dockerlint_py.knowledge.words import words

SECRET_NAMES = words(
    """
    SECRET SECRET_KEY DJANGO_SECRET_KEY JWT_SECRET_KEY SESSION_SECRET COOKIE_SECRET
    POSTGRES_PASSWORD DB_PASS SMTP_PASS DB_PASSWD MYSQL_ROOT_PASSWORD REDIS_PASSWORD DB_PWD
    API_KEY OPENAI_API_KEY STRIPE_API_KEY AWS_SECRET_ACCESS_KEY GITHUB_TOKEN NPM_TOKEN
    AUTH_TOKEN ACCESS_TOKEN PRIVATE_KEY SSH_PRIVATE_KEY AWS_CREDENTIALS ENCRYPTION_KEY
    FERNET_KEY secret_key apiKey secretKey APIKEY SECRET_KEY_FALLBACKS DJANGO_SUPERUSER_PASSWORD
    SIGNING_KEY
    """
)

HARMLESS_NAMES = words(
    """
    GOPRIVATE VITE_API_KEY REACT_APP_TOKEN PASSWORD_HASHERS
    DJANGO_SECRET_KEY_FILE POSTGRES_PASSWORD_FILE SECRET_TOKEN_FILE
    AUTH_PASSWORD_VALIDATORS TOKENIZERS_PARALLELISM TOKENIZER_MODEL TOKEN_MODEL
    PASSWORD_RESET_TIMEOUT PASSWORD_RESET_URL ACCESS_TOKEN_EXPIRE_MINUTES
    JWT_ACCESS_TOKEN_LIFETIME TOKEN_TTL API_KEY_HEADER API_KEY_PREFIX API_KEY_NAME
    AWS_ACCESS_KEY_ID SECRET_NAME SECRET_ID SECRET_ARN PUBLIC_KEY NEXT_PUBLIC_API_KEY
    DD_UWSGI_PASS FASTCGI_PASS
    STRIPE_PUBLISHABLE_KEY PASSWORD_MIN_LENGTH MIN_PASSWORD_LENGTH MAX_TOKENS TOKEN_URL
    TOKEN_ALGORITHM CSRF_COOKIE_SECURE PATH PWD USERNAME KEY PRIMARY_KEY CACHE_KEY SORT_KEY
    USE_TOKEN_AUTH PASSTHROUGH PASS_THROUGH BYPASS COMPASS_DIR GPG_KEY DATABASE_URL SECRETS_DIR
    SECRET_VERSION DEBUG PYTHONUNBUFFERED PASSWORD_CHANGE_TEMPLATE TOKEN_BACKEND AUTHOR KEYBOARD
    """
)


@pytest.mark.parametrize("name", sorted(SECRET_NAMES))
def test_names_of_secrets(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize("name", sorted(HARMLESS_NAMES))
def test_names_that_only_look_like_it(name: str) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize(
    "value",
    [
        *("", " ", '""', "x", "xxxx", "***", "0", "changeme", "change-me", "CHANGE_ME!", "dummy"),
        *("dummy-key", "fake_secret", "build", "build-only", "buildtime", "not-used", "notused"),
        *(
            "collectstatic",
            "unused",
            "placeholder",
            "your-secret-key-here",
            "<secret>",
            *("{{ key }}", "{secret}", "key-here", "AKIAxxxxxxxxxxxx", "/run/secrets/token"),
        ),
        *("${SECRET_KEY}", "$SECRET_KEY", "$(openssl rand -hex 32)", "example", "test", "none"),
        *("replace_this", "temporary", "__SECRET__", "%KEY%", "dummy_key_for_build", "secret"),
    ],
)
def test_placeholders(value: str) -> None:
    assert is_placeholder(value)


@pytest.mark.parametrize(
    "value",
    [
        *("django-insecure-4n!x0p8k@3v", "hunter2", "s3cret-p4ss", "7f3c9a1be2", "correct horse"),
        *(
            "Zm9vYmFyYmF6cXV4",
            "p@ssw0rd",
            "super-secret-key-123",
            "admin123",
            "pa$$w0rd1"[:3] + "9",
        ),
    ],
)
def test_real_values(value: str) -> None:
    assert not is_placeholder(value)


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("postgres://u:hunter2@db:5432/app", "a password in a postgres URL"),
        ("postgresql+asyncpg://u:h2x9@db/app", "a password in a postgresql+asyncpg URL"),
        ("redis://:s3cr3t9@redis:6379/0", "a password in a redis URL"),
        ("https://user:tok3n@pypi.corp/simple", "a password in a https URL"),
        ("https://a1b2c3d4e5f6a7b8c9d0@pypi.corp/simple", "a token in a URL"),
        ("ghp_" + "a1" * 18, "a GitHub token"),
        ("glpat-" + "a1" * 10, "a GitLab token"),
        ("AKIA" + "A1" * 8, "an AWS access key"),
        ("sk_live_" + "a1" * 10, "a Stripe secret key"),
        ("xoxb-1234567890-abc", "a Slack token"),
        ("-----BEGIN RSA PRIVATE KEY-----\nMII", "a private key"),
        ("-----BEGIN PRIVATE KEY-----", "a private key"),
    ],
)
def test_values_that_show_a_secret(value: str, what: str) -> None:
    assert secret_in_value(value) == what


@pytest.mark.parametrize(
    "value",
    [
        *("", "postgres://db:5432/app", "postgres://user@db/app", "https://example.com/a:b@c"),
        *("postgres://postgres:postgres@db/app", "postgres://u:${DB_PASSWORD}@db/app"),
        *("postgres://user:password@localhost/db", "postgres://u:dummy@localhost/db"),
        "https://0123456789abcdef0123456789abcdef@o1.ingest.sentry.io/42",
        *("https://someorganizationname@dev.azure.com/x", "sk_test_" + "a1" * 10, "AKIA"),
        *("-----BEGIN PUBLIC KEY-----", "-----BEGIN CERTIFICATE-----", "task-" + "a" * 50),
    ],
)
def test_values_that_show_none(value: str) -> None:
    assert secret_in_value(value) is None


@given(st.text(max_size=300))
def test_nothing_raises(text: str) -> None:
    assert is_secret_name(text) in (True, False)
    assert is_placeholder(text) in (True, False)
    assert secret_in_value(text) is None or isinstance(secret_in_value(text), str)


def test_long_values_take_no_time() -> None:
    assert secret_in_value("a://" * 2000) is None
    assert secret_in_value("a" * 8000) is None
    assert secret_in_value("postgres://u:hunter2@db/" + "x" * 10_000) is None
