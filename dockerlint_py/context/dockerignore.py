"""`.dockerignore` with Docker's own meaning, which is not git's.

Every pattern is anchored at the root of the build context, the last one that matches decides, and a
path is matched together with its parent folders. Two details follow BuildKit, which walks the
context from the top and hands down what matched each folder:

- an exception (`!src`) that names a folder which was not ignored is passed over there, so it does
  not bring back what an earlier pattern ignores inside that folder (`**/__pycache__`, `!src`);
- an ignored folder is still entered when some exception could match inside it.

Known differences, all of them accidents of Docker's translation to a regular expression: it takes
`\\d` or `\\w` for a class, and `^` for an anchor when the pattern also has a wildcard; and it reads
`!../../x` as `x` without the exclamation mark. Here they mean what they say.
"""

from collections.abc import Iterable, Iterator

from dockerlint_py.context import paths
from dockerlint_py.context.globs import Glob
from dockerlint_py.context.gomatch import BadPatternError, docker_glob, is_go_pattern
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source, Span

MAX_PATTERNS = 5000
"""Further lines of a file are not read (and reported as a problem)."""

MAX_LINE = 64 * 1024
"""Docker's line reader fails on a longer line."""

_GO_SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)


class DockerPattern(NamedTuple):
    """One line: the cleaned pattern without its `!`, and where it stands."""

    text: str
    exception: bool
    glob: Glob
    place: Place


class Problem(NamedTuple):
    """Why `docker build` refuses the file, or why we do not read all of it."""

    message: str
    place: Place


class IgnoreMatch(NamedTuple):
    """Whether a path stays out of the build context, and the last pattern that had a say."""

    ignored: bool
    pattern: DockerPattern | None


_TAKEN = IgnoreMatch(ignored=False, pattern=None)


class _FolderState(NamedTuple):
    """What the patterns say of a folder, and which of them matched it or a parent of it."""

    match: IgnoreMatch
    matched: int
    """Bit n is set when pattern n matched."""


_UNMATCHED = _FolderState(_TAKEN, 0)


class DockerIgnore:
    """The patterns of one file, and what they ignore."""

    __slots__ = ("_folders", "_literals", "_numbered", "_wild", "patterns", "problems", "source")

    def __init__(
        self,
        source: Source | None,
        patterns: tuple[DockerPattern, ...],
        problems: tuple[Problem, ...] = (),
    ) -> None:
        self.source = source
        """The file; None when the build has none."""
        self.patterns = patterns
        self.problems = problems
        self._folders = {"": _UNMATCHED}
        self._numbered = tuple(enumerate(patterns))
        self._literals = frozenset(pattern.glob.literal for pattern in patterns)
        self._wild: dict[int, tuple[tuple[int, DockerPattern], ...]] = {}

    @classmethod
    def parse(cls, source: Source) -> "DockerIgnore":
        """Reads a file; lines that Docker refuses are left out and listed in `problems`."""
        patterns: list[DockerPattern] = []
        problems: list[Problem] = []
        for span in _pattern_spans(source):
            place = Place(source, span)
            if len(patterns) == MAX_PATTERNS:
                problems.append(Problem(f"more than {MAX_PATTERNS} patterns", place))
                break
            try:
                patterns.append(_parse_pattern(place))
            except BadPatternError as error:
                problems.append(Problem(str(error), place))
        return cls(source, tuple(patterns), tuple(problems))

    @classmethod
    def absent(cls) -> "DockerIgnore":
        """A build without the file: nothing is ignored."""
        return cls(None, ())

    def ignores(self, path: str) -> IgnoreMatch:
        """What the patterns say of a path (relative to the context root, `/`, cleaned)."""
        folder, _ = paths.split(path)
        return self._judge(path, self._state(folder)).match

    def sent(self, folder: str, names: Iterable[str]) -> Iterator[str]:
        """Those of some names in a folder that are not ignored."""
        state = self._state(folder)
        for name in names:
            if not self._judge(paths.join(folder, name), state).match.ignored:
                yield name

    def prunes(self, folder: str) -> bool:
        """Whether a folder is ignored and no exception could match anything inside it."""
        if not folder or not self._state(folder).match.ignored:
            return False
        return not any(
            _may_match_inside(pattern.text, folder)
            for pattern in self.patterns
            if pattern.exception
        )

    def _state(self, folder: str) -> _FolderState:
        """Judges the folders above first, without recursion: paths may be deep."""
        missing = []
        while folder not in self._folders:
            missing.append(folder)
            folder, _ = paths.split(folder)
        state = self._folders[folder]
        for path in reversed(missing):
            state = self._folders[path] = self._judge(path, state)
        return state

    def _judge(self, path: str, parent: _FolderState) -> _FolderState:
        decided = _TAKEN
        matched = parent.matched
        plain = not matched and path not in self._literals
        for number, pattern in self._wild_with(path.count("/")) if plain else self._numbered:
            if not matched >> number & 1:
                if pattern.exception != decided.ignored or not pattern.glob.matches(path):
                    continue
                matched |= 1 << number
            decided = IgnoreMatch(not pattern.exception, pattern)
        return _FolderState(decided, matched) if matched else _UNMATCHED

    def _wild_with(self, slashes: int) -> tuple[tuple[int, DockerPattern], ...]:
        """The patterns with wildcards that may match a path of so many slashes."""
        found = self._wild.get(slashes)
        if found is None:
            found = self._wild[slashes] = tuple(
                (number, pattern)
                for number, pattern in self._numbered
                if pattern.glob.literal is None and pattern.glob.slashes in (None, slashes)
            )
        return found


def _pattern_spans(source: Source) -> Iterator[Span]:
    """The spans of the patterns, `!` included, in the order of the file."""
    for line in range(1, len(source.line_starts) + 1):
        span = source.line_span(line)
        text = source.text[span.start : span.end]
        bare = text.strip(_GO_SPACE)
        if bare and not text.startswith("#"):
            start = span.start + text.index(bare)
            yield Span(start, start + len(bare))


def _parse_pattern(place: Place) -> DockerPattern:
    text = place.text
    if len(text) > MAX_LINE:
        raise BadPatternError("the line is longer than Docker reads")
    exception = text.startswith("!")
    if exception:
        text = text[1:].strip(_GO_SPACE)
    text = paths.clean(text) if text else "/"
    if exception and text == "/":
        raise BadPatternError('"!" without a pattern')
    if len(text) > 1 and text.startswith("/"):
        text = text[1:]
    return DockerPattern(text, exception, docker_glob(text), place)


def _may_match_inside(pattern: str, folder: str) -> bool:
    """Whether an exception may match a path under a folder; wildcards may match anywhere."""
    return is_go_pattern(pattern.removesuffix("/**")) or pattern.startswith(f"{folder}/")
