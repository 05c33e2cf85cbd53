"""Interpolates one file: every string value, never a key, before anything is merged.

Values of some keys are converted afterwards (`tty: "yes"` is a boolean); source: compose-go's
interpolation table, checked against `docker compose config`.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from dockerlint_py.compose.gofmt import parse_float
from dockerlint_py.compose.patterns import ITEM, Patterns
from dockerlint_py.compose.problems import Problems, within
from dockerlint_py.compose.template import Lookup, Use, substitute
from dockerlint_py.compose.tree import Mapping, Scalar, Sequence, Value, Variable
from dockerlint_py.record import NamedTuple
from dockerlint_py.text.regex import regex
from dockerlint_py.yaml import Data, Timestamp

Cast: TypeAlias = Callable[[str], Data]

_DIGITS = regex(r"[-+]?[0-9]{1,19}", re.ASCII)
# Jinja and cookiecutter, not Go templates such as `{{.Node.Hostname}}`, which Docker reads itself.
_TEMPLATE = regex(r"\{\{-? ?[A-Za-z_]|\{%")


class Scope(NamedTuple):
    """Where the variables of a file come from, and where to report."""

    lookup: Lookup
    problems: Problems
    strict: bool


def to_integer(text: str) -> int:
    """A decimal integer; raises ValueError for anything else."""
    if not _DIGITS.fullmatch(text):
        raise ValueError(f"`{text}` is not an integer")
    return int(text)


def to_boolean(text: str) -> bool:
    """A boolean in any of the spellings that Compose takes; raises ValueError."""
    word = text.lower()
    if word in ("true", "y", "yes", "on"):
        return True
    if word in ("false", "n", "no", "off"):
        return False
    raise ValueError(f"`{text}` is not a boolean")


@cache
def casts() -> Patterns[Cast]:
    """The keys whose string values are converted after interpolation."""
    table: dict[str, Cast] = {}
    for cast, keys in (
        (to_integer, _INTEGERS),
        (parse_float, _NUMBERS),
        (to_boolean, _BOOLEANS),
    ):
        table.update(dict.fromkeys(keys.split(), cast))
    return Patterns(table)


_INTEGERS = """
services.*.cpu_count services.*.cpu_period services.*.cpu_quota services.*.cpu_rt_period
services.*.cpu_rt_runtime services.*.cpu_shares services.*.deploy.replicas
services.*.deploy.update_config.parallelism services.*.deploy.rollback_config.parallelism
services.*.deploy.restart_policy.max_attempts services.*.deploy.placement.max_replicas_per_node
services.*.healthcheck.retries services.*.oom_score_adj services.*.pids_limit
services.*.ports.[].target services.*.scale services.*.ulimits.* services.*.ulimits.*.hard
services.*.ulimits.*.soft
"""
_NUMBERS = """
services.*.cpu_percent services.*.cpus services.*.deploy.update_config.max_failure_ratio
services.*.deploy.rollback_config.max_failure_ratio
"""
_BOOLEANS = """
services.*.init services.*.healthcheck.disable services.*.oom_kill_disable services.*.privileged
services.*.read_only services.*.stdin_open services.*.tty services.*.volumes.[].read_only
services.*.volumes.[].volume.nocopy networks.*.external networks.*.internal networks.*.attachable
networks.*.enable_ipv4 networks.*.enable_ipv6 volumes.*.external secrets.*.external
configs.*.external
"""


def interpolate(root: Mapping, scope: Scope) -> None:
    """Interpolates all values of a file in place."""
    _walk(root, casts(), "", scope)


def _walk(value: Value, patterns: Patterns[Cast] | None, path: str, scope: Scope) -> None:
    if isinstance(value, Mapping):
        for name, each in value.entries.items():
            below = patterns.down(name) if patterns is not None else None
            inner = f"{path}.{name}" if path else name
            if isinstance(each, Scalar):
                value.entries[name] = _scalar(each, below, inner, scope)
            else:
                _walk(each, below, inner, scope)
    elif isinstance(value, Sequence):
        below = patterns.down(ITEM) if patterns is not None else None
        for number, each in enumerate(value.items):
            if isinstance(each, Scalar):
                value.items[number] = _scalar(each, below, f"{path}[{number}]", scope)
            else:
                _walk(each, below, f"{path}[{number}]", scope)


def _scalar(value: Scalar, patterns: Patterns[Cast] | None, path: str, scope: Scope) -> Scalar:
    text = value.value
    if not isinstance(text, str) or isinstance(text, Timestamp):
        return value
    cast = patterns.found if patterns is not None else None
    if cast is None and "$" not in text and "{" not in text:
        return value
    made = _substituted(value, text, path, scope) if "$" in text else value
    if "{" in text and made.doubt is None and _TEMPLATE.search(text) and not scope.strict:
        made = made.made(made.value)
        made.doubt = "a template writes this value"
    if cast is None:
        return made
    try:
        return made.made(cast(str(made.value)))
    except ValueError as error:
        if made.doubt is None:
            scope.problems.add("type", f"{within(path)}: {error}", made.place)
            made = made.made(made.value)
            made.doubt = "it is not of the type that its key takes"
        return made


def _substituted(value: Scalar, text: str, path: str, scope: Scope) -> Scalar:
    result = substitute(text, scope.lookup)
    made = value.made(result.text)
    made.segments = result.segments
    made.variables = tuple(_variable(value, use) for use in result.uses)
    if result.error is not None:
        message, offset = result.error
        place = value.part_place(offset, min(offset + 2, len(text)))
        scope.problems.add("interpolation", f"{within(path)}: {message} in `{text[:200]}`", place)
        made.value = text
        made.segments = ()
        made.doubt = "the interpolation is invalid"
        return made
    if result.missing is not None or not scope.strict:
        made.doubt = result.missing or result.doubt
    elif result.doubt is not None:
        made.segments = tuple(segment._replace(doubt=None) for segment in result.segments)
    return made


def _variable(value: Scalar, use: Use) -> Variable:
    place = value.part_place(use.start, use.end)
    setting = use.setting
    origin = setting.origin if setting is not None else None
    return Variable(use.name, use.operator, use.default, setting is not None, origin, place)
