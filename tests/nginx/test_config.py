"""Servers, upstreams and inheritance; each answer was compared with a running nginx 1.22.1."""

import pytest

from dockerlint_py.facts import Known, Unknown
from dockerlint_py.nginx import MAX_PASSES, Config, Found, Parsed, config_of, expand_includes, parse
from dockerlint_py.text import Source


def config(http: str, **files: str) -> Config:
    """The configuration with an `http` block of this text; `include NAME` finds the files."""

    def find(name: str) -> Found:
        text = files.get(name)
        return Found(gap=f"{name} is missing") if text is None else Found((parsed(text),))

    whole = expand_includes(parsed(f"http {{ {http} }}"), find)
    assert whole.problem is None
    return config_of(whole.directives)


def parsed(text: str) -> Parsed:
    return parse(Source("nginx.conf", text))


HEADERS = "proxy_set_header A 1; server {{ proxy_set_header B 2; location / {{ {} }} }}"


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("proxy_pass http://a;", ["B"]),
        ("proxy_set_header C 3; proxy_pass http://a;", ["C"]),
        ("proxy_set_header C 3; if ($a) { proxy_pass http://a; }", ["C"]),
        ("proxy_set_header C 3; if ($a) { proxy_set_header D 4; proxy_pass http://a; }", ["D"]),
        ("include headers; proxy_pass http://a;", ["E", "F"]),
        ("add_header C 3; proxy_pass http://a;", ["B"]),
    ],
)
def test_own_headers_drop_those_of_the_levels_above(location: str, expected: list[str]) -> None:
    read = config(HEADERS.format(location), headers="proxy_set_header E 5; proxy_set_header F 6;")
    (passed,) = read.passes
    fact = passed.level.effective("proxy_set_header")
    assert isinstance(fact, Known)
    assert [each.values[0] for each in fact.value] == expected


def test_what_a_missing_file_may_set_is_unknown() -> None:
    read = config(HEADERS.format("include missing; proxy_pass http://a;"))
    (passed,) = read.passes
    assert passed.level.effective("proxy_set_header") == Unknown("missing is missing")


def test_requests_go_to_the_servers_of_an_upstream() -> None:
    read = config(
        "upstream app { server a:1; server b resolve; server unix:/x; }"
        "server { location / { proxy_pass http://app; } location /c { proxy_pass https://c/d; } }"
    )
    first, second = read.passes
    assert [
        (peer.address.host, peer.address.port, peer.resolves)
        for passed in (first, second)
        for peer in read.peers(passed)
    ] == [("a", 1, False), ("b", 80, True), ("c", 443, False)]
    assert not read.upstreams["app"].is_whole


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("http://web:8000", ("web", 8000)),
        ("http://web", ("web", 80)),
        ("https://web/path", ("web", 443)),
        ("http://[::1]:8000/", ("[::1]", 8000)),
        ("http://$web:8000", None),
        ("http://unix:/run/a.sock:/b", None),
        ("http://web:x", None),
        ("http://", None),
    ],
)
def test_targets(target: str, expected: tuple[str, int] | None) -> None:
    (passed,) = config(f"server {{ location / {{ proxy_pass {target}; }} }}").passes
    found = passed.target
    assert (found and (found.host, found.port)) == expected


@pytest.mark.parametrize(
    ("directives", "expected"),
    [
        ("", [(80, "", False)]),
        ("listen 8080;", [(8080, "", False)]),
        ("listen 80 default_server; listen [::]:80;", [(80, "", False), (80, "[::]", False)]),
        ("listen 443 ssl http2;", [(443, "", True)]),
        ("listen 127.0.0.1:8000;", [(8000, "127.0.0.1", False)]),
        ("listen *:81;", [(81, "", False)]),
        ("listen example.com;", [(80, "example.com", False)]),
        ("listen unix:/a;", [(None, "", False)]),
        ("listen $port;", [(None, "", False)]),
    ],
)
def test_listens(directives: str, expected: list[tuple[int | None, str, bool]]) -> None:
    (server,) = config(f"server {{ {directives} }}").servers
    assert [(each.port, each.address, each.ssl) for each in server.listens] == expected


def test_includes_that_include_themselves_end() -> None:
    assert config("include a;", a="include a; include a;").gap is not None


def test_files_that_are_included_again_and_again_are_left_out() -> None:
    assert config("include a; " * 100, a="b; " * 1_000).gap is not None


def test_many_passes_take_little_time() -> None:
    read = config("server { location / { %s } }" % ("proxy_pass http://a; " * 15_000))
    assert len(read.passes) == MAX_PASSES
