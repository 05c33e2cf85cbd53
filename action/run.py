"""What the GitHub Action runs: installs dockerlint-py aside, audits, passes on what came out.

The workspace may hold files of a hostile pull request. So nothing is imported from it (Python runs
with `-I`), nothing that it says reaches a shell, and nothing is written where a link of it leads.
Inputs come from the environment; see `action.yml`.
"""

from __future__ import annotations  # to tell an old Python that it is too old

import json
import os
import re
import secrets
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

OLDEST_PYTHON = (3, 11)
EXACT_VERSION = re.compile(r"[0-9]+(\.[0-9]+){1,2}((a|b|rc)[0-9]+)?", re.ASCII)
SEVERITIES = ("error", "warning", "info")
FAIL_ON = ("", *SEVERITIES, "never")
UNTRUSTED = 2
SUMMARY_LIMIT = 900_000
"""Bytes. GitHub refuses a summary of a step as a whole when it is larger than 1 MiB."""

Install = Callable[["Inputs"], Path]


class InputError(Exception):
    """An input of the action has no meaning."""


class Inputs(NamedTuple):
    """The inputs of the action, checked, and the folders of the job."""

    paths: tuple[str, ...]
    arguments: tuple[str, ...]
    folder: Path
    requirement: str
    sarif: Path | None
    summary: Path | None
    outputs: Path | None
    temporary: Path


def main(environment: Mapping[str, str], install: Install | None = None) -> int:
    """Runs the action; returns the exit status of the step."""
    try:
        inputs = read_inputs(environment)
        python = (install or install_aside)(inputs)
    except (InputError, OSError, subprocess.CalledProcessError) as error:
        print(f"::error title=dockerlint-py::{_escape(str(error))}")
        if outputs := environment.get("GITHUB_OUTPUT"):
            _append(Path(outputs), f"status={UNTRUSTED}")
        return UNTRUSTED
    return audit(python, inputs)


def read_inputs(environment: Mapping[str, str]) -> Inputs:
    """The inputs; raises `InputError` with the name of the first one that is wrong."""

    def given(name: str, default: str = "") -> str:
        return environment.get(f"DOCKERLINT_{name}", "").strip() or default

    workspace = Path(environment.get("GITHUB_WORKSPACE") or os.getcwd()).resolve()
    temporary = Path(environment.get("RUNNER_TEMP") or tempfile.gettempdir()).resolve()
    folder = (workspace / given("FOLDER", ".")).resolve()
    if not folder.is_dir():
        raise InputError(f"working-directory: no such folder: {folder}")
    fail_on = given("FAIL_ON")
    if fail_on not in FAIL_ON:
        raise InputError(f"fail-on: expected one of {', '.join(FAIL_ON[1:])}, got {fail_on!r}")
    try:
        arguments = shlex.split(given("ARGS"))
    except ValueError as error:
        raise InputError(f"args: {error}") from error
    sarif, summary = given("SARIF"), environment.get("GITHUB_STEP_SUMMARY")
    outputs = environment.get("GITHUB_OUTPUT")
    return Inputs(
        paths=tuple(filter(None, map(str.strip, given("PATHS", ".").split("\n")))),
        arguments=(*arguments, *(("--fail-on", fail_on) if fail_on else ())),
        folder=folder,
        requirement=_requirement(given("REQUIREMENT"), given("VERSION", "action"), folder),
        sarif=_inside(folder / sarif, (workspace, temporary)) if sarif else None,
        summary=Path(summary) if summary and given("SUMMARY") == "true" else None,
        outputs=Path(outputs) if outputs else None,
        temporary=Path(tempfile.mkdtemp(prefix="dockerlint-py-", dir=temporary)),
    )


def _requirement(requirement: str, version: str, folder: Path) -> str:
    """What pip is to install. A path of the workspace must say that it is one, by `./` or `/`."""
    if requirement.startswith("-") or "\n" in requirement:
        raise InputError(f"requirement: not a requirement: {requirement!r}")
    if requirement:
        return str(folder / requirement) if requirement.startswith(".") else requirement
    if version == "action":
        return str(Path(__file__).resolve().parents[1])
    if not EXACT_VERSION.fullmatch(version):
        raise InputError(f"version: expected `action` or an exact version, got {version!r}")
    return f"dockerlint-py=={version}"


