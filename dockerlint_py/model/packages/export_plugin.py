"""`poetry export` without the plugin that Poetry 2 needs for it."""

from collections.abc import Iterable, Iterator

from dockerlint_py.facts import Known
from dockerlint_py.model.packages.installation import Installation
from dockerlint_py.model.packages.tool_versions import is_at_least, tool_version
from dockerlint_py.record import NamedTuple

PLUGIN = "poetry-plugin-export"


class PluginlessExport(NamedTuple):
    """An export, and the Poetry that cannot do it."""

    installation: Installation
    poetry: Known[str]


def pluginless_exports(installations: Iterable[Installation]) -> Iterator[PluginlessExport]:
    """The exports by a Poetry of version 2 that nothing gave the plugin.

    A `requires-plugins` table of the project does not help: Poetry 2.2 reads the command first.
    """
    for installation in installations:
        command = installation.command
        if (command.tool, command.verb) != ("poetry", "export") or installation.is_conditional:
            continue
        poetry = tool_version(installation, "poetry")
        if not isinstance(poetry, Known) or not is_at_least(poetry.value, 2):
            continue
        if not any(_may_bring_plugin(other) for other in installation.earlier):
            yield PluginlessExport(installation, poetry)


def _may_bring_plugin(installation: Installation) -> bool:
    return not installation.is_understood or installation.contents.get(PLUGIN) is not None
