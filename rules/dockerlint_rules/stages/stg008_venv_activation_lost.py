"""A virtual environment is activated in a RUN, and later steps count on it.

## Why
Every RUN is a shell of its own, and so is the container's command. What `activate` changes is gone
when the RUN ends: later steps use the Python of the system, where the packages are not.

## Instead
Put the environment on the PATH for good:
`ENV VIRTUAL_ENV=/venv PATH="/venv/bin:$PATH"`.

## References
- https://docs.python.org/3/library/venv.html#how-venvs-work
- https://pythonspeed.com/articles/activate-virtualenv-dockerfile/
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "STG008",
    "venv-activation-lost",
    on=Container,
    severities=(Severity.ERROR,),
    tags=("stages", "dockerfile", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for lost in container.lost_activations:
        yield container.finding(
            lost.activation.place,
            f"the activation ends with this RUN: `{lost.user.text}` does not use "
            f"{lost.activation.path}",
            because=(lost.fact(),),
        )
