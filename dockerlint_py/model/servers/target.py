"""What a server is pointed at: a module and a name in it, or a file."""

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.knowledge.servers import Server
from dockerlint_py.model.servers.phrase import Phrase
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

DEFAULT_NAMES = {
    "gunicorn": "application",
    "hypercorn": "app",
    "granian": "app",
    "uwsgi": "application",
}
"""The name that is taken when the target has none."""

PREFIXES = ("asgi:", "wsgi:")
"""What Hypercorn may be told of an application before its name."""


class Target(NamedTuple):
    """`module:name`.

    `module` is a dotted name, or a path when `is_file`. `name` is None where the server looks for
    an application itself. `is_factory`: what is named is called to get it. `prefix` is `asgi` or
    `wsgi` where the target says so. `place` is where it is written.
    """

    module: str
    name: str | None
    place: Place | None = None
    is_factory: bool = False
    is_file: bool = False
    prefix: str = ""

    @property
    def text(self) -> str:
        """The target for people."""
        return f"{self.module}:{self.name}" if self.name else self.module

    @property
    def relative_path(self) -> str:
        """The module as a path without its ending, below a folder of the import path."""
        return self.module.removesuffix(".py") if self.is_file else self.module.replace(".", "/")


def target_of(
    server: Server, phrase: Phrase, name: str | None = None, *, factory: bool = False
) -> Fact[Target]:
    """The target that a text means to a server; `name` is what an option of its own names."""
    fact = phrase.fact
    if isinstance(fact, Unknown):
        return Unknown("what it serves is known only at the start", None, fact.places)
    text, prefix = fact.value, ""
    if server.program == "hypercorn" and text.startswith(PREFIXES) and text.count(":") > 1:
        prefix, _, text = text.partition(":")
    module, _, attribute = text.partition(":")
    attribute = attribute.strip(" ")
    called = attribute.endswith(")")
    if called:
        attribute = attribute.partition("(")[0]
    is_file = module.endswith(".py") or "/" in module
    wanted = name or attribute or DEFAULT_NAMES.get(server.program)
    target = Target(module, wanted, phrase.place, factory or called, is_file, prefix)
    return Known(target, fact.places, says=f"{server.program} serves {text}")
