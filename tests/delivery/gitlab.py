"""Renders a GitLab template with inputs, as far as ours needs it."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

_BLOCK = re.compile(r"\$\[\[ *inputs\.([a-z-]+) *\]\]")


def header_and_body(text: str) -> tuple[dict[str, Any], str]:
    """The `spec:inputs` of a template, and the text that they are put into."""
    header, _, body = text.partition("\n---\n")
    inputs: dict[str, Any] = yaml.safe_load(header)["spec"]["inputs"]
    return inputs, body


def render(text: str, given: Mapping[str, object]) -> str:
    """The configuration with the inputs put in; `ValueError` where GitLab would refuse one.

    GitLab puts inputs into the text of the file, before it is read as YAML.
    """
    inputs, body = header_and_body(text)
    if unknown := given.keys() - inputs.keys():
        raise ValueError(f"unknown inputs: {unknown}")
    values = {name: given.get(name, declared["default"]) for name, declared in inputs.items()}
    for name, declared in inputs.items():
        if "regex" in declared and not re.search(declared["regex"], str(values[name])):
            raise ValueError(f"{name}: {values[name]!r} does not match {declared['regex']}")
    return _BLOCK.sub(lambda found: _plain(values[found[1]]), body)


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
