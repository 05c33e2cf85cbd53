"""Typed views of FROM, COPY, RUN --mount, HEALTHCHECK and EXPOSE."""

import pytest

from dockerlint_py.dockerfile import (
    Instruction,
    PortRange,
    Word,
    copy_clause,
    exposed_ports,
    from_clause,
    health_check,
    mounts,
    parse,
    parse_ports,
)
from dockerlint_py.text import Source


def only(text: str) -> Instruction:
    [instruction] = parse(Source("Dockerfile", text)).instructions
    return instruction


def value(word: Word | None) -> str | None:
    return None if word is None else word.value


@pytest.mark.parametrize(
    ("line", "image", "name", "platform"),
    [
        ("FROM a", "a", None, None),
        ("FROM --platform=$P a:1@sha256:x As b", "a:1@sha256:x", "b", "$P"),
        ("FROM a b c", "a", None, None),
        ("FROM", None, None, None),
    ],
)
def test_from(line: str, image: str | None, name: str | None, platform: str | None) -> None:
    clause = from_clause(only(line))
    assert (value(clause.image), value(clause.name), value(clause.platform)) == (
        image,
        name,
        platform,
    )


def test_copy() -> None:
    clause = copy_clause(
        only("COPY --from=b --chown=1:2 --chmod=755 --link --exclude=*.md --exclude=x a c /d/")
    )
    assert [word.value for word in clause.sources] == ["a", "c"]
    assert value(clause.destination) == "/d/"
    assert (value(clause.origin), value(clause.chown), value(clause.chmod)) == ("b", "1:2", "755")
    assert (clause.link, clause.parents) == (True, False)
    assert [word.value for word in clause.exclude] == ["*.md", "x"]


@pytest.mark.parametrize(
    ("line", "sources", "destination"),
    [
        ('COPY ["a b", "c"]', ["a b"], "c"),
        ("ADD --link=false <<A <<B /d\nA\nB\n", ["<<A", "<<B"], "/d"),
        ("COPY x", [], None),
        ("COPY", [], None),
    ],
)
def test_copy_sources(line: str, sources: list[str], destination: str | None) -> None:
    clause = copy_clause(only(line))
    assert [word.value for word in clause.sources] == sources
    assert value(clause.destination) == destination
    assert not clause.link


def test_mounts() -> None:
    source = (
        "RUN --mount=type=cache,ID=pip,dst=/root/.cache,sharing=locked,ro --mount=src=a,from=b x"
    )
    cache, bind = mounts(only(source))
    assert (cache.kind, value(cache.id), value(cache.target)) == ("cache", "pip", "/root/.cache")
    assert [option.key for option in cache.options] == ["type", "id", "dst", "sharing", "ro"]
    assert cache.options[-1].value is None
    assert cache.target is not None
    assert cache.target.place.text == "/root/.cache"
    assert (bind.kind, value(bind.source), value(bind.origin)) == ("bind", "a", "b")
    assert bind.target is None


def test_health_check_in_shell_form() -> None:
    check = health_check(
        only(
            "HEALTHCHECK --interval=5s --timeout=3s --start-period=1s --retries=2 "
            "cmd curl -f x || y"
        )
    )
    assert check.command is not None
    assert check.command.text == "curl -f x || y"
    assert check.command.place(0, 4).text == "curl"
    assert (value(check.interval), value(check.timeout)) == ("5s", "3s")
    assert (value(check.start_period), value(check.start_interval)) == ("1s", None)
    assert (value(check.retries), check.none, check.json) == ("2", False, False)


def test_health_check_none_and_json() -> None:
    none = health_check(only("HEALTHCHECK none"))
    assert (none.none, none.command, none.args) == (True, None, ())
    check = health_check(only('HEALTHCHECK CMD ["a", "b"]'))
    assert check.json
    assert [word.value for word in check.args] == ["a", "b"]


def test_exposed_ports() -> None:
    ports = exposed_ports(only("EXPOSE 80 $PORT"))
    assert [(port.word.value, port.ports) for port in ports] == [
        ("80", PortRange(80, 80, "tcp")),
        ("$PORT", None),
    ]


@pytest.mark.parametrize(
    ("text", "ports"),
    [
        ("53/UDP", PortRange(53, 53, "udp")),
        ("8000-8010", PortRange(8000, 8010, "tcp")),
        ("8000-8010/sctp", PortRange(8000, 8010, "sctp")),
        ("65536", None),
        ("9-8", None),
        ("80/", None),
        ("80/http", None),
        ("-80", None),
        ("٨٠", None),
        ("8080:80", None),
    ],
)
def test_port_ranges(text: str, ports: PortRange | None) -> None:
    assert parse_ports(text) == ports
