"""The folders in which a server looks for the modules that it is told to import."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.model.image.paths import joined

if TYPE_CHECKING:
    from dockerlint_py.model.servers.server import RunningServer


def import_roots(server: "RunningServer") -> Fact[tuple[str, ...]]:
    """Absolute folders of the container, the first one first; those of packages are left out."""
    start = first_root(server)
    if isinstance(start, Unknown):
        return Unknown(start.why, None, start.places)
    found = [start.value]
    extra = server.settings.text("pythonpath")
    path = server.invocation.env.get("PYTHONPATH")
    for fact, separator in ((extra, ","), (path, ":")):
        if isinstance(fact, Unknown):
            return Unknown(fact.why, None, fact.places)
        found += [joined(start.value, each) for each in (fact.value or "").split(separator) if each]
    return Known(tuple(dict.fromkeys(found)), start.places)


def first_root(server: "RunningServer") -> Fact[str]:
    """The folder that it is in when it imports: where it is started, or where it is told to go.

    Servers look there first, whatever the import path is.
    """
    cwd = server.invocation.cwd
    for name in ("app_dir", "chdir"):
        given = server.settings.text("app_dir" if name == "app_dir" else "chdir")
        if isinstance(given, Unknown):
            return Unknown(given.why, None, given.places)
        if given.value is not None:
            if given.value.startswith("/"):
                return Known(joined("/", given.value), given.places)
            if isinstance(cwd, Unknown):
                return Unknown(cwd.why)
            return Known(joined(cwd.value, given.value), given.places)
    return cwd
