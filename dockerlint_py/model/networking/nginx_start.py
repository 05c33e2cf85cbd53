"""Whether a container runs nginx, where that reads its configuration, and what changes it."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from dockerlint_py.facts import Fact, Known, Unknown
from dockerlint_py.knowledge.nginx_layouts import (
    OF_IMAGES,
    OF_PACKAGES,
    OFFICIAL,
    OLD_ALPINE,
    PACKAGES,
    NginxLayout,
)
from dockerlint_py.model.image.paths import is_under, joined
from dockerlint_py.model.image.program_effects import HARMLESS
from dockerlint_py.model.image.scripts import read_argv, read_script
from dockerlint_py.model.image.system_packages import system_packages
from dockerlint_py.record import NamedTuple

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container
    from dockerlint_py.model.programs.command import CommandLine
    from dockerlint_py.model.programs.invocation import Invocation

PROGRAMS = ("nginx", "nginx-debug", "openresty")
_WAITING = (*PROGRAMS, "sleep", "wait", "trap", "echo", "true", ":", "[", "test")
"""Programs of a start command that leave the configuration alone."""

_SPARES = HARMLESS | frozenset((*PROGRAMS, "mkdir"))
"""Programs that may name a folder of nginx without changing what it reads."""

_WAITERS = ("wait-for-it.sh", "wait-for.sh")
_ENDS = ("-t", "-T", "-v", "-V", "-h", "-s")
"""Options with which nginx does something else."""

DAEMON_OFF = "daemon off;"


class NginxStart(NamedTuple):
    """An nginx that a container runs: its files, and the programs of the start that name it.

    `fills_templates`: the entry script of the image makes its files out of templates. `links` lead
    from paths that it reads to files. `shares`: the container runs other programs as well.
    """

    layout: NginxLayout
    programs: "tuple[Invocation, ...]"
    fills_templates: bool = False
    links: Mapping[str, str] = {}
    shares: bool = False


def nginx_start_of(container: "Container") -> Fact[NginxStart | None]:
    """The nginx that a container runs; None when it is not seen to run one."""
    if container.base.facts.product == "nginx":
        image = container.base.image
        name = image.value.name if isinstance(image, Known) else ""
        return _of_image(container, OF_IMAGES.get(name, OFFICIAL))
    programs = tuple(_started(container))
    if not programs:
        return Known(None) if container.base.is_known else Unknown("its base image is not known")
    return _of_package(container, programs)


def _of_image(container: "Container", layout: NginxLayout) -> Fact[NginxStart | None]:
    """The entry script of the image fills in templates only when nginx itself is its command."""
    entrypoint, command = container.entrypoint.effective, container.command.effective
    if isinstance(entrypoint, Unknown) or isinstance(command, Unknown):
        return Unknown("its command is not known")
    given = [line for line in (entrypoint.value, command.value) if line is not None]
    lines = [line for line in given if line.place != container.base.place]
    if given and not lines:
        return Known(NginxStart(layout, (), fills_templates=True))
    has_own_entry = entrypoint.value is None or entrypoint.value in lines
    programs = [each for line in lines for each in _invocations(container, line)]
    if len(lines) != 1 or not any(each.name in PROGRAMS for each in programs):
        return Unknown("it is not known whether its command starts nginx")
    odd = next((each for each in programs if _may_configure(each)), None)
    if odd is not None:
        return Unknown(f"`{odd.text}` may change the configuration")
    first = lines[0].argv[0].text if lines[0].argv else ""
    return Known(NginxStart(layout, tuple(programs), not has_own_entry and first in PROGRAMS))


def _may_configure(program: "Invocation") -> bool:
    targets = (each.target.value for each in program.command.redirections)
    return program.name not in _WAITING or any("/etc/" in target for target in targets)


def _invocations(container: "Container", line: "CommandLine") -> "tuple[Invocation, ...]":
    if line.argv is not None:
        return tuple(read_argv(line.argv, container.configuration).invocations)
    if line.script is None:
        return ()
    return tuple(read_script(line.script, container.configuration).invocations)


def _started(container: "Container") -> "Iterator[Invocation]":
    """The programs of a container's start, and of its supervisors, that are nginx."""
    supervised = (each.invocation for s in container.supervisors for each in s.programs)
    for each in (*container.process.invocations, *supervised):
        values = each.values
        by_script = (each.name == "service" and values[:2] == ("nginx", "start")) or (
            each.argv[0].value == "/etc/init.d/nginx" and values[:1] == ("start",)
        )
        is_nginx = each.name in PROGRAMS and not any(value in _ENDS for value in values)
        if (by_script or is_nginx) and not each.is_conditional:
            yield each


