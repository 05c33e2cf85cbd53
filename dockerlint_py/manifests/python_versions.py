"""Files that name the Python a project runs on: .python-version, runtime.txt, .tool-versions."""

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.text import Source
from dockerlint_py.text.regex import regex

_CPYTHON = regex(r"(?:c?python-?|v)?(\d+(?:\.\d+){1,2})t?$")


def read_python_version(source: Source) -> Fact[str]:
    """The CPython version that the file names, as written (`3.12`, `3.12.4`).

    Of several versions in a .python-version the first decides, as for pyenv and uv. Other
    implementations, `system` and names of environments are unknown.
    """
    is_tool_versions = source.path.rpartition("/")[2] == ".tool-versions"
    offset = 0
    for line in source.text.split("\n"):
        words = line.partition("#")[0].split()
        if is_tool_versions and words and words[0] != "python":
            words = []
        text = words[1 if is_tool_versions and len(words) > 1 else 0] if words else ""
        if text:
            start = offset + line.index(text)
            place = source.place(start, start + len(text))
            found = _CPYTHON.match(text)
            if found is None:
                return Unknown(f"{source.path} names {text[:40]}", places=(place,))
            says = f"{source.path} names Python {found.group(1)}"
            return Known(found.group(1), (place,), says=says)
        offset += len(line) + 1
    return Unknown(f"{source.path} names no Python")


def minor(version: str) -> str:
    """`3.12` of `3.12.4`."""
    return ".".join(version.split(".")[:2])
