"""Requirements files, against a table and against pip's own reader."""

from pathlib import Path

import pytest

from dockerlint_py.manifests import Manifest, read_manifest
from dockerlint_py.manifests.requirements import decode, logical_lines
from dockerlint_py.text import Source

FORMS = [
    ("flask", "flask"),
    ("Flask_Login == 0.6.3", "flask-login==0.6.3 pin:0.6.3"),
    ("zope.interface>=5,<6", "zope-interface<6,>=5"),
    ("uvicorn[standard, Extra_2]==0.30", "uvicorn[extra-2,standard]==0.30 pin:0.30"),
    ('x>=1; python_version < "3.12"', 'x>=1 ;python_version < "3.12"'),
    ("x==1.*", "x==1.*"),
    ("x===1.0-local", "x===1.0-local pin:1.0-local"),
    ("x @ https://host/x-1.tar.gz", "x url:https://host/x-1.tar.gz"),
    ("x@git+https://host/x.git@main", "x url:git+https://host/x.git@main"),
    ("git+https://host/x.git@v1#egg=My_X[a]", "my-x[a] url:git+https://host/x.git@v1#egg=My_X[a]"),
    ("https://host/my_x-2.1-py3-none-any.whl",
     "my-x==2.1 pin:2.1 url:https://host/my_x-2.1-py3-none-any.whl"),
    ("./libs/core", " path:./libs/core"),
    ("./my_x-2.1-py3-none-any.whl", "my-x==2.1 pin:2.1 path:./my_x-2.1-py3-none-any.whl"),
    ("-e .", " path:. editable"),
    ("-e ./libs/core[web]", "[web] path:./libs/core editable"),
    ("--editable=git+https://host/x.git#egg=x",
     "x url:git+https://host/x.git#egg=x editable"),
    ("file:./libs/core", " url:file:./libs/core path:./libs/core"),
    ("x==1 --hash=sha256:aa --hash=sha256:bb", "x==1 pin:1 hashed"),
    ("x==1 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb", "x==1 pin:1 hashed"),
    ("x==1  # why", "x==1 pin:1"),
    ("x==1# no comment", "problem"),
    ("# x\n\n  \nx", "x"),
    ("x \\\n# comment\n>=1", "x | problem"),
    ("x\\\n>=1", "x>=1"),
    ("\ufeffx", "x"),
    ("x\r\ny\r\n", "x | y"),
    ("x\x0cy", "x | y"),
    ("-i https://host/simple\nx", "x"),
    ("--no-index --find-links=/wheels\nx", "x"),
    ("x>=1 y", "problem"),
    ("--unknown-option\nx", "problem | x"),
    ("x --hash 'sha256:aa", "problem"),
    ("=== merge", "problem"),
    ("x==${VERSION}", "problem"),
]  # fmt: skip


def seen(manifest: Manifest) -> str:
    """Requirements and problems in the order of their places."""
    found = []
    for item in manifest.main:
        text = item.name + (f"[{','.join(item.extras)}]" if item.extras else "")
        text += item.versions.written
        text += f" pin:{item.pin}" if item.pin else ""
        text += f" ;{item.marker}" if item.marker else ""
        text += f" url:{item.url}" if item.url else ""
        text += f" path:{item.path}" if item.path else ""
        text += " editable" if item.editable else ""
        text += " hashed" if item.hashed else ""
        found.append((item.place.span.start, text))
    found += [(problem.place.span.start, "problem") for problem in manifest.problems]
    return " | ".join(text for _at, text in sorted(found))


def manifest_of(text: str, files: dict[str, str] | None = None) -> Manifest:
    sources = {path: Source(path, content) for path, content in (files or {}).items()}
    found = read_manifest(Source("requirements.txt", text), sources.get)
    assert found is not None
    return found


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_forms(text: str, expected: str) -> None:
    assert seen(manifest_of(text)) == expected


def test_places_are_exact() -> None:
    manifest = manifest_of("# a\n  flask==1.0 \\\n    --hash=sha256:aa # b\nx>=1;os_name=='nt'\n")
    assert [item.place.text for item in manifest.main] == ["flask==1.0", "x>=1;os_name=='nt'"]
    assert [item.place.line for item in manifest.main] == [2, 4]


def test_a_continued_requirement_has_a_place_over_both_lines() -> None:
    (item,) = manifest_of("x\\\n>=1\n").main
    assert item.place.text == "x\\\n>=1"


