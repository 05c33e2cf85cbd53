"""Databases that let in whoever reaches them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.knowledge.database_credentials import (
    NO_PASSWORD,
    PASSWORDS,
    WELL_KNOWN,
    Password,
)
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.compose import Service
    from dockerlint_py.model.container import Container


class WeakLogin(NamedTuple):
    """A variable that makes the login worthless, and why."""

    variable: str
    place: Place
    why: str


def weak_logins(container: "Container") -> Iterator[WeakLogin]:
    """What is weak about the login of a database or broker that Compose configures.

    A value that comes from a variable can be another one where it matters.
    """
    service, passwords = container.service, PASSWORDS.get(container.base.facts.product or "", ())
    if service is None or not passwords:
        return
    for variable, values in NO_PASSWORD.items():
        value = _value(service, variable)
        if value is not None and value.value.lower() in values:
            why = f"{variable} lets everybody in without a password"
            yield WeakLogin(variable, value.places[0], why)
    for password in passwords:
        value = _value(service, password.variable)
        if value is not None and _is_guessed(service, password, value.value):
            why = f"the password `{value.value}` in {password.variable} is among the first tried"
            yield WeakLogin(password.variable, value.places[0], why)


def _is_guessed(service: "Service", password: Password, value: str) -> bool:
    user = _value(service, password.user_variable) if password.user_variable else None
    return value.lower() in WELL_KNOWN or value == (user.value if user else password.user)


def _value(service: "Service", variable: str) -> Known[str] | None:
    fact, entry = service.environment.get(variable), service.variables.get(variable)
    if not isinstance(fact, Known) or not fact.value or (entry and not entry.is_literal):
        return None
    return Known(fact.value, fact.places)
