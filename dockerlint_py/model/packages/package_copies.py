"""COPY of Python's package folders: `site-packages`, and what `pip install --user` fills."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known
from dockerlint_py.manifests.installers import Flag, InstallCommand
from dockerlint_py.model.image.copies import Copy
from dockerlint_py.model.image.installs import Install
from dockerlint_py.model.image.paths import is_under, joined, relative
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.image.interpreters import Interpreter
    from dockerlint_py.model.image.stage import Stage

_LIBRARY = regex(r"(/[^ ]*)?/lib/python(\d{1,2})\.(\d{1,3})(?:/(?:site|dist)-packages)?/?$")
USER_BASE = "/root/.local"
SCRIPTS = "/usr/local/bin"
_PYTHON_PACKAGES = ("python", "gunicorn", "uvicorn", "celery", "uwsgi", "hypercorn", "daphne")
_SINGLE_FILES = ("uv", "uvx")


class PackageCopy(NamedTuple):
    """A folder of packages that is copied from a stage to `path`.

    `version` is the Python that the folder belongs to; None for a `user_base`, the folder
    `~/.local` of root.
    """

    copy: Copy
    origin: "Stage"
    place: Place
    path: str
    version: tuple[int, int] | None
    user_base: bool = False

    def fact(self) -> Known[str]:
        """The copy, to be cited."""
        return Known(self.path, (self.place,))

    def misfit(self, python: "Fact[Interpreter | None]") -> "Known[Interpreter] | None":
        """The Python of an image that is known to be of another minor version."""
        if not isinstance(python, Known) or python.value is None or self.version is None:
            return None
        if python.value.version in (None, self.version):
            return None
        return Known(python.value, python.places, python.confidence, python.says)


def package_copies_of(stage: "Stage") -> Iterator[PackageCopy]:
    """The package folders that a stage's own COPYs take from other stages."""
    for copy in stage.copies:
        if copy.stage is None or not isinstance(copy.destination, Known):
            continue
        for source in copy.sources:
            if not isinstance(source.path, Known):
                continue
            target, path = copy.destination.value, source.path.value
            match = _LIBRARY.match(path)
            if match:
                version = int(match[2]), int(match[3])
                yield PackageCopy(copy, copy.stage, source.place, target, version)
            elif is_under(USER_BASE, path):
                base = joined(target, relative(USER_BASE, path))
                if _installs_for_user(copy.stage):
                    yield PackageCopy(copy, copy.stage, source.place, base, None, user_base=True)


def _installs_for_user(stage: "Stage") -> bool:
    """Whether root installs with `pip install --user` in a stage."""
    return any(
        isinstance(install.command, InstallCommand)
        and Flag.USER in install.command.flags
        and install.command.verb == "install"
        and install.run.step.before.user.known in ("root", "0")
        for part in stage.chain
        for install in part.installs
    )


def may_bring(copy: Copy, path: str) -> bool:
    """Whether a COPY may put a file at a path; sources that look like single files do not."""
    if not isinstance(copy.destination, Known):
        return True
    name = path.rpartition("/")[2]
    for source in copy.sources:
        if not isinstance(source.path, Known):
            return True
        last = source.path.value.rpartition("/")[2]
        is_file = "." in last[1:] or last in _SINGLE_FILES
        named = is_file and last != name and "*" not in last
        if not named and is_under(path, copy.destination.value):
            return True
    return False


def lacks_script(stage: "Stage", script: Invocation) -> bool:
    """Whether no step of an image can have made the script of a Python program."""
    if not stage.is_understood or stage.virtualenvs:
        return False
    name = script.argv[0].value
    path = name if name.startswith("/") else f"{SCRIPTS}/{name}"
    for part in stage.chain:
        if any(may_bring(copy, path) for copy in part.copies):
            return False
        if any(_may_install(install) for install in part.installs):
            return False
    return not stage.base.facts.has(name)


def _may_install(install: Install) -> bool:
    command = install.command
    if not isinstance(command, InstallCommand):
        return False
    if command.ecosystem == "system":
        return any(package.name.startswith(_PYTHON_PACKAGES) for package in command.packages)
    return command.installs