def _of_package(
    container: "Container", programs: "tuple[Invocation, ...]"
) -> Fact[NginxStart | None]:
    """An nginx that the image installs from the packages of its distribution."""
    process, stage = container.process, container.stage
    if process.unknown is not None or stage is None:
        return Unknown(process.unknown or "its image is not built here")
    packages = system_packages(stage)
    layout = OF_PACKAGES.get(packages.family or "")
    if layout is None or packages.has(PACKAGES) is not True:
        return Unknown("it is not known how nginx is installed")
    if stage.base.facts.distro == "alpine" and stage.base.facts.release in OLD_ALPINE:
        return Unknown("an old nginx of Alpine reads other folders")
    if "nginx.org" in stage.dockerfile.source.text:
        return Unknown("nginx is not that of the distribution")
    odd = next((each for each in process.invocations if _may_arrange(each)), None)
    if odd is not None:
        return Unknown(f"`{odd.text}` may change the configuration")
    links = _links(container, layout)
    if isinstance(links, Unknown):
        return Unknown(links.why)
    return Known(NginxStart(layout, programs, links=links.value, shares=True))


def _may_arrange(program: "Invocation") -> bool:
    """Whether a program of the start may change the files of nginx."""
    is_script = program.program.script is not None and program.program.interpreter != "python"
    if is_script and program.name not in _WAITERS:
        return True
    return bool(_touched(program)) and program.name not in _SPARES


def _touched(program: "Invocation") -> list[str]:
    """The words of a command that name files of nginx."""
    words = [word.value for word in program.program.arguments]
    written = [each.target.value for each in program.command.redirections]
    if isinstance(program.cwd, Known) and is_under(program.cwd.value, "/etc/nginx"):
        return [*words, *written]
    named = [word for word in words if "/etc/nginx" in word or word == "/etc"]
    return named + [word for word in written if "/etc/nginx" in word]


def _links(container: "Container", layout: NginxLayout) -> Fact[Mapping[str, str]]:
    """The links below the folder of nginx after the commands of the image's build."""
    links = dict(layout.links)
    for stage in reversed(container.chain):
        for run in stage.runs:
            if run.opaque is not None:
                return Unknown(run.opaque)
            for each in run.invocations:
                touched = _touched(each)
                if touched and not _followed(each, touched, layout, links):
                    return Unknown(f"`{each.text}` may change the configuration")
    return Known(links)


def _followed(
    program: "Invocation", touched: list[str], layout: NginxLayout, links: dict[str, str]
) -> bool:
    """Whether it is known what a command of the build does to the files of nginx."""
    words = [word for word in program.values if not word.startswith("-")]
    if any(word.dynamic for word in program.program.arguments):
        return False
    written = [r.target.value for r in program.command.redirections if r.target.value in touched]
    if written:
        turns_off = " ".join(words).strip() == DAEMON_OFF
        return program.name == "echo" and turns_off and written == [layout.main]
    if program.name == "rm":
        return not program.is_conditional and all(_removed(word, layout, links) for word in words)
    if program.name == "ln" and len(words) == 2 and not program.is_conditional:
        return _linked(words[0], words[1], links)
    return program.name in _SPARES


def _removed(path: str, layout: NginxLayout, links: dict[str, str]) -> bool:
    """A link that is removed, or the file of a server that comes with nginx."""
    own = (*dict(layout.links), *dict(layout.links).values())
    folders = [pattern.rpartition("/")[0] for pattern in layout.includes]
    if path in own or path in [f"{folder}/default.conf" for folder in folders]:
        links.pop(path, None)
        return True
    return "/etc/nginx" not in path and path != "/etc"


def _linked(source: str, target: str, links: dict[str, str]) -> bool:
    """A link to a file, which may be named by the folder that it is put into."""
    name = source.rpartition("/")[2]
    folder = target.rstrip("/")
    if folder.endswith(("/sites-enabled", "/conf.d", "/http.d")):
        target = f"{folder}/{name}"
    folder = target.rpartition("/")[0]
    if not folder.endswith(("/sites-enabled", "/conf.d", "/http.d")):
        return "/etc/nginx" not in target
    links[target] = joined(folder, source)
    return True