def _inside(path: Path, folders: tuple[Path, ...]) -> Path:
    """The path with its folder's links resolved; it must lie in one of the folders.

    What stands there may be the pull request's: it is replaced, never written through, and never
    taken for a report of ours.
    """
    there = path.parent.resolve() / path.name
    if "\n" in path.name or not any(there.is_relative_to(folder) for folder in folders):
        raise InputError(f"sarif-file: not inside the workspace: {path}")
    there.parent.mkdir(parents=True, exist_ok=True)
    return there


def install_aside(inputs: Inputs) -> Path:
    """Installs dockerlint-py in an environment of its own; returns its Python."""
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:2]))
        raise InputError(f"python: 3.11 or newer is needed, this is {found}")
    print("::group::Install dockerlint-py", flush=True)
    folder = inputs.temporary / "venv"
    python = folder / "bin" / "python"
    try:
        subprocess.run([sys.executable, "-I", "-m", "venv", folder], check=True)
        pip = [str(python), "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--", inputs.requirement], check=True, cwd=inputs.temporary)
    finally:
        print("::endgroup::", flush=True)
    return python


def audit(python: Path, inputs: Inputs) -> int:
    """Audits with an installed dockerlint-py; returns its exit status."""
    wanted = {"json": True, "markdown": inputs.summary, "sarif": inputs.sarif}
    reports = {format_: inputs.temporary / format_ for format_, is_on in wanted.items() if is_on}
    command = [str(python), "-I", "-m", "dockerlint_py", "check", *inputs.arguments]
    command += ["--format", "github"]
    for format_, path in reports.items():
        command += ["--output", f"{format_}={path}"]
    run = subprocess.run(
        [*command, "--", *inputs.paths], cwd=inputs.folder, stderr=subprocess.PIPE, check=False
    )
    _print_inert(run.stderr.decode("utf-8", "replace"))
    written = {format_: path for format_, path in reports.items() if path.exists()}
    _pass_on(run.returncode, written, inputs)
    return run.returncode


def _pass_on(status: int, reports: Mapping[str, Path], inputs: Inputs) -> None:
    """Puts what was written where the workflow wants it."""
    sarif = inputs.sarif if "sarif" in reports else None
    if sarif:
        sarif.unlink(missing_ok=True)
        shutil.copyfile(reports["sarif"], sarif)
    if inputs.outputs:
        _append(inputs.outputs, _outputs(status, reports.get("json"), sarif))
    if inputs.summary and "markdown" in reports:
        _append(inputs.summary, _shortened(reports["markdown"].read_text(encoding="utf-8")))


def _print_inert(text: str) -> None:
    """Prints text that GitHub must not take commands from: it may hold words of the workspace."""
    if not text:
        return
    token = secrets.token_hex(16)
    print(f"::stop-commands::{token}\n{text.rstrip()}\n::{token}::", flush=True)


def _outputs(status: int, report: Path | None, sarif: Path | None) -> str:
    """The outputs as GitHub reads them: numbers of ours and a path of the workflow's."""
    lines = [f"status={status}"]
    if report:
        found = json.loads(report.read_text(encoding="utf-8"))["summary"]
        numbers = [int(found[severity]) for severity in SEVERITIES]
        lines += [f"{name}s={number}" for name, number in zip(SEVERITIES, numbers, strict=True)]
        lines.append(f"findings={sum(numbers)}")
    if sarif:
        lines.append(f"sarif-file={sarif}")
    return "\n".join(lines)


def _shortened(text: str) -> str:
    """The text, cut behind a line where it would be too long for GitHub."""
    encoded = text.encode()
    if len(encoded) <= SUMMARY_LIMIT:
        return text
    kept = encoded[: encoded.rindex(b"\n", 0, SUMMARY_LIMIT)].decode()
    return f"{kept}\n\nThe rest did not fit: see the log.\n"


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(f"{text}\n")


def _escape(text: str) -> str:
    """The text as the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


if __name__ == "__main__":
    raise SystemExit(main(os.environ))
