"""A conda environment is made, and the programs do not run in it.

## Why
`conda activate` works only in a shell that conda was set up for: a RUN has none, so it fails. An
activation would not outlive its RUN either, and a CMD without one runs the base environment, where
the dependencies are not installed.

## Instead
Put the environment first on the path, `ENV PATH=/opt/conda/envs/NAME/bin:$PATH`, or start the
program with `conda run --no-capture-output -n NAME`.

## References
- https://docs.conda.io/projects/conda/en/stable/commands/run.html
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "DEP020",
    "conda-env-not-activated",
    on=Container,
    severities=(Severity.ERROR,),
    tags=("dependencies", "dockerfile", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for missed in container.dependencies.unactivated:
        yield container.finding(
            missed.place,
            f"this does not run in the conda environment {missed.name}: nothing activates it here",
            because=missed.facts,
            key=missed.name,
        )
