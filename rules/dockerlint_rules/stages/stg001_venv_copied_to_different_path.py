"""A virtual environment is copied to another path than it was made at.

## Why
The scripts of a virtual environment (`gunicorn`, `celery`) begin with the absolute path of its
Python. At another path that file is not there: the container ends with `no such file or directory`.

## Instead
Make the environment at the path where it will stay, copy it to the same path, or make it with
`uv venv --relocatable`.

## References
- https://docs.python.org/3/library/venv.html#how-venvs-work
- https://docs.astral.sh/uv/reference/cli/#uv-venv
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "STG001",
    "venv-copied-to-different-path",
    on=Container,
    severities=(Severity.ERROR,),
    tags=("stages", "dockerfile", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for delivery in (d for stage in container.chain for d in stage.deliveries):
        env = delivery.env
        script = container.launch.script_in(delivery.path)
        if delivery.path != env.home and not env.relocatable and script is not None:
            yield container.finding(
                delivery.place,
                f"the scripts in {delivery.path}/bin look for {env.home}/bin/python, "
                f"so `{script.name}` cannot start",
                because=(env.fact(), script.fact()),
                key=delivery.path,
            )
