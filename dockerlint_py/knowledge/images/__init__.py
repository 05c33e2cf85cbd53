"""What container images hold, by their names alone: no registry is asked."""

from dockerlint_py.knowledge.images.catalogue import image_facts
from dockerlint_py.knowledge.images.facts import ImageFacts
from dockerlint_py.knowledge.images.reference import ImageRef, parse_image

__all__ = ["ImageFacts", "ImageRef", "image_facts", "parse_image"]
