"""Whether the programs that a container starts by name are where they are looked for."""

from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.model.packages.package_copies import lacks_script
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.model.programs.process import is_python

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

_OPENERS = ("chmod", "chown", "setfacl")


class Launch:
    """The scripts of Python programs (`gunicorn`, not `python -m gunicorn`) that are started.

    `scripts` is empty when it is not known what the container starts, or how its image is built.
    """

    __slots__ = ("_stages", "scripts")

    def __init__(self, container: "Container") -> None:
        process = container.process
        known = process.unknown is None and container.build is not None
        self._stages = container.chain
        self.scripts = tuple(
            invocation
            for invocation in (process.invocations if known else ())
            if is_python(invocation) and invocation.program.interpreter != "python"
        )

    def script_in(self, environment: str) -> Invocation | None:
        """A script that is started out of a virtual environment, by path or over the PATH."""
        folder = f"{environment}/bin"
        for script in self.scripts:
            name = script.argv[0].value
            path = script.env.get("PATH")
            first = (path.value or "").split(":")[0] if isinstance(path, Known) else ""
            if name.startswith(f"{folder}/") or ("/" not in name and first == folder):
                return script
        return None

    def script_missing_in_system(self) -> Invocation | None:
        """A script that nothing in the image can have put where it is looked for."""
        for script in self.scripts:
            if not _has_own_environment(script) and lacks_script(self._stages[0], script):
                return script
        return None

    def script_off_path(self, folder: str) -> Invocation | None:
        """A script that is started by name, while a folder is known not to be on the PATH."""
        for script in self.scripts:
            path = script.env.get("PATH")
            by_name = "/" not in script.argv[0].value
            if by_name and isinstance(path, Known) and folder not in (path.value or "").split(":"):
                return script
        return None

    @property
    def is_root_home_closed(self) -> bool:
        """Whether /root is open to root alone, as the usual images have it."""
        return all(stage.is_understood for stage in self._stages) and not any(
            invocation.name in _OPENERS
            and any(value.startswith("/root") for value in invocation.values)
            for stage in self._stages
            for run in stage.runs
            for invocation in run.invocations
        )


def _has_own_environment(script: Invocation) -> bool:
    """Whether a tool such as `uv run` starts it, in an environment that the tool keeps."""
    return script.venv is not None or any(
        wrapper.name in ("uv", "poetry", "pipenv", "pdm", "hatch", "conda", "uvx", "pipx")
        for wrapper in script.wrappers
    )
