"""What is known, what is not, and where it was read."""

from dockerlint_py.facts.environment import Environment, EnvLayer
from dockerlint_py.facts.fact import Confidence, Fact, Known, Unknown
from dockerlint_py.facts.layers import Blur, Layer, LayerId, Layers

__all__ = [
    "Blur",
    "Confidence",
    "EnvLayer",
    "Environment",
    "Fact",
    "Known",
    "Layer",
    "LayerId",
    "Layers",
    "Unknown",
]
