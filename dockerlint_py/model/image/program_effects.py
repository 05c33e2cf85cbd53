"""What programs do to files."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from dockerlint_py.facts import Known
from dockerlint_py.manifests.installers import CleanupCommand, InstallCommand, installer
from dockerlint_py.model.image.filesystem import Change, Effect
from dockerlint_py.model.image.paths import joined
from dockerlint_py.model.programs.django_command import command_of
from dockerlint_py.model.programs.invocation import Invocation

HARMLESS = frozenset(
    ": [ adduser addgroup cat chgrp chmod chown chsh date df du echo env exit export false getent "
    "grep groupadd head hostname id ls locale-gen printenv printf pwd rmdir set sleep stat sync "
    "tail test true tty type ulimit umask uname unset useradd usermod wait wc which whoami "
    "awk cut deluser diff dpkg-query file gpasswd groupdel groupmod md5sum nproc passwd readlink "
    "realpath sha256sum sort strip tr uniq userdel "
    "update-ca-certificates ldconfig apt-mark apt-cache dpkg-reconfigure exec command".split()
)
"""Programs that make or change no file outside of the system's own folders."""

_MAKE_NOTHING = HARMLESS | {"sed"}

SYSTEM_ONLY = (
    "/bin", "/etc", "/lib", "/lib64", "/opt", "/root", "/sbin", "/usr/bin", "/usr/include",
    "/usr/lib", "/usr/libexec", "/usr/local", "/usr/sbin", "/usr/share", "/var",
)  # fmt: skip
"""Where package managers and pip write."""

PROJECT_FILES = {
    "uv": (".venv", "uv.lock"),
    "poetry": (".venv", "poetry.lock"),
    "pipenv": (".venv", "Pipfile", "Pipfile.lock"),
    "pdm": (".venv", "__pypackages__", ".pdm-python", "pdm.lock"),
}
"""What a manager writes into the folder of a project."""


PYTHON = (".py",)
_OF_OTHERS = frozenset("bun corepack gulp node npm npx pnpm vite webpack yarn".split())
"""Tools that make files, but no modules of Python."""

_DJANGOS = frozenset(
    "check collectstatic compilemessages compress createcachetable createsuperuser flush loaddata "
    "makemessages migrate tailwind".split()
)
"""Management commands that make files, or none, but no modules of Python."""

_HARMLESS_VERBS = {"git": ("config", "lfs"), "dpkg": ("--print-architecture",)}
_TARGETS = {
    "curl": ("-o", "--output", "--output-dir"),
    "tar": ("-C", "--directory"),
    "unzip": ("-d",),
    "wget": ("-O", "-P", "--directory-prefix", "--output-document"),
}
"""Programs that write where an option says, and where they run without it."""


def changes_of(invocation: Invocation) -> Iterator[Change]:
    """What a program does to files, redirections included, as far as it can be told.

    A program that is not known may have made anything, and so may one that may not have run at
    all: what it would have removed may still be there.
    """
    for change in _invoked(invocation):
        if not invocation.is_conditional:
            yield change
        elif change.effect is Effect.MAKES:
            yield change._replace(effect=Effect.MAY_CHANGE)
        elif change.effect is Effect.REMOVES:
            yield change._replace(effect=Effect.MAY_REMOVE)
        else:
            yield change
    yield from _redirected(invocation)


def _invoked(invocation: Invocation) -> Iterator[Change]:
    command = installer(invocation.argv)
    name, values = invocation.name, invocation.values
    if isinstance(command, InstallCommand):
        yield from _installed(command, invocation)
    elif isinstance(command, CleanupCommand):
        for operand in command.paths:
            yield from _change(Effect.REMOVES, operand.text, invocation, dynamic=operand.dynamic)
    elif name in ("mkdir", "touch", "tee"):
        yield from _made(invocation, values)
    elif name in ("cp", "mv", "ln", "install"):
        yield from _made(invocation, values[-1:], below=True)
    elif name == "find":
        yield from _found(invocation)
    elif name == "xargs":
        yield from _of_arguments(invocation)
    elif name in _TARGETS:
        yield from _written_to(invocation, _TARGETS[name])
    elif name not in _MAKE_NOTHING and not set(values[:1]) & set(_HARMLESS_VERBS.get(name, ())):
        spares = PYTHON if _makes_no_python(invocation) else ()
        yield Change(Effect.MAY_CHANGE, "/", invocation.place, spares)


def _makes_no_python(invocation: Invocation) -> bool:
    """Whether a program may write files, but no modules of Python."""
    return invocation.name in _OF_OTHERS or command_of(invocation) in _DJANGOS


