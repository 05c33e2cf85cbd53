"""The packaged Python of the distribution refuses what pip, ensurepip or venv is to do.

## Why
Debian 12, Ubuntu 23.04, Alpine 3.19 and later mark their Python as externally managed: pip stops
with `error: externally-managed-environment`, with `--user` too. Debian and Ubuntu switch ensurepip
off, and keep what `python3 -m venv` needs in a package of its own. The build ends there.

## Instead
Start from an official `python` image, whose Python is its own; or install `python3-venv`, make a
virtual environment and put its `bin` on the PATH. In the official images pip is there already.

## References
- https://peps.python.org/pep-0668/
- https://www.debian.org/releases/bookworm/amd64/release-notes/ch-information.en.html#python3-pep-668
"""

from collections.abc import Iterator

from dockerlint_py.api import Finding, Refusal, Severity, Stage, rule

MESSAGES = {
    Refusal.EXTERNALLY_MANAGED: "{} is refused: the Python of {} is externally managed (PEP 668)",
    Refusal.NO_ENSUREPIP: "{} fails: {} switches ensurepip off for its own Python",
    Refusal.NO_VENV: "{} fails: in {} it needs the package python3-venv",
    Refusal.PIP_IS_THERE: "{} is not needed: {} has pip",
}


@rule(
    "DEP012",
    "system-python-pip",
    on=Stage,
    severities=(Severity.ERROR, Severity.INFO),
    tags=("dependencies", "dockerfile", "build"),
)
def check(stage: Stage) -> Iterator[Finding]:
    for refused in stage.refused_commands:
        needless = refused.refusal is Refusal.PIP_IS_THERE
        yield stage.finding(
            refused.invocation.place,
            MESSAGES[refused.refusal].format(f"`{refused.invocation.text}`", stage.base.name),
            because=refused.because,
            severity=Severity.INFO if needless else Severity.ERROR,
        )
