"""What the name of a Compose file, its folder and its words tell."""

import posixpath

from dockerlint_py.text.regex import regex

DEFAULT_NAMES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
OVERRIDE_NAMES = (
    "compose.override.yml",
    "compose.override.yaml",
    "docker-compose.override.yml",
    "docker-compose.override.yaml",
)
SAMPLE_SUFFIXES = (".example", ".sample", ".dist", ".template", "-example", ".tmpl")
_OTHER_NAMES = frozenset({"local", "production", "staging", "dev", "prod"})
_SEPARATORS = regex(r"[._\-]")


def is_yaml(path: str) -> bool:
    """Whether a file has YAML's suffix."""
    return path.endswith((".yml", ".yaml"))


def is_compose_name(path: str) -> bool:
    """Whether a file may be a Compose file by its name; its contents must agree (`has_services`).

    Besides `compose` in any form these are the names that older templates use: `local.yml`,
    `production.yml`.
    """
    if not is_yaml(path):
        return False
    stem = posixpath.splitext(posixpath.basename(path))[0].lower()
    return "compose" in stem.replace("_", "-") or stem in _OTHER_NAMES


def words(name: str) -> list[str]:
    """The words of a file name: `docker-compose.prod.yml` is docker, compose, prod, yml."""
    return [word for word in _SEPARATORS.split(name.lower()) if word]


def has_services(text: str) -> bool:
    """Whether a text looks like a Compose file: it has `services` or `include` at its top.

    A look at the lines, not a reading: a file that is broken is a Compose file all the same.
    """
    return any(f"\n{key}:" in text or text.startswith(f"{key}:") for key in ("services", "include"))


def is_template(text: str) -> bool:
    """Whether a file that cannot be read is the template of one: Jinja, cookiecutter, Go, ERB."""
    return "{{" in text or "{%" in text or "<%" in text
