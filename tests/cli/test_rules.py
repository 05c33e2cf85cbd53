import json

from click.testing import CliRunner

from dockerlint_py.cli.commands import main


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.stdout, result.stderr


def test_rules_are_listed_one_a_line() -> None:
    status, out, _ = run("rules")
    assert status == 0
    lines = out.splitlines()
    assert lines == sorted(lines)
    assert any(line.startswith("IMG005  container-runs-as-root") for line in lines)


def test_rules_as_json_keep_the_contract() -> None:
    status, out, _ = run("rules", "--format", "json")
    document = json.loads(out)
    assert (status, document["schema"]) == (0, 1)
    row = next(row for row in document["rules"] if row["id"] == "IMG005")
    assert row == {
        "id": "IMG005",
        "name": "container-runs-as-root",
        "family": "IMG",
        "severity": "warning",
        "severities": row["severities"],
        "profile": "default",
        "role": "prod",
        "fix": None,
        "tags": row["tags"],
        "security": {"severity": 5.3, "cwe": "CWE-250"},
        "unit": "Container",
        "summary": row["summary"],
        "url": "https://github.com/dockerlint-py/dockerlint-py/blob/main/docs/rules/IMG005.md",
        "options": [],
    }


def test_explain_takes_ids_and_names() -> None:
    status, out, _ = run("explain", "img005", "python-unbuffered-missing")
    assert status == 0
    assert out.startswith("# IMG005 · container-runs-as-root")
    assert "# PYR002 · python-unbuffered-missing" in out


def test_explain_tells_what_was_meant() -> None:
    status, _, err = run("explain", "IMG055")
    assert status == 2
    assert err == "dockerlint-py: no rule is called 'IMG055' (did you mean \"IMG005\"?)\n"
