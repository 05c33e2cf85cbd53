"""The formats of reports by name: one module with one function `render` each."""

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.engine.run import Outcome
    from dockerlint_py.report.options import ReportOptions


class Renderer(Protocol):
    """Makes the text of a report: a pure function of its arguments."""

    def __call__(self, outcome: "Outcome", options: "ReportOptions", /) -> str: ...


class Format(NamedTuple):
    """`is_prose`: for people who read the log, and of no use to a program that parses it."""

    module: str
    is_prose: bool = False

    @property
    def render(self) -> Renderer:
        """The function that makes this report; imports it."""
        renderer: Renderer = import_module(f"dockerlint_py.report.{self.module}").render
        return renderer


FORMATS = {
    "text": Format("text", is_prose=True),
    "concise": Format("concise", is_prose=True),
    "json": Format("json"),
    "sarif": Format("sarif"),
    "github": Format("github"),
    "gitlab": Format("gitlab"),
    "junit": Format("junit"),
    "markdown": Format("markdown"),
    "html": Format("html"),
}
