"""The Python distributions in the image of a container, and how they come into it."""

from functools import cached_property
from typing import TYPE_CHECKING

from dockerlint_py.model.finding import Role
from dockerlint_py.model.image.build_tools import BuildTools, build_tools
from dockerlint_py.model.packages.arrivals import Arrival
from dockerlint_py.model.packages.conda_envs import (
    Unactivated,
    futile_activations,
    unused_environments,
)
from dockerlint_py.model.packages.contents import Distribution
from dockerlint_py.model.packages.dev_dependencies import (
    DevDependencies,
    dev_dependencies,
    misplaced_tools,
)
from dockerlint_py.model.packages.export_plugin import PluginlessExport, pluginless_exports
from dockerlint_py.model.packages.installation import Installation
from dockerlint_py.model.packages.leftover_installers import LeftoverInstaller, leftover_installers
from dockerlint_py.model.packages.locking import UnusedLock, unused_locks
from dockerlint_py.model.packages.native_builds import (
    Lack,
    MuslBuilds,
    lacking_to_build,
    lacking_to_run,
    musl_builds,
)
from dockerlint_py.model.packages.pinning import Unpinned, unpinned_of
from dockerlint_py.model.packages.project_files import (
    MissingFile,
    missing_for_build,
    missing_requirements,
)
from dockerlint_py.model.packages.python_choice import PythonMismatch, python_mismatches
from dockerlint_py.model.packages.removed_imports import RemovedImport, removed_imports
from dockerlint_py.model.packages.rival_locks import Rivalry, rivalries
from dockerlint_py.model.packages.usage import is_used

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container


class Dependencies:
    """What is installed in a container's image; nothing for an image that is not built here."""

    def __init__(self, container: "Container") -> None:
        self._container = container

    @property
    def is_for_developers(self) -> bool:
        """Whether the container is for development or tests."""
        return self._container.role in (Role.DEV, Role.TEST)

    @property
    def arrivals(self) -> tuple[Arrival, ...]:
        """The installations whose distributions are in the image."""
        return self._container.stage.arrivals if self._container.stage else ()

    @property
    def installations(self) -> tuple[Installation, ...]:
        """All installations of the stages that the image cannot be built without."""
        stages = self._container.needed_stages
        return tuple(each for stage in stages for each in stage.installations)

    @cached_property
    def unpinned(self) -> tuple[Unpinned, ...]:
        """What is installed in a version of the day; developers may do so."""
        return () if self.is_for_developers else tuple(unpinned_of(self.arrivals))

    @cached_property
    def unused_locks(self) -> tuple[UnusedLock, ...]:
        """The lock files of the repository that the image is not installed from."""
        return tuple(unused_locks(self.arrivals, self.installations))

    @property
    def installed(self) -> tuple[Installation, ...]:
        """The installations whose distributions are in the image, without those of tools."""
        found = (arrival.installation for arrival in self.arrivals)
        return tuple(dict.fromkeys(each for each in found if not each.is_isolated))

    def distributions(self, name: str) -> tuple[Distribution, ...]:
        """A distribution of the image by its name, once for every place that asks for it."""
        found = (i.contents.get(name) for i in self.installed if not i.is_conditional)
        sure = (each for each in found if each is not None and each.sure)
        return tuple({each.place: each for each in sure}.values())

    @cached_property
    def dev_dependencies(self) -> tuple[DevDependencies, ...]:
        """What is installed for developers because a command asks for it."""
        return tuple(dev_dependencies(self._asked_for))

    @cached_property
    def misplaced_tools(self) -> tuple[DevDependencies, ...]:
        """What is installed for developers because it stands among what production needs."""
        repository = self._container.repository
        return tuple(
            misplaced_tools(self._asked_for, lambda dist: is_used(repository.modules, dist))
        )

    @property
    def _asked_for(self) -> tuple[Installation, ...]:
        """What chooses the distributions: installations, and exports that others install from."""
        exports = (each for each in self.installations if each.command.verb == "export")
        return tuple(dict.fromkeys((*self.installed, *exports)))

    @cached_property
    def missing_for_build(self) -> tuple[MissingFile, ...]:
        """The files that a project cannot be built without, and that are not there."""
        return tuple(missing_for_build(self.installations))

    @cached_property
    def missing_requirements(self) -> tuple[MissingFile, ...]:
        """The files that requirements files name, and that are not there."""
        return tuple(missing_requirements(self.installations))

    @cached_property
    def pluginless_exports(self) -> tuple[PluginlessExport, ...]:
        """The `poetry export` commands that Poetry has no plugin for."""
        return tuple(pluginless_exports(self.installations))

    @cached_property
    def python_mismatches(self) -> tuple[PythonMismatch, ...]:
        """The images whose Python is not the one that the project asks for."""
        return tuple(python_mismatches(self.installations))

    @cached_property
    def rivalries(self) -> tuple[Rivalry, ...]:
        """What is installed in another version than the lock file of another manager says."""
        return tuple(rivalries(self.installed))

    @cached_property
    def leftover_installers(self) -> tuple[LeftoverInstaller, ...]:
        """The installers that the image still has when it runs."""
        return tuple(leftover_installers(self._container))

    @cached_property
    def unactivated(self) -> tuple[Unactivated, ...]:
        """The conda environments that commands miss, at build time and at the start."""
        stages = self._container.needed_stages
        return (*futile_activations(stages), *unused_environments(self._container))

    @cached_property
    def musl_builds(self) -> tuple[MuslBuilds, ...]:
        """The distributions that stages on Alpine compile."""
        return tuple(musl_builds(self.installations))

    @cached_property
    def lacking_to_build(self) -> tuple[Lack, ...]:
        """The packages that compiling them needs, and that are not there."""
        return tuple(lacking_to_build(self.installations))

    @cached_property
    def lacking_to_run(self) -> tuple[Lack, ...]:
        """The libraries that the image's distributions need when they run, and that it lacks."""
        return tuple(lacking_to_run(self._container.stage)) if self._container.stage else ()

    @cached_property
    def build_tools(self) -> tuple[BuildTools, ...]:
        """The commands whose compilers and headers are still in the image."""
        return tuple(build_tools(self._container))

    @cached_property
    def removed_imports(self) -> tuple[RemovedImport, ...]:
        """The imports of modules that the image's Python no longer has."""
        return tuple(removed_imports(self._container))
