"""Reads Dockerfiles: instructions with exact places, here-documents, `${}` expansion."""

from dockerlint_py.dockerfile.expansion import Expansion, expand, expand_content
from dockerlint_py.dockerfile.instructions import (
    CopyClause,
    ExposedPort,
    FromClause,
    HealthCheck,
    Mount,
    MountOption,
    PortRange,
    copy_clause,
    exposed_ports,
    from_clause,
    health_check,
    mounts,
    parse_ports,
)
from dockerlint_py.dockerfile.reader import parse
from dockerlint_py.dockerfile.syntax import (
    Directive,
    Dockerfile,
    Flag,
    Heredoc,
    Instruction,
    Pair,
    Problem,
    Word,
)

__all__ = [
    "CopyClause",
    "Directive",
    "Dockerfile",
    "Expansion",
    "ExposedPort",
    "Flag",
    "FromClause",
    "HealthCheck",
    "Heredoc",
    "Instruction",
    "Mount",
    "MountOption",
    "Pair",
    "PortRange",
    "Problem",
    "Word",
    "copy_clause",
    "expand",
    "expand_content",
    "exposed_ports",
    "from_clause",
    "health_check",
    "mounts",
    "parse",
    "parse_ports",
]
