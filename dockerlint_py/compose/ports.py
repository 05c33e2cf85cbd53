"""The short syntax of a port: `[[ip:]host:]container[/protocol]`, ports or ranges.

Source: compose-spec 05-services.md "ports", and `docker compose config`.
"""

import re

from dockerlint_py.compose.volumes import Part
from dockerlint_py.record import NamedTuple
from dockerlint_py.text.regex import regex

_NUMBER = regex(r"[0-9]{1,40}", re.ASCII)
_PROTOCOLS = ("tcp", "udp", "sctp")
LAST_PORT = 65535


class PortMapping(NamedTuple):
    """One published container port. `published` is None for a random host port, and may be a range.

    Parts give the places of the words in the short syntax.
    """

    host_ip: str
    published: str | None
    target: int
    protocol: str


class ShortPort(NamedTuple):
    """A port in short syntax: the words it was split into, and the mappings it means.

    `error` says why Compose refuses it, and `wrong` which part is to blame.
    """

    host_ip: Part
    published: Part
    target: Part
    protocol: Part
    mappings: tuple[PortMapping, ...] = ()
    error: str | None = None
    wrong: Part | None = None


def parse_port(spec: str) -> ShortPort:
    """Splits and checks a short syntax; never raises."""
    words = _split(spec)
    error = _check_address(words)
    if error is not None:
        return words._replace(error=error[0], wrong=error[1])
    target = _range(words.target.text)
    if target is None:
        return words._replace(
            error=f"invalid container port `{words.target.text}`", wrong=words.target
        )
    if target[0] == 0:
        return words._replace(error="no container port", wrong=words.target)
    published = _range(words.published.text) if words.published.text else None
    if published is None and words.published.text:
        return words._replace(
            error=f"invalid host port `{words.published.text}`", wrong=words.published
        )
    if published is not None and target[0] != target[1] and _size(published) != _size(target):
        return words._replace(
            error="the ranges of host and container ports differ in length", wrong=words.target
        )
    return words._replace(mappings=_mappings(words, published, target))


def _split(spec: str) -> ShortPort:
    head, colon, tail = spec.rpartition(":")
    container = len(head) + len(colon)
    address, colon, host = head.rpartition(":")
    host_start = len(address) + len(colon)
    port, slash, protocol = tail.partition("/")
    protocol_start = container + len(port) + len(slash)
    return ShortPort(
        Part(address, 0, len(address)),
        Part(host, host_start, host_start + len(host)),
        Part(port, container, container + len(port)),
        Part(protocol, protocol_start, protocol_start + len(protocol)),
    )


def _check_address(words: ShortPort) -> tuple[str, Part] | None:
    if not words.target.text:
        return "no container port", words.target
    protocol = words.protocol.text.lower() or "tcp"
    if protocol not in _PROTOCOLS:
        return f"invalid protocol `{protocol}`", words.protocol
    if words.host_ip.text and not is_address(_unbracketed(words.host_ip.text)):
        return f"invalid IP address `{words.host_ip.text}`", words.host_ip
    return None


def _unbracketed(address: str) -> str:
    if address.startswith("[") and address.endswith("]"):
        return address[1:-1]
    return address


def is_address(text: str) -> bool:
    """Whether a text is an IP address for Go's net.ParseIP: no zone, no leading zeros."""
    import ipaddress

    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return "%" not in text


def _range(text: str) -> tuple[int, int] | None:
    ends = text.split("-")[:2]  # Compose overlooks what follows: `1-2-3` is `1-2`
    if not all(_NUMBER.fullmatch(end) for end in ends):
        return None
    start, end = int(ends[0]), int(ends[-1])
    if start > LAST_PORT or end > LAST_PORT or end < start:
        return None
    return start, end


def _size(ports: tuple[int, int]) -> int:
    return ports[1] - ports[0]


def _mappings(
    words: ShortPort, published: tuple[int, int] | None, target: tuple[int, int]
) -> tuple[PortMapping, ...]:
    address = _unbracketed(words.host_ip.text)
    protocol = words.protocol.text.lower() or "tcp"
    made: list[PortMapping] = []
    for number in range(_size(target) + 1):
        host: str | None = None
        if published is not None:
            host = str(published[0] + number)
            if target[0] == target[1] and published[0] != published[1]:
                host = f"{published[0]}-{published[1]}"
        made.append(PortMapping(address, host, target[0] + number, protocol))
    # Compose sorts the mappings by their text: 9 comes after 10.
    return tuple(sorted(made, key=lambda one: str(one.target)))
