"""Secrets that stay readable in an image: in its variables, its history, its commands."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Confidence, Fact, Known
from dockerlint_py.knowledge.database_credentials import WELL_KNOWN
from dockerlint_py.knowledge.secrets import is_placeholder, is_secret_name, secret_in_value
from dockerlint_py.model.image.steps import Step
from dockerlint_py.model.image.walk import has_no_default
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.compose import Service
    from dockerlint_py.compose.tree import Scalar
    from dockerlint_py.model.image.stage import Stage


class Exposure(NamedTuple):
    """One secret: the variable, build argument or program, and why it can be read.

    `is_evident` tells that the value itself shows what it is; otherwise the name says so.
    """

    name: str
    place: Place
    why: str
    is_evident: bool
    confidence: Confidence = Confidence.CERTAIN

    def fact(self) -> Known[str]:
        """The secret as a fact to be cited."""
        return Known(self.name, (self.place,), self.confidence)


def exposures_of(stage: "Stage") -> Iterator[Exposure]:
    """The secrets that a stage writes into its image, in the order of the file."""
    for step in stage.steps:
        if step.keyword == "ENV":
            yield from _variables(stage, step)
        elif step.keyword == "ARG":
            yield from _arguments(stage, step)
    for run in stage.runs:
        for invocation in run.invocations:
            for word in invocation.argv:
                what = secret_in_value(word.place.text)
                if what is not None:
                    why = f"{what} stays in the history of the image"
                    yield Exposure(invocation.name, word.place, why, is_evident=True)


def exposures_of_service(service: "Service") -> Iterator[Exposure]:
    """The secrets that are written out in the `environment` and the build arguments of a service.

    A value with a variable in it comes from elsewhere. One that only repeats another one (the user,
    the database) is a default. A password in a URL is not evident: that of a database for
    development is no secret.
    """
    from dockerlint_py.compose.decode import pairs_of

    entries = service.variables
    values = [entry.value for entry in entries.values()]
    for name, entry in entries.items():
        if values.count(entry.value) > 1:
            continue
        yield from _written(name, entry, "stands in the file, for all who can read the repository")
    build = service.build
    for name, entry in pairs_of(build.value.get("args")).items() if build else ():
        yield from _written(name, entry, "stands in the file and stays in the image's history")


def _written(name: str, entry: "Scalar", where: str) -> Iterator[Exposure]:
    text = entry.value
    if not isinstance(text, str) or not entry.is_literal or text.lower() in WELL_KNOWN:
        return
    what = secret_in_value(text)
    if what is not None:
        yield Exposure(name, entry.subject, f"{what} {where}", is_evident="URL" not in what)
    elif is_secret_name(name) and not is_placeholder(text):
        yield Exposure(name, entry.subject, f"the value of {name} {where}", is_evident=False)


def _variables(stage: "Stage", step: Step) -> Iterator[Exposure]:
    after = stage.situation_after(step)
    for pair in step.instruction.pairs:
        name, fact = pair.key.value, after.env.get(pair.key.value)
        place = pair.key.place
        evident = _evident(fact)
        if evident is not None:
            why = f"{name} holds {evident}, which everybody with the image can read"
            yield Exposure(name, place, why, is_evident=True)
        elif is_secret_name(name) and _is_given(fact):
            why = f"the value of {name} can be read by everybody who has the image"
            yield Exposure(name, place, why, is_evident=False)


def _evident(fact: Fact[str | None]) -> str | None:
    return secret_in_value(fact.value or "") if isinstance(fact, Known) else None


def _is_given(fact: Fact[str | None]) -> bool:
    """Whether a real value is written there, or comes from whoever passes a build argument."""
    if isinstance(fact, Known):
        return not is_placeholder(fact.value or "")
    return has_no_default(fact) and not (fact.maybe and is_placeholder(fact.maybe))


def _arguments(stage: "Stage", step: Step) -> Iterator[Exposure]:
    after = stage.situation_after(step)
    runs_follow = any(later.keyword == "RUN" for later in stage.steps[step.number :])
    for pair in step.instruction.pairs:
        name, fact = pair.key.value, after.arguments[pair.key.value]
        place, value = pair.key.place, fact.value if isinstance(fact, Known) else None
        evident = _evident(fact)
        if evident is not None:
            why = f"the build argument {name} holds {evident}, which stays in the image's history"
            yield Exposure(name, place, why, is_evident=True)
        elif not is_secret_name(name):
            continue
        elif value and not is_placeholder(value):
            why = f"the default of the build argument {name} stays in the image's history"
            yield Exposure(name, place, why, is_evident=False)
        elif runs_follow and (value == "" or has_no_default(fact)):
            why = f"a value passed as build argument {name} stays in the image's history"
            likely = Confidence.LIKELY
            yield Exposure(name, place, why, is_evident=False, confidence=likely)
