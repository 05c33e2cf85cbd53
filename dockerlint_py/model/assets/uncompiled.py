"""Translations whose compiled form is in no image."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from dockerlint_py.context import paths
from dockerlint_py.facts import Known
from dockerlint_py.model.assets.static_deployment import StaticDeployment, deployments_of
from dockerlint_py.python.evaluate.results import RepoPath
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

_COMPILERS = ("compilemessages", "msgfmt", "compile_translations", "compile-messages")
_NAMES = ("django.po", "djangojs.po")
_MAX_FOLDERS = 500


class Uncompiled(NamedTuple):
    """A file of translations that is copied without its compiled form."""

    file: str
    place: Place
    because: tuple[Known[Any], ...]


def uncompiled_of(container: "Container") -> Iterator[Uncompiled]:
    """The first file of each folder of translations that a Django application looks in."""
    for deployment in deployments_of(container):
        settings = deployment.static.settings
        uses = settings.get("USE_I18N")
        if not isinstance(uses, Known) or not uses.value or _may_compile(container):
            continue
        for folder in _locales(deployment):
            yield from _in_folder(container, folder, uses)


def _may_compile(container: "Container") -> bool:
    """Whether something compiles them in the build, at the start, or before a build."""
    stages = container.needed_stages
    if not all(stage.is_understood and stage.base.is_known for stage in stages):
        return True
    return any(container.repository.mentions(word) for word in _COMPILERS)


def _locales(deployment: StaticDeployment) -> Iterator[str]:
    """The folders of the repository in which Django looks for translations."""
    settings = deployment.static.settings
    given = settings.get("LOCALE_PATHS")
    for path in given.value if isinstance(given, Known) and _is_list(given.value) else ():
        if isinstance(path, RepoPath):
            yield path.path
    graph = deployment.startup.application.python_files.graph
    for item in settings.items("INSTALLED_APPS"):
        for root in graph.roots_for(settings.path):
            folder = paths.join(root, item.text.partition(".apps.")[0].replace(".", "/"))
            if folder in graph.folders:
                yield paths.join(folder, "locale")
                break


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple)


def _in_folder(container: "Container", locale: str, uses: Known[Any]) -> Iterator[Uncompiled]:
    snapshot, build = container.repository.snapshot, container.build
    if build is None or not snapshot.is_dir(locale):
        return
    for folder, entries in islice(snapshot.folders(locale), _MAX_FOLDERS):
        for name in (name for name in _NAMES if name in entries):
            file = paths.join(folder, name)
            compiled = file.removesuffix(".po") + ".mo"
            takings = [taking for taking in build.takings if taking.landings(file)]
            if takings and (not snapshot.exists(compiled) or _is_left_out(container, compiled)):
                because = (takings[0].landing_fact(file), uses.saying("USE_I18N is on"))
                yield Uncompiled(file, takings[0].place_of(file), because)
                return


def _is_left_out(container: "Container", compiled: str) -> bool:
    """Whether .dockerignore keeps a compiled file out of all copies, and nothing is mounted."""
    takings = container.build.takings if container.build is not None else ()
    taken = any(f.path == compiled for taking in takings for f in taking.selection.files)
    return not taken and not container.mounts.entries
