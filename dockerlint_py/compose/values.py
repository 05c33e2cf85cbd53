"""Checks of single values that Compose makes on the merged model, before it is completed.

Source: `docker compose config`.
"""

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from dockerlint_py.compose.patterns import ITEM, Patterns
from dockerlint_py.compose.ports import is_address
from dockerlint_py.compose.problems import Problems, within
from dockerlint_py.compose.tree import Mapping, Scalar, Sequence, Value, text_of

Check: TypeAlias = Callable[[Value, str, Problems], None]


def check_values(root: Mapping, problems: Problems) -> None:
    """Reports values that contradict one another within one entry."""
    _walk(root, checks(), "", problems)


def _walk(value: Value, patterns: Patterns[Check], path: str, problems: Problems) -> None:
    if patterns.found is not None:
        patterns.found(value, path, problems)
    elif isinstance(value, Mapping):
        for name, each in value.entries.items():
            below = patterns.down(name)
            if below is not None:
                _walk(each, below, f"{path}.{name}" if path else name, problems)
    elif isinstance(value, Sequence):
        below = patterns.down(ITEM)
        for number, each in enumerate(value.items if below is not None else []):
            assert below is not None
            _walk(each, below, f"{path}[{number}]", problems)


def _external(value: Value, path: str, problems: Problems) -> None:
    if not isinstance(value, Mapping):
        return
    external = value.get("external")
    if not isinstance(external, Scalar) or external.value is not True:
        return
    for name, each in value.entries.items():
        if name not in ("name", "external") and not name.startswith("x-"):
            message = f"{within(path)}: `external` and `{name}` exclude one another"
            problems.add("conflict", message, each.subject, (external.subject.says("external"),))


def _file_object(*keys: str) -> Check:
    def check(value: Value, path: str, problems: Problems) -> None:
        if not isinstance(value, Mapping):
            return
        given = [value.entries[key] for key in keys if key in value.entries]
        names = ", ".join(keys)
        if len(given) > 1:
            related = (given[0].subject.says("the first of them"),)
            problems.add(
                "conflict",
                f"{within(path)}: only one of {names} is allowed",
                given[1].subject,
                related,
            )
        elif not given and "driver" not in value.entries and "external" not in value.entries:
            problems.add("conflict", f"{within(path)}: one of {names} must be set", value.subject)

    return check


def _mount(value: Value, path: str, problems: Problems) -> None:
    if not isinstance(value, Mapping) or text_of(value.get("type")) != "bind":
        return
    if "source" not in value.entries:
        problems.add("volume", f"{within(path)}: a bind mount needs a source", value.place)


def _not_blank(value: Value, path: str, problems: Problems) -> None:
    if isinstance(value, Scalar) and value.value == "" and value.doubt is None:
        problems.add("value", f"{within(path)} cannot be blank", value.subject)


def _device_request(value: Value, path: str, problems: Problems) -> None:
    if isinstance(value, Mapping) and "count" in value.entries and "device_ids" in value.entries:
        message = f"{within(path)}: `count` and `device_ids` exclude one another"
        problems.add("conflict", message, value.entries["device_ids"].subject)


def _address(value: Value, path: str, problems: Problems) -> None:
    address = value.get("host_ip") if isinstance(value, Mapping) else None
    text = text_of(address)
    if text is None or not isinstance(address, Scalar) or address.doubt is not None:
        return
    if not is_address(text):
        problems.add("port", f"{within(path)}: invalid IP address `{text[:80]}`", address.place)


@cache
def checks() -> Patterns[Check]:
    """What is checked where."""
    table: dict[str, Check] = {
        "volumes.*": _external,
        "configs.*": _file_object("file", "environment", "content"),
        "secrets.*": _file_object("file", "environment"),
        "services.*.ports.*": _address,
        "services.*.volumes.*": _mount,
        "services.*.develop.watch.*.path": _not_blank,
        "services.*.deploy.resources.reservations.devices.*": _device_request,
        "services.*.gpus.*": _device_request,
    }
    return Patterns(table)
