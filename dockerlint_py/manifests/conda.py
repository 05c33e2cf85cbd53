"""environment.yml of conda and its replacements."""

from collections.abc import Iterator

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.manifests.model import Manifest, Problem, Reader, Reference, Requirement
from dockerlint_py.manifests.pep508 import parse_requirement
from dockerlint_py.manifests.requirements import read_requirements
from dockerlint_py.manifests.versions import Versions, pep440, unreadable
from dockerlint_py.text import Place, Source
from dockerlint_py.text.regex import regex
from dockerlint_py.yaml import Limits, MappingNode, Node, ScalarNode, SequenceNode, parse

_LIMITS = Limits(characters=500_000, nodes=20_000, depth=20)
_SPEC = regex(r"([A-Za-z0-9_.-]+)\s*([^\[]*)")
_INCLUDE = regex(r"(?:-r|--requirement)[ =]?\s*(\S+)$")


def read_conda_environment(source: Source, read: Reader | None = None) -> Manifest:
    """Read an environment file: conda's packages and those of its `pip` list are group main."""
    reader = _Environment(source, read)
    reader.read_all()
    return Manifest(
        "conda",
        source,
        {"main": tuple(reader.requirements)},
        requires_python=reader.python,
        references=tuple(reader.references),
        tools=frozenset({"conda"}),
        name=reader.name,
        problems=tuple(reader.problems),
    )


class _Environment:
    def __init__(self, source: Source, read: Reader | None) -> None:
        self.source = source
        self.read = read
        self.name: str | None = None
        self.python: Fact[Versions] = Unknown("the environment file says nothing about Python")
        self.requirements: list[Requirement] = []
        self.references: list[Reference] = []
        self.problems: list[Problem] = []

    def read_all(self) -> None:
        root = self._root()
        for key, value in _pairs(root):
            if key == "name":
                self.name = _text(value)
            elif key == "dependencies":
                for item in _items(value):
                    self._dependency(item)

    def _root(self) -> Node | None:
        parsed = parse(self.source, _LIMITS)
        for problem in parsed.problems:
            self.problems.append(Problem(f"not YAML: {problem.message}", problem.place))
        root = parsed.documents[0].root if parsed.documents else None
        if not parsed.problems and not isinstance(root, MappingNode):
            self.problems.append(Problem("no environment in it", self.source.place(0, 0)))
        return root

    def _dependency(self, node: Node) -> None:
        text = _text(node)
        if text is not None:
            self._conda(text, self._place(node))
            return
        for key, value in _pairs(node):
            for item in _items(value) if key == "pip" else ():
                pip = _text(item)
                if pip is not None:
                    self._pip(pip, self._place(item))

    def _place(self, node: Node) -> Place:
        start, end = node.span
        text = self.source.text[start:end]
        if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0]:
            start, end = start + 1, end - 1
        return self.source.place(start, end)

    def _conda(self, text: str, place: Place) -> None:
        found = _SPEC.match(text.rpartition("::")[2].strip())
        if found is None:
            self.problems.append(Problem(f"not a package: {text[:80]}", place))
            return
        name, versions = found.group(1).lower(), _conda_versions(found.group(2).strip())
        if name == "python":
            says = f"the environment has Python {versions.written or 'of any version'}"
            if not versions.anything:
                self.python = Known(versions, (place,), says=says)
            return
        self.requirements.append(Requirement(name, versions, place))

    def _pip(self, text: str, place: Place) -> None:
        include = _INCLUDE.match(text.strip())
        if include is not None:
            self._include(include.group(1), place)
        elif text.strip().startswith("-e"):
            found = parse_requirement(text.strip()[2:], place, editable=True)
            self._add(text, found, place)
        elif not text.strip().startswith("-"):
            self._add(text, parse_requirement(text, place), place)

    def _add(self, text: str, found: Requirement | None, place: Place) -> None:
        if found is None:
            self.problems.append(Problem(f"not a requirement: {text[:80]}", place))
            return
        self.requirements.append(found)
        if found.path is not None:
            self.references.append(Reference("path", found.path, place))

    def _include(self, path: str, place: Place) -> None:
        self.references.append(Reference("requirements", path, place))
        folder = self.source.path.rpartition("/")[0]
        source = self.read(f"{folder}/{path}" if folder else path) if self.read else None
        if source is None:
            self.problems.append(Problem(f"requirements file not read: {path[:80]}", place))
            return
        manifest = read_requirements(source, self.read)
        self.requirements.extend(manifest.main)
        self.problems.extend(manifest.problems)


def _conda_versions(text: str) -> Versions:
    """A version of a match specification: `=1.2` is a prefix, `==1.2` and `=1.2=build` are exact.

    conda's `|`, and what PEP 440 has no word for, stay unread.
    """
    if text in ("", "*"):
        return Versions(text, ("",))
    if "|" in text:
        return unreadable(text)
    if text.startswith("=") and not text.startswith("=="):
        version, _equals, build = text[1:].partition("=")
        exact = build or version.endswith("*")
        clause = f"=={version}" if exact else f"=={version.strip()}.*"
        return pep440(clause)._replace(written=text)
    bare = text if text[0] in "<>=!~" else f"=={text.split(' ')[0]}"
    return pep440(bare)._replace(written=text)


def _pairs(node: Node | None) -> Iterator[tuple[str, Node]]:
    if isinstance(node, MappingNode):
        for key, value in node.pairs:
            if isinstance(key, ScalarNode):
                yield key.value, value


def _items(node: Node) -> Iterator[Node]:
    if isinstance(node, SequenceNode):
        yield from node.items


def _text(node: Node) -> str | None:
    return node.value if isinstance(node, ScalarNode) else None
