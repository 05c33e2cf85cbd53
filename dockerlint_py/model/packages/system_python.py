"""Commands that the packaged Python of a distribution refuses.

PEP 668; Debian's README.Debian of python3.11 and python3-pip; run on Debian 12 on 2026-11-24.
"""

from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known
from dockerlint_py.manifests.installers import Flag, InstallCommand
from dockerlint_py.model.image.copies import Copy, Origin
from dockerlint_py.model.image.installs import Install
from dockerlint_py.model.image.paths import is_under
from dockerlint_py.model.image.runs import Run
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.record import NamedTuple
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage

PIP_PACKAGES = ("python3-pip", "py3-pip", "python3-full")
PACKAGED_PYTHON = regex(r"python3(?:-.+)?$|py3-pip$")
VENV_PROVIDER = regex(r"python3(?:\.[0-9]+)?-(?:venv|full|all-venv)$|pipx$|thonny$|dh-virtualenv$")
SYSTEM_FOLDERS = frozenset("/usr/local/sbin /usr/local/bin /usr/sbin /usr/bin /sbin /bin".split())
BRINGS_PYTHON = frozenset(
    "add-apt-repository asdf conda dpkg ln make mamba micromamba mise pyenv rpm tar "
    "update-alternatives virtualenv".split()
)
"""Programs that may put another Python in front of the packaged one, or a link to it."""

SWITCHES_OFF = ("EXTERNALLY-MANAGED", ".break-system-packages", "pip.conf", "PIP_CONFIG_FILE")


class Refusal(Enum):
    """What is refused, or not needed."""

    EXTERNALLY_MANAGED = "the packaged Python is externally managed"
    NO_ENSUREPIP = "ensurepip is disabled"
    NO_VENV = "the package python3-venv is missing"
    PIP_IS_THERE = "the image has pip"


class RefusedCommand(NamedTuple):
    """A command of a stage that its Python refuses, and the facts to be cited."""

    refusal: Refusal
    invocation: Invocation
    because: tuple[Known[str], ...]


def refused_commands(stage: "Stage") -> Iterator[RefusedCommand]:
    """The commands of a stage's own RUNs that the Python of its image refuses."""
    facts = stage.base.facts
    if facts.product == "python" and facts.kind == "language" and facts.has("pip"):
        for invocation in _modules(stage, "ensurepip"):
            yield RefusedCommand(Refusal.PIP_IS_THERE, invocation, (invocation.fact(),))
    elif facts.kind == "distribution" and not _has_other_python(stage):
        yield from _of_distribution(stage)


def _of_distribution(stage: "Stage") -> Iterator[RefusedCommand]:
    packages = _Packages(stage)
    managed = stage.base.facts.externally_managed
    debian = stage.base.facts.distro in ("debian", "ubuntu")
    for install in stage.installs if managed else ():
        brought = packages.python if install.command.tool == "uv pip" else packages.pip
        if _precedes(brought, install.invocation) and _is_refused(install):
            yield _refused(Refusal.EXTERNALLY_MANAGED, install.invocation, brought)
    for invocation in _modules(stage, "ensurepip") if debian else ():
        if _precedes(packages.python, invocation):
            yield _refused(Refusal.NO_ENSUREPIP, invocation, packages.python)
    for invocation in _modules(stage, "venv") if debian and not packages.may_have_venv else ():
        if _precedes(packages.python, invocation) and not invocation.has("--without-pip"):
            yield _refused(Refusal.NO_VENV, invocation, packages.python)


def _refused(refusal: Refusal, invocation: Invocation, packages: Install | None) -> RefusedCommand:
    cited = (packages.fact(),) if packages else ()
    return RefusedCommand(refusal, invocation, (*cited, invocation.fact()))


