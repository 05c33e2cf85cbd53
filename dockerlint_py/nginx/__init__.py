"""Configuration files of nginx: read with exact positions, includes followed, levels inherited."""

from dockerlint_py.nginx.addresses import Address, Listen, address_of, listen_of, target_of
from dockerlint_py.nginx.config import (
    MAX_PASSES,
    Config,
    Level,
    Pass,
    PeerServer,
    Upstream,
    config_of,
)
from dockerlint_py.nginx.includes import Found, expand_includes
from dockerlint_py.nginx.parser import Directive, Parsed, Problem, parse
from dockerlint_py.nginx.tokens import Word

__all__ = [
    "MAX_PASSES",
    "Address",
    "Config",
    "Directive",
    "Found",
    "Level",
    "Listen",
    "Parsed",
    "Pass",
    "PeerServer",
    "Problem",
    "Upstream",
    "Word",
    "address_of",
    "config_of",
    "expand_includes",
    "listen_of",
    "parse",
    "target_of",
]
