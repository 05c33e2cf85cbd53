"""The repository has a lock file, and the image is not installed from it.

## Why
Without the lock file in the stage, versions are resolved anew at build time, or the build fails.
A command that may refresh the lock installs what nobody has tested.

## Instead
Copy the lock file together with the manifest, and let the installer refuse a stale one:
`uv sync --locked`, `pipenv install --deploy`, `poetry install`.

## References
- https://docs.astral.sh/uv/guides/integration/docker/
- https://pipenv.pypa.io/en/latest/commands.html
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Lapse, Severity, rule

TEXTS = {
    Lapse.ABSENT: "{lock} is not in the stage here: versions are resolved anew",
    Lapse.FAILS: "{lock} is not in the stage here: the build fails",
    Lapse.REFRESHED: "this may change what {lock} says without a word",
    Lapse.IGNORED: "this does not read {lock}: versions are resolved anew",
}


@rule(
    "DEP002",
    "lockfile-not-used",
    on=Container,
    severities=(Severity.ERROR, Severity.WARNING),
    tags=("dependencies", "dockerfile", "python", "build"),
)
def check(container: Container) -> Iterator[Finding]:
    for unused in container.dependencies.unused_locks:
        is_absent = unused.lapse in (Lapse.ABSENT, Lapse.FAILS)
        yield container.finding(
            unused.place,
            f"{TEXTS[unused.lapse].format(lock=unused.path)}; {unused.advice}",
            because=unused.facts,
            severity=Severity.ERROR if is_absent else Severity.WARNING,
            key=unused.path,
        )
