"""Static files, media and translations of the Django applications that a container runs."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known

if TYPE_CHECKING:
    from dockerlint_py.model.assets.static_paths import PathMismatch
    from dockerlint_py.model.assets.static_serving import Unserved
    from dockerlint_py.model.assets.uncompiled import Uncompiled
    from dockerlint_py.model.assets.uploads import Uploads
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.programs.management import ManagementRun
    from dockerlint_py.model.services.stale_volumes import StaleVolume


class ContainerStatic:
    """What is amiss with them; nothing where the repository has no application."""

    def __init__(self, container: "Container") -> None:
        self._container = container

    @property
    def _has_code(self) -> bool:
        return self._container.stage is not None and self._container.may_run_code

    @cached_property
    def never_collected(self) -> tuple[Known[Any], ...] | None:
        """Why it is known that static files are used and never collected."""
        if not self._has_code:
            return None
        from dockerlint_py.model.assets.static_deployment import never_collected_in

        return never_collected_in(self._container)

    @cached_property
    def unserved(self) -> "Unserved | None":
        """The static files that nothing serves."""
        if not self._has_code:
            return None
        from dockerlint_py.model.assets.static_serving import unserved_in

        return unserved_in(self._container)

    @property
    def stale_volumes(self) -> "tuple[StaleVolume, ...]":
        """The volumes that hide newer static files of the image."""
        if not self._has_code or self._container.service is None:
            return ()
        from dockerlint_py.model.services.stale_volumes import stale_volumes_of

        return tuple(stale_volumes_of(self._container))

    @property
    def lost_uploads(self) -> "tuple[Uploads, ...]":
        """The folders of uploads that no volume of its service keeps."""
        if not self._has_code or self._container.service is None:
            return ()
        from dockerlint_py.model.assets.uploads import lost_uploads_of

        return tuple(lost_uploads_of(self._container))

    @property
    def uncompiled(self) -> "tuple[Uncompiled, ...]":
        """The translations that are copied and never compiled."""
        if not self._has_code:
            return ()
        from dockerlint_py.model.assets.uncompiled import uncompiled_of

        return tuple(uncompiled_of(self._container))

    @property
    def path_mismatches(self) -> "tuple[PathMismatch, ...]":
        """Where its nginx looks for the files of an application in vain."""
        nginx = self._container.nginx
        if not isinstance(nginx, Known) or nginx.value is None:
            return ()
        if not self._container.may_run_code:
            return ()
        from dockerlint_py.model.assets.static_paths import path_mismatches_of

        return tuple(path_mismatches_of(self._container))

    @property
    def prompting(self) -> "tuple[ManagementRun, ...]":
        """The runs of `collectstatic` in its build that may ask a question."""
        if not self._has_code:
            return ()
        from dockerlint_py.model.programs.management import runs_of_container

        return tuple(
            run
            for run in runs_of_container(self._container)
            if run.is_at_build
            and run.command == "collectstatic"
            and not run.has("--noinput", "--no-input", "-n", "--dry-run")
            and run.invocation.command.before != "|"
        )
