import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockerlint_py.knowledge.images import ImageRef, parse_image

DIGEST = "sha256:" + "0a" * 32


@pytest.mark.parametrize(
    ("text", "name", "registry", "repository", "tag", "digest"),
    [
        ("python", "python", "docker.io", "python", None, None),
        ("python:3.13-slim", "python", "docker.io", "python", "3.13-slim", None),
        ("library/python:3", "python", "docker.io", "python", "3", None),
        ("docker.io/library/python", "python", "docker.io", "python", None, None),
        ("index.docker.io/library/python", "python", "docker.io", "python", None, None),
        ("tiangolo/x", "tiangolo/x", "docker.io", "tiangolo/x", None, None),
        ("ghcr.io/a/uv:0.8", "ghcr.io/a/uv", "ghcr.io", "a/uv", "0.8", None),
        ("localhost/app", "localhost/app", "localhost", "app", None, None),
        ("localhost:5000/app:1", "localhost:5000/app", "localhost:5000", "app", "1", None),
        ("[::1]:5000/app", "[::1]:5000/app", "[::1]:5000", "app", None, None),
        (f"python:3@{DIGEST}", "python", "docker.io", "python", "3", DIGEST),
        (f"python@{DIGEST}", "python", "docker.io", "python", None, DIGEST),
        ("a__b/c-d--e.f", "a__b/c-d--e.f", "docker.io", "a__b/c-d--e.f", None, None),
    ],
)
def test_parts(
    text: str, name: str, registry: str, repository: str, tag: str | None, digest: str | None
) -> None:
    assert parse_image(text) == ImageRef(registry, repository, name, tag, digest, text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            ":",
            "Python",
            "python:",
            "python:-x",
            "python:" + "t" * 129,
            "python@",
            "python@sha256:1",
        ),
        *(
            "/python",
            "python/",
            "a//b",
            "a___b",
            "a..b",
            "a._b",
            "-a",
            "a-",
            "a b",
            "a\n",
            "${BASE}",
        ),
        *("0a" * 32, "x" * 256, "host.io:port/a", "-host.io/a", "host..io/a", "é", "a:b:c"),
    ],
)
def test_what_docker_refuses(text: str) -> None:
    assert parse_image(text) is None


def test_the_tag_that_is_pulled() -> None:
    tags = [ref.effective_tag for text in ("a", "a:1", f"a@{DIGEST}") if (ref := parse_image(text))]
    assert tags == ["latest", "1", None]


COMPONENT = st.from_regex(r"[a-z0-9]+(?:(?:[._]|__|-{1,3})[a-z0-9]+){0,2}", fullmatch=True)
HOST = st.sampled_from(
    ["docker.io", "ghcr.io", "localhost", "localhost:5000", "Registry", "a-b.c:1"]
)


@given(
    host=st.none() | HOST,
    parts=st.lists(COMPONENT.filter(lambda c: len(c) < 20), min_size=1, max_size=3),
    tag=st.none() | st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}", fullmatch=True),
    digest=st.none() | st.just(DIGEST),
)
def test_valid_references_come_apart_as_they_were_put_together(
    host: str | None, parts: list[str], tag: str | None, digest: str | None
) -> None:
    path = "/".join(parts)
    if host is None and len(parts) > 1 and ("." in parts[0] or parts[0] == "localhost"):
        host = "docker.io"
    text = (f"{host}/" if host else "") + path
    text += (f":{tag}" if tag else "") + (f"@{digest}" if digest else "")
    ref = parse_image(text)
    if host is None and len(path) == 64:
        return
    assert ref is not None
    assert (ref.tag, ref.digest, ref.written) == (tag, digest, text)
    assert ref.registry == (host or "docker.io")
    hub = ref.registry == "docker.io"
    assert ref.repository == (path.removeprefix("library/") if hub else path)
    assert ref.name == (ref.repository if hub else f"{host}/{path}")


@given(st.text(alphabet=string.printable + "é\u2028", max_size=300))
def test_nothing_raises(text: str) -> None:
    ref = parse_image(text)
    assert ref is None or ref.written == text
