"""A rule: its metadata, and the decorator that makes one out of a function."""

from collections.abc import Callable, Iterable
from typing import Any, Generic, Protocol, TypeVar, overload

from dockerlint_py.model.finding import Finding, Severity
from dockerlint_py.model.unit import Unit
from dockerlint_py.record import NamedTuple

U = TypeVar("U", bound=Unit)
U_contra = TypeVar("U_contra", bound=Unit, contravariant=True)
O = TypeVar("O", bound="OptionsLike")  # noqa: E741 - the usual name of a type variable
O_contra = TypeVar("O_contra", bound="OptionsLike", contravariant=True)


class OptionsLike(Protocol):
    """The options of a rule: a NamedTuple of int, bool, str or tuple[str, ...], with defaults."""

    def _asdict(self) -> dict[str, Any]: ...


class OptionInfo(NamedTuple):
    """One option of a rule, as `rules --format json` shows it."""

    name: str
    type: str
    default: int | bool | str | tuple[str, ...]
    help: str


class Security(NamedTuple):
    """A rule's weakness in the Common Weakness Enumeration, and GitHub's score from 0 to 10."""

    cwe: int
    score: float


class RuleInfo(NamedTuple):
    """Everything about a rule but its code: what the generated index of a pack holds."""

    id: str
    name: str
    unit: str
    severities: tuple[Severity, ...]
    summary: str
    module: str
    profile: str = "default"
    role: str = "any"
    tags: tuple[str, ...] = ()
    security: Security | None = None
    equivalents: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()
    given: str = ""
    options: tuple[OptionInfo, ...] = ()

    @property
    def family(self) -> str:
        """The letters of the id."""
        return self.id.rstrip("0123456789")

    @property
    def severity(self) -> Severity:
        """The severity that a finding has unless it says otherwise."""
        return self.severities[0]

    def answers_to(self, selector: str) -> bool:
        """Whether an id, a name, a family or a tag means this rule; exact, ids in any case."""
        return selector.upper() in (self.id, self.family) or selector in (self.name, *self.tags)


class Check(Protocol[U_contra]):
    """A rule without options."""

    def __call__(self, unit: U_contra, /) -> Iterable[Finding]: ...


class CheckWithOptions(Protocol[U_contra, O_contra]):
    """A rule with options."""

    def __call__(self, unit: U_contra, options: O_contra, /) -> Iterable[Finding]: ...


class Rule(NamedTuple, Generic[U]):
    """A rule that can be run: its metadata, its options class, and its function."""

    info: RuleInfo
    on: type[U]
    options: type[Any] | None
    check: Callable[..., Iterable[Finding]]

    def run(self, unit: U, options: Any = None) -> Iterable[Finding]:
        """The findings of this rule about one unit; without options the defaults hold."""
        if self.options is None:
            return self.check(unit)
        return self.check(unit, self.options() if options is None else options)


@overload
def rule(
    id: str,
    name: str,
    *,
    on: type[U],
    severities: tuple[Severity, ...],
    profile: str = ...,
    role: str = ...,
    tags: tuple[str, ...] = ...,
    security: Security | None = ...,
    equivalents: tuple[str, ...] = ...,
    yields_to: tuple[str, ...] = ...,
    given: str = ...,
) -> Callable[[Check[U]], Rule[U]]: ...
@overload
def rule(
    id: str,
    name: str,
    *,
    on: type[U],
    severities: tuple[Severity, ...],
    options: type[O],
    profile: str = ...,
    role: str = ...,
    tags: tuple[str, ...] = ...,
    security: Security | None = ...,
    equivalents: tuple[str, ...] = ...,
    yields_to: tuple[str, ...] = ...,
    given: str = ...,
) -> Callable[[CheckWithOptions[U, O]], Rule[U]]: ...
def rule(
    id: str,  # noqa: A002 - a rule's id is called id everywhere
    name: str,
    *,
    on: type[U],
    severities: tuple[Severity, ...],
    options: type[Any] | None = None,
    profile: str = "default",
    role: str = "any",
    tags: tuple[str, ...] = (),
    security: Security | None = None,
    equivalents: tuple[str, ...] = (),
    yields_to: tuple[str, ...] = (),
    given: str = "",
) -> Callable[[Any], Rule[U]]:
    """Makes a rule of a function that takes one unit (and its options) and yields findings.

    `severities` are those that a finding may have, the usual one first. A rule of `role="prod"` is
    one level lower for containers of unknown role, and silent for dev and test. `equivalents` are
    other linters' ids whose ignore comments count for this rule too. `yields_to` names rules whose
    finding at the same place or with the same key makes this one's superfluous. `given` names a
    property of the unit: only units for which it holds are looked at, and a rule that no unit is
    left for is not even imported.

    AttributeError: the unit has no such property.
    """
    if given:
        getattr(on, given)

    def decorate(check: Callable[..., Iterable[Finding]]) -> Rule[U]:
        document: str = check.__globals__["__doc__"] or ""
        info = RuleInfo(
            id=id,
            name=name,
            unit=on.__name__,
            severities=severities,
            summary=document.partition("\n")[0],
            module=check.__module__,
            profile=profile,
            role=role,
            tags=tags,
            security=security,
            equivalents=equivalents,
            yields_to=yields_to,
            given=given,
            options=_option_infos(options),
        )
        return Rule(info, on, options, check)

    return decorate


def _option_infos(options: type[Any] | None) -> tuple[OptionInfo, ...]:
    if options is None:
        return ()
    helps = {}
    for line in (options.__doc__ or "").splitlines():
        name, colon, text = line.strip().partition(": ")
        if colon:
            helps[name] = text
    return tuple(
        OptionInfo(name.replace("_", "-"), _type_word(default), default, helps.get(name, ""))
        for name, default in options()._asdict().items()
    )


def _type_word(default: object) -> str:
    return {bool: "boolean", int: "integer", str: "string", tuple: "list of strings"}[type(default)]
