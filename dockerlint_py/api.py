"""All that a rule needs, and the only module that a rule imports.

Names are resolved when they are first used, so that a rule about Dockerfiles does not pay for what
rules about Python need.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dockerlint_py.context import FileClass
    from dockerlint_py.engine.rule import Security, rule
    from dockerlint_py.facts import Confidence, Environment, Fact, Known, Layers, Unknown
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.build import Build
    from dockerlint_py.model.code.blocking_calls import BlockingCall
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.dockerfile import Dockerfile
    from dockerlint_py.model.file_set import FileSet
    from dockerlint_py.model.finding import Finding, Role, Severity
    from dockerlint_py.model.image.base import Base
    from dockerlint_py.model.image.copies import Copy, Origin
    from dockerlint_py.model.image.package_sources import Packages
    from dockerlint_py.model.image.stage import Stage
    from dockerlint_py.model.image.steps import Step
    from dockerlint_py.model.packages.locking import Lapse
    from dockerlint_py.model.packages.python_choice import Outcome
    from dockerlint_py.model.packages.system_python import Refusal
    from dockerlint_py.model.repository import Repository
    from dockerlint_py.text import Place

_HOMES = {
    "context": ("FileClass",),
    "engine.rule": ("Security", "rule"),
    "facts": ("Confidence", "Environment", "Fact", "Known", "Layers", "Unknown"),
    "model.application": ("Application",),
    "model.image.base": ("Base",),
    "model.code.blocking_calls": ("BlockingCall",),
    "model.build": ("Build",),
    "model.container": ("Container",),
    "model.image.copies": ("Copy", "Origin"),
    "model.dockerfile": ("Dockerfile",),
    "model.file_set": ("FileSet",),
    "model.packages.early_sources": ("Needs",),
    "model.finding": ("Finding", "Role", "Severity"),
    "model.packages.locking": ("Lapse",),
    "model.image.package_sources": ("Packages",),
    "model.packages.python_choice": ("Outcome",),
    "model.repository": ("Repository",),
    "model.image.stage": ("Stage",),
    "model.image.steps": ("Step",),
    "model.packages.system_python": ("Refusal",),
    "text": ("Place",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Application",
    "Base",
    "BlockingCall",
    "Build",
    "Confidence",
    "Container",
    "Copy",
    "Dockerfile",
    "Environment",
    "Fact",
    "FileClass",
    "FileSet",
    "Finding",
    "Known",
    "Lapse",
    "Layers",
    "Origin",
    "Outcome",
    "Packages",
    "Place",
    "Refusal",
    "Repository",
    "Role",
    "Security",
    "Severity",
    "Stage",
    "Step",
    "Unknown",
    "rule",
]


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"dockerlint_py.{home}"), name)
    globals()[name] = value
    return value
