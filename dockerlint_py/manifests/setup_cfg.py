"""setup.cfg of setuptools."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.manifests.model import Manifest, Problem, Reference, ReferenceKind, Requirement
from dockerlint_py.manifests.naming import normalise
from dockerlint_py.manifests.pep508 import parse_requirement
from dockerlint_py.manifests.versions import Versions, pep440
from dockerlint_py.text import Place, Source
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from configparser import RawConfigParser

_SECTION = regex(r"\[([^\]\n]+)\]", re.MULTILINE)
_FILE_KEYS: tuple[tuple[ReferenceKind, str, str], ...] = (
    ("readme", "metadata", "long_description"),
    ("version", "metadata", "version"),
    ("requirements", "options", "install_requires"),
)
_FILES = regex(r"file:\s*(.+)$")


def read_setup_cfg(source: Source) -> Manifest:
    """Read `[metadata]`, `[options]` and `[options.extras_require]`."""
    import configparser

    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(source.text.removeprefix("\ufeff"))
    except configparser.Error as error:
        problem = Problem(f"not an ini file: {str(error).splitlines()[0]}", source.place(0, 0))
        return Manifest("setup.cfg", source, {}, problems=(problem,))
    return _SetupCfg(source, parser).manifest()


class _SetupCfg:
    def __init__(self, source: Source, parser: "RawConfigParser") -> None:
        self.source = source
        self.parser = parser
        self.problems: list[Problem] = []

    def manifest(self) -> Manifest:
        name = self.parser.get("metadata", "name", fallback="")
        return Manifest(
            "setup.cfg",
            self.source,
            {"main": tuple(self._requirements("options", "install_requires"))},
            requires_python=self._requires_python(),
            extras=self._extras(),
            build_requires=tuple(self._requirements("options", "setup_requires")),
            references=tuple(self._references()),
            tools=frozenset({"setuptools"} if self.parser.has_section("options") else ()),
            name=normalise(name) if name else None,
            problems=tuple(self.problems),
        )

    def _extras(self) -> dict[str, tuple[Requirement, ...]]:
        section = "options.extras_require"
        keys = self.parser.options(section) if self.parser.has_section(section) else []
        return {normalise(key): tuple(self._requirements(section, key)) for key in keys}

    def _requires_python(self) -> Fact[Versions]:
        written = self.parser.get("options", "python_requires", fallback="").strip()
        if not written:
            return Unknown("setup.cfg says nothing about Python")
        place = self._place("options", "python_requires", written)
        return Known(pep440(written), (place,), says=f"setup.cfg requires Python {written}")

    def _requirements(self, section: str, key: str) -> Iterator[Requirement]:
        value = self.parser.get(section, key, fallback="")
        # setuptools takes a list by lines when there are several, else by semicolons.
        for line in value.split("\n" if "\n" in value else ";"):
            text = re.sub(r"(?:^|\s)#[^\n]*", "", line).strip()
            if not text or text.startswith("file:"):
                continue
            place = self._place(section, key, text)
            found = parse_requirement(text, place)
            if found is None:
                self.problems.append(Problem(f"not a requirement: {text[:80]}", place))
            else:
                yield found

    def _references(self) -> Iterator[Reference]:
        for kind, section, key in _FILE_KEYS:
            found = _FILES.match(self.parser.get(section, key, fallback="").strip())
            for name in found.group(1).split(",") if found else ():
                yield Reference(kind, name.strip(), self._place(section, key, name.strip()))
        for key in ("license_files", "license_file"):
            for name in re.split(r"[,\n]", self.parser.get("metadata", key, fallback="")):
                if name.strip():
                    place = self._place("metadata", key, name.strip())
                    yield Reference("license", name.strip(), place, pattern=True)

    def _place(self, section: str, key: str, text: str) -> Place:
        """Where a text stands after its key in its section; else the section; else the start."""
        source = self.source
        for found in _SECTION.finditer(source.text):
            if found.group(1) != section:
                continue
            following = _SECTION.search(source.text, found.end())
            end = following.start() if following else len(source.text)
            at_key = re.compile(rf"^{re.escape(key)}\b", re.MULTILINE | re.IGNORECASE)
            start = at_key.search(source.text, found.end(), end)
            at = source.text.find(text, start.end(), end) if start else -1
            if at >= 0:
                return source.place(at, at + len(text))
            return source.place(found.start(), found.end())
        return source.place(0, 0)
