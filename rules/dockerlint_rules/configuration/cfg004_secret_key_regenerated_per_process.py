"""Each process makes its own key for signing: none trusts what another one signed.

## Why
A key from `secrets.token_hex()` or `get_random_secret_key()` is made when the settings are
imported: once in each worker, each container, and after each restart. A session that one worker
signed is invalid for the next one: users are logged in and out by chance. gunicorn's `--preload`,
and uWSGI unless it is told `lazy-apps`, import the settings once for all workers of a container;
the key still changes with each restart.

## Instead
Read the key from the environment and fail without it: `SECRET_KEY = os.environ["SECRET_KEY"]`,
and give it to the service: `SECRET_KEY: ${SECRET_KEY:?}`.

## References
- https://docs.djangoproject.com/en/stable/ref/settings/#secret-key
- https://docs.gunicorn.org/en/stable/settings.html#preload-app
- https://uwsgi-docs.readthedocs.io/en/latest/articles/TheArtOfGracefulReloading.html#preforking-vs-lazy-apps-vs-lazy
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Security, Severity, rule


@rule(
    "CFG004",
    "secret-key-regenerated-per-process",
    on=Container,
    given="may_run_code",
    severities=(Severity.ERROR, Severity.WARNING),
    role="prod",
    tags=("configuration", "python", "compose", "security"),
    security=Security(344, 5.3),
)
def check(container: Container) -> Iterator[Finding]:
    for found in container.code.regenerated_keys:
        name, several = found.key.name, found.several
        message = f"every restart makes another {name}: sessions and tokens end with it"
        if several is not None:
            message = f"every process makes its own {name}, and trusts nothing that others signed"
        yield container.finding(
            found.key.place,
            message,
            because=(found.generator, several) if several else (found.generator,),
            severity=Severity.ERROR if several else Severity.WARNING,
            key=name,
        )
