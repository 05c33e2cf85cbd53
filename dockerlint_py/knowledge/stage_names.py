"""Words in the names of stages, targets and files that tell what they are for."""

from typing import Literal, TypeAlias

from dockerlint_py.text.regex import regex

Purpose: TypeAlias = Literal["prod", "dev", "test", "build"]

SOURCE = "names in public repositories (Compose file sets and multi-stage Dockerfiles)"
DATE = "2026-11-24"

WORDS: dict[str, Purpose] = {
    "prod": "prod",
    "production": "prod",
    "deploy": "prod",
    "live": "prod",
    "release": "prod",
    "staging": "prod",
    "runtime": "prod",
    "final": "prod",
    "dev": "dev",
    "devel": "dev",
    "develop": "dev",
    "development": "dev",
    "devcontainer": "dev",
    "local": "dev",
    "debug": "dev",
    "test": "test",
    "tests": "test",
    "testing": "test",
    "unittest": "test",
    "unittests": "test",
    "ci": "test",
    "e2e": "test",
    "cypress": "test",
    "playwright": "test",
    "lint": "test",
    "linter": "test",
    "pytest": "test",
    "build": "build",
    "builder": "build",
    "compile": "build",
    "deps": "build",
    "dependencies": "build",
    "wheels": "build",
}

_SEPARATORS = regex(r"[._-]+")


def purposes(name: str) -> frozenset[Purpose]:
    """What a name says, from its words between `.`, `_` and `-`; empty when it says nothing."""
    words = _SEPARATORS.split(name.lower())
    return frozenset(WORDS[word] for word in words if word in WORDS)


def purpose(name: str) -> Purpose | None:
    """The one thing that a name says; None when it says nothing, or several things at once.

    A build stage for development (`dev-builder`) is of development: it is never shipped to others.
    """
    found = purposes(name)
    roles = found - {"build"}
    if len(roles) > 1:
        return None
    return next(iter(roles or found), None)
