"""Contradictions between a service's own limits and replicas and those of its `deploy` section.

Source: `docker compose config`.
"""

import struct

from dockerlint_py.compose import decode
from dockerlint_py.compose.problems import Problems
from dockerlint_py.compose.tree import Mapping, Scalar, Value
from dockerlint_py.record import NamedTuple


class _Pair(NamedTuple):
    """A key of the service and the key of `deploy.resources` that must agree with it."""

    own: str
    section: str
    deployed: str


_PAIRS = (
    _Pair("cpus", "limits", "cpus"),
    _Pair("mem_limit", "limits", "memory"),
    _Pair("mem_reservation", "reservations", "memory"),
    _Pair("pids_limit", "limits", "pids"),
)


def check_limits(service: Mapping, problems: Problems) -> None:
    """Reports limits and scales that contradict one another, and names that cannot be scaled."""
    deploy = service.get("deploy")
    resources = deploy.get("resources") if isinstance(deploy, Mapping) else None
    for pair in _PAIRS:
        section = resources.get(pair.section) if isinstance(resources, Mapping) else None
        if isinstance(section, Mapping):
            _check_pair(service, pair, section, problems)
    _check_scale(service, deploy, problems)


def _check_pair(service: Mapping, pair: _Pair, section: Mapping, problems: Problems) -> None:
    own = service.get(pair.own)
    if own is None or _doubtful(own):
        return
    value = _number(own, pair)
    deployed = section.get(pair.deployed)
    if not value or _doubtful(deployed):
        return
    if value != (_number(deployed, pair) if deployed is not None else 0):
        message = f"{pair.own} and deploy.resources.{pair.section}.{pair.deployed} must be equal"
        at = deployed if deployed is not None else section
        problems.add("conflict", message, own.subject, (at.subject.says("the other limit"),))


def _doubtful(value: Value | None) -> bool:
    return isinstance(value, Scalar) and value.doubt is not None


def _number(value: Value, pair: _Pair) -> float:
    decoders = {"cpus": decode.number, "pids_limit": decode.integer_text}
    try:
        made = decoders.get(pair.own, decode.size)(value)
    except ValueError:
        return 0  # reported as unreadable already
    number = made if isinstance(made, int | float) else 0
    # Compose keeps CPUs in 32 bits.
    return float(struct.unpack("f", struct.pack("f", number))[0]) if pair.own == "cpus" else number


def _check_scale(service: Mapping, deploy: Value | None, problems: Problems) -> None:
    scale = service.get("scale")
    replicas = deploy.get("replicas") if isinstance(deploy, Mapping) else None
    if _doubtful(scale) or _doubtful(replicas):
        return
    counts = [_count(scale), _count(replicas)]
    if counts[0] is not None and counts[1] is not None and counts[0] != counts[1]:
        assert scale is not None
        assert replicas is not None
        message = "scale and deploy.replicas must be equal"
        related = (replicas.subject.says("deploy.replicas"),)
        problems.add("conflict", message, scale.subject, related)
        return
    for count, value in zip(counts, (scale, replicas), strict=True):
        if count is not None and value is not None and count < 0:
            problems.add("value", "there cannot be less than 0 containers", value.place)
    _check_name(service, scale if scale is not None else replicas, problems)


def _check_name(service: Mapping, scale: Value | None, problems: Problems) -> None:
    container = service.get("container_name")
    count = _count(scale)
    if not isinstance(container, Scalar) or not container.value or container.doubt:
        return
    if count is not None and count > 1 and scale is not None:
        message = f"one container_name for {count} containers, each of which needs a name"
        related = (scale.subject.says("more than one container"),)
        problems.add("conflict", message, container.subject, related)


def _count(value: Value | None) -> int | None:
    data = value.value if isinstance(value, Scalar) else None
    return int(data) if isinstance(data, int | float) else None
