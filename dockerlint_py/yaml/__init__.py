"""YAML as nodes that know where they stand: nothing is resolved, merged or thrown away here."""

from dockerlint_py.yaml.composer import Document, Limits, Parsed, YamlProblem, parse
from dockerlint_py.yaml.nodes import (
    AliasNode,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    Style,
)
from dockerlint_py.yaml.resolve import BadTagError, Data, Timestamp, resolve
from dockerlint_py.yaml.scalars import logical_text

__all__ = [
    "AliasNode",
    "BadTagError",
    "Data",
    "Document",
    "Limits",
    "MappingNode",
    "Node",
    "Parsed",
    "ScalarNode",
    "SequenceNode",
    "Style",
    "Timestamp",
    "YamlProblem",
    "logical_text",
    "parse",
    "resolve",
]
