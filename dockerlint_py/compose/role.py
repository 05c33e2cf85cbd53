"""What a set of files is for: production, development or tests; with the evidence, or unknown.

Names are believed before contents, and contents only when they speak clearly: a finding at the
wrong severity costs trust. The order and the weights were measured on labelled projects.
"""

import posixpath

from dockerlint_py.compose import names
from dockerlint_py.compose.loader import Loaded
from dockerlint_py.compose.role_score import Signal, signals
from dockerlint_py.facts import Confidence, Fact, Known, Unknown
from dockerlint_py.knowledge.stage_names import purposes
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source

PROD, DEV, TEST = "prod", "dev", "test"
_FOLDERS = {
    ".devcontainer": DEV,
    **dict.fromkeys(("tests", "test", "ci", "e2e"), TEST),
    **dict.fromkeys(("dev", "local"), DEV),
    **dict.fromkeys(("prod", "production"), PROD),
}
_HEADERS = (
    ("not for production", DEV),
    ("never use in production", DEV),
    ("do not use in production", DEV),
    ("not intended for production", DEV),
    ("not meant for production", DEV),
    ("not suitable for production", DEV),
    ("for development", DEV),
    ("development setup", DEV),
    ("development environment", DEV),
    ("local development", DEV),
    ("for production", PROD),
    ("production setup", PROD),
    ("production environment", PROD),
    ("production deployment", PROD),
    ("for testing", TEST),
)
_HEADER_LINES = 25
DEV_MARGIN = 2
PROD_MARGIN = 3
PROD_SIGNALS = 2


class Evidence(NamedTuple):
    """A role, why, and where that is to be seen."""

    role: str
    why: str
    places: tuple[Place, ...] = ()


def role_of(loaded: Loaded, given: str | None = None, place: Place | None = None) -> Fact[str]:
    """The role of a set: `prod`, `dev` or `test`. `given` is what a configuration says."""
    if given is not None:
        return Known(given, (place,) if place is not None else (), says="configuration")
    for find in (_by_folder, _by_name, _by_header):
        evidence = find(loaded.sources)
        if evidence is not None:
            likely = Confidence.LIKELY
            return Known(evidence.role, evidence.places, likely, evidence.why)
    return _by_content(loaded)


def _by_folder(sources: tuple[Source, ...]) -> Evidence | None:
    for source in reversed(sources):
        for folder in reversed(posixpath.dirname(source.path).split("/")):
            role = _FOLDERS.get(folder.lower())
            if role is not None:
                return Evidence(role, f"folder {folder}")
    return None


def _by_name(sources: tuple[Source, ...]) -> Evidence | None:
    """The name of the most specific file that has one that speaks."""
    for source in reversed(sources):
        name = posixpath.basename(source.path)
        if name in names.OVERRIDE_NAMES:
            return Evidence(DEV, "automatic override file")
        found = purposes(name) - {"build"}
        if len(found) == 1:
            return Evidence(next(iter(found)), f"file name {name}")
    return None


def _by_header(sources: tuple[Source, ...]) -> Evidence | None:
    """A comment at the head of the last file that says what the file is for.

    What it is not for is said more clearly than the rest, wherever it stands.
    """
    source = sources[-1]
    starts = source.line_starts[: _HEADER_LINES + 1]
    spans = [source.line_span(number) for number, _ in enumerate(starts[:_HEADER_LINES], 1)]
    texts = [(span.start, source.text[span.start : span.end].lower()) for span in spans]
    comments = [(start, text) for start, text in texts if text.lstrip().startswith("#")]
    for phrase, role in _HEADERS:
        for start, text in comments:
            at = text.find(phrase)
            if at != -1:
                place = source.place(start + at, start + at + len(phrase))
                return Evidence(role, f"header comment `{phrase}`", (place,))
    return None


def _by_content(loaded: Loaded) -> Fact[str]:
    found = signals(loaded)
    dev = _best(found, DEV)
    prod = _best(found, PROD)
    scores = {DEV: sum(one.weight for one in dev), PROD: sum(one.weight for one in prod)}
    if scores[DEV] - scores[PROD] >= DEV_MARGIN:
        return _known(DEV, dev)
    if scores[PROD] - scores[DEV] >= PROD_MARGIN and len(prod) >= PROD_SIGNALS:
        return _known(PROD, prod)
    why = f"the contents speak for dev with {scores[DEV]} and for prod with {scores[PROD]} points"
    return Unknown(why, None, tuple(one.place for one in (*dev, *prod)))


def _best(found: list[Signal], role: str) -> list[Signal]:
    """One signal of each kind: ten workers with `--reload` say no more than one."""
    kinds: dict[str, Signal] = {}
    for one in found:
        if one.role == role and (one.kind not in kinds or kinds[one.kind].weight < one.weight):
            kinds[one.kind] = one
    return list(kinds.values())


def _known(role: str, found: list[Signal]) -> Known[str]:
    why = ", ".join(one.says for one in found)
    return Known(role, tuple(one.place for one in found), Confidence.HEURISTIC, why)