class _Packages:
    """The packages of the system that the RUNs of a stage and its parents install.

    `pip` and `python` are the first commands that install them.
    """

    __slots__ = ("may_have_venv", "pip", "python")

    def __init__(self, stage: "Stage") -> None:
        self.may_have_venv = False
        self.pip: Install | None = None
        self.python: Install | None = None
        for install in (i for part in reversed(stage.chain) for i in part.installs):
            if (
                isinstance(install.command, InstallCommand)
                and install.command.ecosystem == "system"
            ):
                self._add(install, install.command)

    def _add(self, install: Install, command: InstallCommand) -> None:
        names = [package.name for package in command.packages]
        if command.unknown or any(VENV_PROVIDER.match(name) for name in names):
            self.may_have_venv = True
        if self.pip is None and any(name in PIP_PACKAGES for name in names):
            self.pip = install
        if self.python is None and any(PACKAGED_PYTHON.match(name) for name in names):
            self.python = install


def _precedes(install: Install | None, invocation: Invocation) -> bool:
    """Whether something is installed before a command of the same file is run."""
    return install is not None and install.place.span < invocation.place.span


def _is_refused(install: Install) -> bool:
    """Whether an install goes into the packaged Python without permission."""
    command = install.command
    if not isinstance(command, InstallCommand) or command.verb != "install":
        return False
    if command.tool not in ("pip", "uv pip") or command.target or command.python:
        return False
    if command.tool == "uv pip" and Flag.SYSTEM not in command.flags:
        return False
    if {Flag.BREAK_SYSTEM_PACKAGES, Flag.DRY_RUN} & command.flags:
        return False
    if any(w.endswith("_BREAK_SYSTEM_PACKAGES") or not w.isupper() for w in command.unknown):
        return False
    bare = command.tool == "uv pip" or _is_packaged_program(install.invocation)
    return bare and _must_succeed(install.invocation) and not install.invocation.venv


def _is_packaged_program(invocation: Invocation) -> bool:
    """Whether a bare name is run that the search path finds among the system's programs."""
    folder, _, name = invocation.argv[0].value.rpartition("/")
    if folder not in ("", "/usr/bin", "/bin") or name not in ("pip", "pip3", "python", "python3"):
        return False
    path = invocation.env.get("PATH")
    if not isinstance(path, Known) or path.value is None:
        return False
    return SYSTEM_FOLDERS.issuperset(path.value.split(":"))


def _must_succeed(invocation: Invocation) -> bool:
    return not invocation.is_conditional and invocation.command.after != "||"


def _modules(stage: "Stage", module: str) -> Iterator[Invocation]:
    """The runs of a module of the image's own Python."""
    local = stage.base.facts.interpreter
    for run in stage.runs:
        for invocation in run.invocations:
            own = _is_packaged_program(invocation) or invocation.argv[0].value == local
            runs = invocation.program.module == module and _must_succeed(invocation)
            if runs and own and not invocation.venv:
                yield invocation


def _has_other_python(stage: "Stage") -> bool:
    """Whether there may be another Python than the packaged one, or one that refuses nothing."""
    for step in stage.all_steps:
        text = step.instruction.original.text
        if step.hidden or any(word in text for word in SWITCHES_OFF):
            return True
    parts = stage.chain
    if any(_may_bring_python(run) for part in parts for run in part.runs):
        return True
    return any(_may_be_python(copy) for part in parts for copy in part.copies)


def _may_be_python(copy: Copy) -> bool:
    """Whether a COPY from elsewhere may bring a Python to where the system's programs are."""
    if copy.origin is Origin.CONTEXT:
        return False
    paths = [source.path for source in copy.sources]
    names = {p.value.rpartition("/")[2] if isinstance(p, Known) else "" for p in paths}
    if names <= {"uv", "uvx"} or not isinstance(copy.destination, Known):
        return not names <= {"uv", "uvx"}
    target = copy.destination.value
    return is_under("/usr/local/bin", target) or is_under(target, "/usr")


def _may_bring_python(run: Run) -> bool:
    if run.opaque:
        return True
    names = {invocation.name for invocation in run.invocations}
    return bool(names & BRINGS_PYTHON) or any(
        invocation.argv[0].value == "uv" and "python" in invocation.values
        for invocation in run.invocations
    )