def test_includes_are_relative_to_their_file() -> None:
    manifest = manifest_of(
        "-r requirements/prod.txt\nlocal\n",
        {
            "requirements/prod.txt": "-r base.txt\n-c ../constraints.txt\ngunicorn\n",
            "requirements/base.txt": "-r prod.txt\ndjango\n",
            "constraints.txt": "django==5.2\n",
        },
    )
    assert [item.name for item in manifest.main] == ["django", "gunicorn", "local"]
    assert [(item.name, item.pin) for item in manifest.constraints] == [("django", "5.2")]
    assert [(one.kind, one.path) for one in manifest.references] == [
        ("requirements", "requirements/prod.txt"),
        ("requirements", "base.txt"),
        ("requirements", "prod.txt"),
        ("constraints", "../constraints.txt"),
    ]
    assert manifest.problems == ()


def test_what_a_constraints_file_includes_are_constraints() -> None:
    manifest = manifest_of("-c a.txt\n", {"a.txt": "-r b.txt\n", "b.txt": "x==1\n"})
    assert (len(manifest.main), len(manifest.constraints)) == (0, 1)


@pytest.mark.parametrize("line", ["-r missing.txt", "-r https://host/r.txt", "-r ${WHICH}.txt"])
def test_a_file_that_is_not_read_is_a_problem(line: str) -> None:
    assert len(manifest_of(line).problems) == 1


def test_many_files_end() -> None:
    files = {f"r{n}.txt": f"-r r{n + 1}.txt\n" for n in range(100)}
    manifest = manifest_of("-r r0.txt\n", files)
    assert "too many" in manifest.problems[-1].message


def test_options_of_the_file() -> None:
    manifest = manifest_of("--require-hashes\n-i https://a/\n--extra-index-url https://b/\n")
    assert manifest.require_hashes
    assert manifest.indexes == ("https://a/", "https://b/")


@pytest.mark.parametrize(
    ("header", "tool"),
    [
        ("#\n# This file is autogenerated by pip-compile with Python 3.12\n", "pip-compile"),
        ("# This file was autogenerated by uv via the following command:\n", "uv"),
        ("# our dependencies\n", None),
        ("x\n# autogenerated\n", None),
    ],
)
def test_generated_files(header: str, tool: str | None) -> None:
    assert manifest_of(header + "x==1\n").generated_by == tool


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"x", "x"),
        (b"\xef\xbb\xbfx", "x"),
        ("x".encode("utf-16"), "x"),
        (b"\xfe\xff" + "x".encode("utf-16-be"), "x"),
        ("x".encode("utf-32"), "x"),
        (b"# coding: latin-1\n\xe9", "# coding: latin-1\n\xe9"),
        (b"# coding: no-such-thing\n", None),
        (b"\xff\xfex", None),
        (b"\xe9", None),
    ],
)
def test_encodings(data: bytes, text: str | None) -> None:
    assert decode(data) == text


def test_many_continued_lines_are_read_in_linear_time() -> None:
    text = "x==1 \\\n" + "    --hash=sha256:aa \\\n" * 20_000
    assert len(list(logical_lines(Source("r.txt", text)))) == 1


PIP_READS = [text for text, expected in FORMS if "problem" not in expected] + [
    "x==1 --config-settings a=b",
    "a\nb # c\n\n-c constraints.txt\nd ; python_version > '3'\n",
    "-e git+https://host/x.git#egg=x # c",
    "  indented==1\n\tx",
    "x \\\n  \\\n  ==1",
    "x # comment \\\ny",
    "x #comment\\\n#y\nz",
    "a\\\nb",
    "-r base.txt",
    "x;python_version<'3'",
]


@pytest.mark.parametrize("text", PIP_READS)
def test_pip_reads_the_same(text: str, tmp_path: Path) -> None:
    req_file = pytest.importorskip("pip._internal.req.req_file")
    path = tmp_path / "requirements.txt"
    path.write_bytes(text.encode())
    for name in ("base.txt", "constraints.txt"):
        (tmp_path / name).write_text("included==1\n")
    theirs = [
        (line.requirement, line.is_editable, line.constraint)
        for line in req_file.parse_requirements(str(path), session=None)
    ]
    manifest = read_manifest(
        Source("requirements.txt", text), lambda name: Source(name, "included==1\n")
    )
    assert manifest is not None
    ours = [(item, False) for item in manifest.main] + [(i, True) for i in manifest.constraints]
    assert len(ours) == len(theirs)
    for item, constraint in ours:
        assert any(
            (item.editable, constraint) == (editable, limits)
            and _same(item.place.text, requirement)
            for requirement, editable, limits in theirs
        )


def _same(text: str, requirement: str) -> bool:
    """Whether the text of a place holds the requirement that pip read, line joins aside."""
    joined = text.replace("\\\r\n", "").replace("\\\n", "").strip()
    return requirement.replace(" ", "") in joined.replace(" ", "")
