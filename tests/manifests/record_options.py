"""Records which options real installers have, and which of them take a value.

Run by hand with the installers on PATH: `python tests/manifests/record_options.py TOOL[=NAME]...`.
It writes tool_options.json beside itself, which test_installer_options.py holds the grammars to.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

UV = ("sync", "add", "run", "export", "lock", "venv", "build", "pip install", "pip sync",
      "pip uninstall", "tool install", "python install")  # fmt: skip
POETRY = ("install", "add", "self add", "update", "export", "build", "lock", "config", "remove")
VERBS = {
    "pip": ("install", "download", "wheel", "uninstall"),
    "uv": UV,
    "poetry": POETRY,
    "pipenv": ("install", "sync", "lock", "update", "uninstall", "requirements"),
    "pdm": ("install", "sync", "add", "update", "lock", "export", "build"),
    "pipx": ("install", "inject"),
    "virtualenv": ("",),
    "pip-sync": ("",),
}
# Two blanks stand before an option; what follows its names tells whether it takes a value.
OPTION = re.compile(r"^ {1,8}(-{1,2}[A-Za-z][^ ,=]*(?:[, =/]+[^ ]+)*?)(?:  +|$)", re.MULTILINE)


def help_text(tool: str, verb: str) -> str:
    """What `TOOL VERB --help` prints."""
    argv = [tool, *verb.split(), "--help", *(["--no-ansi"] if tool == "poetry" else [])]
    environment = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1", "PAGER": "cat"}
    result = subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)
    return result.stdout


def options(text: str) -> dict[str, list[str]]:
    """The options of a help text: those with a value, and flags."""
    found: dict[str, set[str]] = {"values": set(), "flags": set()}
    for line in OPTION.findall(text):
        if "--[no-]" in line:
            continue
        optional = "[" in line and "<" not in line.split("[")[0] and "[or " not in line
        rest = re.sub(r"(?<![\w-])-{1,2}[A-Za-z?][A-Za-z0-9-]*", "", line)
        has_value = bool(re.search(r"[A-Za-z{<]", rest.replace("|vv|vvv", ""))) and not optional
        names = re.findall(r"(?<![\w-])-{1,2}[A-Za-z][A-Za-z0-9-]*", line)
        found["values" if has_value else "flags"].update(names)
    found["flags"] -= found["values"]
    return {kind: sorted(names) for kind, names in found.items()}


def main() -> None:
    """Write tool_options.json."""
    path = Path(__file__).with_name("tool_options.json")
    recorded = json.loads(path.read_text()) if path.exists() else {}
    for word in sys.argv[1:]:
        tool, _, name = word.partition("=")
        recorded[name or tool] = {verb: options(help_text(tool, verb)) for verb in VERBS[tool]}
    path.write_text(json.dumps(recorded, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
