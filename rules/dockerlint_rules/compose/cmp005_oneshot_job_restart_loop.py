"""A job that ends by itself is restarted again and again.

## Why
`restart: always` and `unless-stopped` start a container again when its command succeeds, too. The
migrations, the static files or the fixtures are done over and over, without an end.

## Instead
Write `restart: on-failure` or `restart: "no"` for a job; an inherited policy is overridden there.

## References
- https://docs.docker.com/reference/compose-file/services/#restart
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Known, Severity, rule


@rule(
    "CMP005",
    "oneshot-job-restart-loop",
    on=Container,
    given="is_service",
    severities=(Severity.WARNING,),
    role="prod",
    tags=("compose", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    if container.service is None or container.job is None:
        return
    policy = container.service.text("restart")
    if isinstance(policy, Known) and policy.value in ("always", "unless-stopped"):
        inherited = len(policy.places) > 1
        yield container.finding(
            container.place if inherited else policy.places[0],
            f"a job that ends is started again and again by restart: {policy.value}",
            because=(container.job, policy.saying(f"restart is {policy.value}")),
        )
