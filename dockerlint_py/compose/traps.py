"""What Compose makes of a service that whoever wrote it did not mean."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.compose import decode, gofmt
from dockerlint_py.compose.tree import Mapping, Scalar, Sequence, Value, Variable
from dockerlint_py.facts import Known
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.compose.model import Service


class LostZero(NamedTuple):
    """An unquoted number that arrives without the zeros at its end: `3.10` as `3.1`."""

    name: str
    written: str
    arrives: str
    place: Place

    @property
    def is_version(self) -> bool:
        """Whether the name says that it is a version, and not a quantity: 0.50 may be 0.5."""
        words = re.split(r"[^a-z0-9]+", self.name.lower()[-200:])
        return any(word in _VERSIONED or word.endswith("version") for word in words)


_VERSIONED = frozenset(
    "alpine celery debian django dotnet fastapi flask go golang java mariadb mongo mysql nginx "
    "node nodejs php pg pip poetry postgres postgresql python rabbitmq redis release ruby tag "
    "ubuntu uv ver".split()
)
_ENDS_IN_ZERO = regex(r"[0-9]{1,9}\.[0-9]{0,9}0")


def lost_zeros(service: "Service") -> Iterator[LostZero]:
    """The variables, build arguments and labels that lose a zero."""
    build = service.get("build")
    args = build.get("args") if isinstance(build, Mapping) else None
    for value in (service.get("environment"), args, service.get("labels")):
        for name, each in decode.pairs_of(value).items():
            number = each.pair[1] if each.pair is not None else each
            written = number.node.value if number.node is not None else ""
            if isinstance(number.value, float) and _ENDS_IN_ZERO.fullmatch(written):
                yield LostZero(name, written, gofmt.text(number.value), number.place)


class Swallowed(NamedTuple):
    """A variable that Compose replaces by nothing, though the container has a value for it."""

    name: str
    place: Place
    value: Known[str | None]


_OF_EVERY_SHELL = frozenset("HOME HOSTNAME LANG LOGNAME PATH PWD SHELL TERM TMPDIR USER".split())


def swallowed_variables(service: "Service") -> Iterator[Swallowed]:
    """The variables of commands that only the container knows."""
    for use in _uses(service):
        fact = service.environment.get(use.name)
        if use.found or use.operator or use.name in _OF_EVERY_SHELL:
            continue
        if isinstance(fact, Known) and fact.value:
            says = f"{use.name} is set in the container only"
            yield Swallowed(use.name, use.place, fact.saying(says))


def _uses(service: "Service") -> Iterator[Variable]:
    yield from service.entrypoint.variables
    yield from service.command.variables
    check = service.healthcheck
    if check is not None:
        yield from _variables(check.value.get("test"))


def _variables(value: Value | None) -> Iterator[Variable]:
    if isinstance(value, Scalar):
        yield from value.variables
    for each in value.items if isinstance(value, Sequence) else ():
        yield from _variables(each)


class HiddenValue(NamedTuple):
    """A variable without a value in `environment`, and the value of `env_file` that it hides."""

    name: str
    place: Place
    value: Known[str]


def hidden_values(service: "Service") -> Iterator[HiddenValue]:
    """The values of `env_file` that a container does not get, because of an empty entry."""
    for name, entry in service.variables.items():
        if entry.value is not None:
            continue
        for layer in reversed(service.env_files):
            found = layer.values.get(name)
            if found is not None and found.value and found.doubt is None:
                says = f"{layer.path} sets {name}"
                yield HiddenValue(name, entry.subject, Known(name, (found.value_place,), says=says))
                break