def _found(find: Invocation) -> Iterator[Change]:
    """`find`: what it deletes, or hands to another program."""
    values = find.values
    actions = [n for n, value in enumerate(values) if value in ("-exec", "-execdir", "-ok")]
    programs = {value for n in actions for value in values[n + 1 : n + 2]}
    if "-delete" in values or "rm" in programs:
        starts = takewhile(lambda value: not value.startswith(("-", "(", "\\(", "!")), values)
        for folder in tuple(starts) or (".",):
            yield from _change(Effect.MAY_REMOVE, folder, find, dynamic="$" in folder)
    if programs - _MAKE_NOTHING - {"rm"} or any(value.startswith("-fprint") for value in values):
        yield Change(Effect.MAY_CHANGE, "/", find.place)


def _of_arguments(xargs: Invocation) -> Iterator[Change]:
    """`xargs`: the program that it starts with names that are not known."""
    words = [value for value in xargs.values if not value.startswith("-")]
    if words[:1] == ["rm"]:
        yield Change(Effect.MAY_REMOVE, "/", xargs.place)
    elif words and words[0] not in _MAKE_NOTHING:
        yield Change(Effect.MAY_CHANGE, "/", xargs.place)


def _written_to(invocation: Invocation, options: Sequence[str]) -> Iterator[Change]:
    """What is written below the folder, or to the file, that an option names; else where it is run.

    A letter may end a cluster: `curl -fsSLo FILE`.
    """
    values = invocation.values
    letters = tuple(option[1] for option in options if not option.startswith("--"))
    target = None if invocation.name == "curl" else "."
    for number, value in enumerate(values):
        name, _, attached = value.partition("=")
        following = values[number + 1] if number + 1 < len(values) else "."
        if name in options:
            target = attached or following
        elif value[:1] == "-" and value[:2] != "--":
            at = next((n for n, letter in enumerate(value) if letter in letters), None)
            if at is not None:
                target = value[at + 1 :] or following
            elif "O" in value:
                target = "."
        elif name in ("--remote-name", "--remote-name-all"):
            target = "."
    if target is not None and target != "-":
        dynamic = any(word.dynamic and target in word.value for word in invocation.argv)
        yield from _change(Effect.MAY_CHANGE, target, invocation, dynamic=dynamic)


def _installed(command: InstallCommand, invocation: Invocation) -> Iterator[Change]:
    for environment in command.environments:
        if command.verb == "create":
            dynamic = environment.dynamic
            yield from _change(Effect.MAKES, environment.text, invocation, dynamic=dynamic)
        elif environment.text.startswith("/"):
            yield Change(Effect.MAY_CHANGE, environment.text, invocation.place)
    for folder in SYSTEM_ONLY:
        yield Change(Effect.MAY_CHANGE, folder, invocation.place)
    if command.ecosystem != "system":
        yield from _written(command, invocation)


def _written(command: InstallCommand, invocation: Invocation) -> Iterator[Change]:
    """What an installer writes beside the environment: a lock file, an export, a project's own."""
    if command.output is not None:
        output = command.output
        yield from _change(Effect.MAKES, output.text, invocation, dynamic=output.dynamic)
    if command.verb == "config":
        return
    if command.directory or command.project_directory or command.unknown:
        yield Change(Effect.MAY_CHANGE, "/", invocation.place)
    for name in PROJECT_FILES.get(command.tool, ()):
        yield from _change(Effect.MAY_CHANGE, name, invocation, dynamic=False)
    for path in command.local_paths:
        yield from _change(Effect.MAY_CHANGE, path.path, invocation, dynamic=path.dynamic)
    for operand in (command.target, *command.environments):
        if operand is not None:
            yield from _change(Effect.MAY_CHANGE, operand.text, invocation, dynamic=operand.dynamic)


def _made(
    invocation: Invocation, values: tuple[str, ...], *, below: bool = False
) -> Iterator[Change]:
    dynamic = {word.value for word in invocation.program.arguments if word.dynamic}
    for value in values:
        if not value.startswith("-"):
            yield from _change(Effect.MAKES, value, invocation, dynamic=value in dynamic)
            if below:
                yield from _change(Effect.MAY_CHANGE, value, invocation, dynamic=value in dynamic)


def _redirected(invocation: Invocation) -> Iterator[Change]:
    for redirection in invocation.command.redirections:
        if redirection.operator in (">", ">>", ">|", "&>", "&>>"):
            target = redirection.target
            effect = Effect.MAY_CHANGE if invocation.is_conditional else Effect.MAKES
            yield from _change(effect, target.value, invocation, dynamic=target.dynamic)


def _change(
    effect: Effect, path: str, invocation: Invocation, *, dynamic: bool
) -> Iterator[Change]:
    """The change, or a possible change of anything when the path is not known."""
    if dynamic or "*" in path or not (path.startswith("/") or isinstance(invocation.cwd, Known)):
        if effect is not Effect.REMOVES:
            yield Change(Effect.MAY_CHANGE, "/", invocation.place)
        return
    folder = invocation.cwd.value if isinstance(invocation.cwd, Known) else "/"
    yield Change(effect, joined(folder, path), invocation.place)
