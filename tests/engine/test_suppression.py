import pytest

from dockerlint_py.testing import project

DOCKERFILE = """\
FROM python:3.13-slim AS base
RUN apt-get update && \\
{inside}    apt-get install -y curl
{before}FROM base
CMD ["python", "app.py"]
"""


def check(
    pack: str, text: str, *codes: str
) -> tuple[list[str | None], list[tuple[str, int | None]]]:
    checked = project({"Dockerfile": text}).check(*(codes or ("XYZ001", "XYZ002")), packs=[pack])
    reasons = [p.suppressed.reason if p.suppressed else None for p in checked.outcome.problems]
    return reasons, [(note.code, note.line) for note in checked.outcome.notes]


@pytest.mark.parametrize(
    ("comment", "reasons"),
    [
        ("# dockerlint: ignore[XYZ001] known\n", [None, None, "known"]),
        ("#dockerlint:ignore[named-base, XYZ002]\n", [None, "", ""]),
        ("  # dockerlint: ignore[xyz002] why\n", [None, "why", None]),
        ("# dockerlint: ignore-stage[XYZ001] stage\n", [None, None, "stage"]),
        ("# dockerlint: ignore-file[XYZ001] file\n", ["file", None, "file"]),
        ("# hadolint ignore=DL9999,DL3000\n", [None, None, ""]),
        ("# hadolint global ignore=DL9999\n", ["", None, ""]),
        ("# check=skip=DL9999;error=true\n", [None, None, ""]),
        ("# an ordinary comment about dockerlint: ignore[XYZ001]\n", [None, None, None]),
    ],
)
def test_a_comment_before_an_instruction(
    pack: str, comment: str, reasons: list[str | None]
) -> None:
    found, notes = check(pack, DOCKERFILE.format(before=comment, inside=""))
    assert found == reasons
    assert notes == []


def test_a_check_directive_at_the_top_covers_the_file(pack: str) -> None:
    text = "# check=skip=DL9999;error=true\n" + DOCKERFILE.format(before="", inside="")
    assert check(pack, text)[0] == ["", None, ""]


def test_a_directive_at_the_top_covers_the_first_instruction_only(pack: str) -> None:
    text = "# dockerlint: ignore[XYZ001] why\n" + DOCKERFILE.format(before="", inside="")
    assert check(pack, text)[0] == ["why", None, None]


@pytest.mark.parametrize(
    ("comment", "note"),
    [
        ("# dockerlint: ignore[XYZ009] why", "unknown-suppression"),
        ("# dockerlint: ignore[XYZ003] why", "unused-suppression"),
        ("# dockerlint: ignore XYZ001", "malformed-suppression"),
        ("# dockerlint: ignore[] why", "malformed-suppression"),
        ("# dockerlint: skip[XYZ001]", "malformed-suppression"),
    ],
)
def test_a_directive_that_does_nothing_is_noted(pack: str, comment: str, note: str) -> None:
    text = DOCKERFILE.format(before="", inside=f"    {comment}\n")
    codes = ("XYZ001", "XYZ002")
    if note == "unused-suppression":
        text = text.replace("XYZ003", "XYZ002")
    assert check(pack, text, *codes)[1] == [(note, 3)]


def test_a_rule_that_did_not_run_leaves_its_directive_alone(pack: str) -> None:
    text = DOCKERFILE.format(before="# dockerlint: ignore[XYZ002] why\n", inside="")
    assert check(pack, text, "XYZ001")[1] == []


def test_directives_can_be_switched_off(pack: str) -> None:
    from dockerlint_py.engine.packs import load_catalogue
    from dockerlint_py.engine.run import audit

    text = "# dockerlint: ignore-file[XYZ001] why\nFROM a\n"
    catalogue = load_catalogue([pack])
    infos = catalogue.rules[:1]
    repository = project({"Dockerfile": text}).repository()
    outcome = audit(repository, infos, catalogue, inline_suppressions=False)
    assert [problem.suppressed for problem in outcome.problems] == [None]
