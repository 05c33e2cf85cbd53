"""Keys that sign sessions and tokens: where code takes them from."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.code.running_code import RunningCode
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.python.evaluate import Value
    from dockerlint_py.python.evaluate.values import FromEnv

KEY_NAMES = frozenset({"JWT_SECRET", "JWT_SECRET_KEY", "SECRET_KEY", "SESSION_SECRET"})
_SECRET = ("SECRET", "secret", "Secret")
_KEY_TEXT = regex(r"\b(?:JWT_SECRET|JWT_SECRET_KEY|SECRET_KEY|SESSION_SECRET)\b", re.IGNORECASE)
_NAME_OF_A_KEY = regex(r"[A-Z][A-Z0-9_]*\Z")
"""`SECRET_KEY = "SECRET_KEY"` names a variable or a field."""
_OTHER_STAGES = regex(r"(?:\A|[/_.-])(?:dev|develop|development|local|test|testing|ci)(?:[/_.-])")
"""Files of settings for development and tests."""


class SigningKey(NamedTuple):
    """A key, where it is set, and its value under the environment of a container."""

    name: str
    value: "Value"
    place: Place
    code: RunningCode

    @property
    def is_written(self) -> bool:
        """Whether the code holds the key itself, or a default that nothing replaces."""
        from dockerlint_py.python.evaluate.values import Plain

        value = self.value.value if isinstance(self.value, Plain) else None
        given = any(read.state != "unset" for read in self.value.origin.reads)
        text = isinstance(value, str) and bool(value) and not _NAME_OF_A_KEY.match(value)
        return text and not given

    @property
    def unset(self) -> tuple[str, ...]:
        """The variables that would replace a default."""
        return self.value.origin.unset

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables that decide on the key; none if it may be one that the code has."""
        reads = self.value.origin.reads
        names = tuple(dict.fromkeys(read.name for read in reads))
        return names if all(map(_decides, reads)) else ()

    @property
    def generator(self) -> Known[str] | None:
        """The call that makes another key in every process, to be cited."""
        from dockerlint_py.python.evaluate.values import Unresolved

        if not isinstance(self.value, Unresolved) or not self.value.generated:
            return None
        unset = f" ({', '.join(self.unset)} is not set)" if self.unset else ""
        says = f"{self.name} is made by {self.value.generated}(){unset}"
        return Known(self.value.generated, self.value.origin.places, says=says)


def _decides(read: "FromEnv") -> bool:
    """Whether a variable is set, or has to be."""
    return read.state == "set" or (read.state == "unknown" and read.default is None)


def signing_keys_of(code: RunningCode) -> Iterator[SigningKey]:
    """The keys of Django's settings, else those of Flask, of constants and of settings objects."""
    if code.settings is not None:
        value, place = code.settings.value_of("SECRET_KEY"), code.settings.place_of("SECRET_KEY")
        if value is not None and place is not None:
            yield SigningKey("SECRET_KEY", value, place, code)
    if code.application.settings:
        return
    files = code.application.python_files
    for path in files.with_text(_KEY_TEXT, code.application.files, _SECRET):
        if path in code.application.runtime and not _OTHER_STAGES.search(path):
            yield from _of_flask(code, path)
            yield from _of_module(code, path)


def _of_flask(code: RunningCode, path: str) -> Iterator[SigningKey]:
    from dockerlint_py.python.frameworks.applications import applications_in
    from dockerlint_py.python.frameworks.flask import FlaskConfig

    files = code.application.python_files
    for found in applications_in(files.modules, files.facts(path)):
        if found.kind.framework == "Flask":
            value = FlaskConfig(code.evaluator, found).values.get("SECRET_KEY")
            if value is not None and value.origin.places:
                yield SigningKey("SECRET_KEY", value, value.origin.places[0], code)


def _of_module(code: RunningCode, path: str) -> Iterator[SigningKey]:
    """Constants of a module, and attributes of its objects: `settings.secret_key`."""
    from dockerlint_py.python.evaluate.values import ObjectValue

    frame = code.evaluator.module(path)
    for name, value in frame.names.items():
        if name in KEY_NAMES and name in frame.places:
            yield SigningKey(name, value, frame.places[name], code)
        if not isinstance(value, ObjectValue) or value.of.path != path:
            continue
        for key, held in value.attributes.items():
            if key.upper() in KEY_NAMES and held.origin.places:
                yield SigningKey(key.upper(), held, held.origin.places[-1], code)
