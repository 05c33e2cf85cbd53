"""Poetry 1.2 to 2.x."""

from collections.abc import Sequence

from dockerlint_py.manifests.installers.build import CommandParts, python_packages, unreadable
from dockerlint_py.manifests.installers.command import (
    Arg,
    Cache,
    CleanupCommand,
    Command,
    Flag,
    Groups,
    InstallCommand,
)
from dockerlint_py.manifests.installers.options import Grammar, Parsed, grammar, parse

# Poetry 1.8.5 and 2.2.1, `poetry VERB --help`. `-o` of export and build has a value in both.
_GLOBAL = grammar(
    "-P --project -C --directory",
    """-h --help -q --quiet -V --version --ansi --no-ansi -n --no-interaction --no-plugins
    --no-cache -v -vv -vvv --verbose""",
    stops=True,
)
_VERB = _GLOBAL._replace(stops=False)
_SELECT = _VERB.extended(
    "--without --with --only -E --extras",
    """--no-dev --dev --sync --no-root --no-directory --dry-run --remove-untracked --all-extras
    --all-groups --only-root --compile --lock""",
)
# `add --optional` is a flag in Poetry 1 and takes a value in Poetry 2, so it stays unknown.
_ADD = _VERB.extended(
    "-G --group -E --extras --python --platform --markers --source",
    "-D --dev -e --editable --allow-prereleases --dry-run --lock",
)
_GRAMMARS: dict[str, Grammar] = {
    "install": _SELECT,
    "sync": _SELECT,
    "update": _SELECT,
    "export": _SELECT.extended(
        "-f --format -o --output", "--without-hashes --without-urls --with-credentials"
    ),
    "add": _ADD,
    "remove": _ADD,
    "self add": _ADD,
    "build": _VERB.extended(
        "-f --format -o --output -l --local-version -c --config-settings", "--clean"
    ),
    "lock": _VERB.extended("", "--no-update --check --regenerate"),
    "config": _VERB.extended("", "--list --unset --local --migrate"),
    "cache clear": _VERB.extended("", "--all"),
}
_FLAGS = {
    "--no-cache": Flag.NO_CACHE,
    "--no-root": Flag.NO_PROJECT,
    "--only-root": Flag.ONLY_PROJECT,
    "--no-dev": Flag.NO_DEV,
    "--dev": Flag.DEV,
    "-D": Flag.DEV,
    "--dry-run": Flag.DRY_RUN,
    "--without-hashes": Flag.WITHOUT_HASHES,
    "--allow-prereleases": Flag.PRERELEASES,
    "--lock": Flag.NO_SYNC,
    "--check": Flag.LOCKED,
}


def read_poetry(argv: Sequence[Arg], start: int, program: str) -> Command | None:
    """`poetry ...`, its words from `start` on; None for verbs that install or remove nothing."""
    head = parse(argv, start, _GLOBAL)
    if not head.operands:
        return None
    first = head.operands[0]
    if first.dynamic:
        return unreadable(program, "poetry", first)
    verb, after = first.text, first.at + 1
    if verb in ("self", "cache"):
        second = parse(argv, after, _GLOBAL)
        if not second.operands:
            return None
        verb, after = f"{verb} {second.operands[0].text}", second.operands[0].at + 1
        second.operands = []
        head = head.before(second)
    if verb not in _GRAMMARS:
        return None
    parts = CommandParts(head.before(parse(argv, after, _GRAMMARS[verb])))
    return _command(program, verb, parts)


def _command(program: str, verb: str, parts: CommandParts) -> Command:
    if verb == "config":
        return _config(program, parts)
    if verb == "cache clear":
        caches: frozenset[Cache] = (
            frozenset({"poetry"}) if parts.parsed.has("--all") else frozenset()
        )
        return CleanupCommand(program, "poetry", verb, caches=caches)
    if verb == "remove":
        packages, _paths = python_packages(parts)
        return CleanupCommand(program, "poetry", verb, packages, unknown=tuple(parts.unknown))
    return _install(program, verb, parts)


def _install(program: str, verb: str, parts: CommandParts) -> InstallCommand:
    parsed = parts.parsed
    if verb not in ("add", "self add"):
        parsed.operands = []
    packages, paths = python_packages(parts, at_sign=True)
    if parsed.has("-e", "--editable"):
        paths = tuple(path._replace(editable=True) for path in paths)
    flags = parts.flags(_FLAGS)
    return InstallCommand(
        program,
        "poetry",
        verb,
        "python",
        packages=packages,
        local_paths=paths,
        groups=_groups(parts),
        flags=flags,
        project=_installs_project(verb, flags, parts.unknown),
        directory=parsed.last("-C", "--directory"),
        project_directory=parsed.last("-P", "--project"),
        output=parsed.last("-o", "--output"),
        unknown=tuple(parts.unknown),
    )


def _groups(parts: CommandParts) -> Groups:
    parsed: Parsed = parts.parsed
    return Groups(
        included=parts.items("--with", "-G", "--group"),
        excluded=parts.items("--without"),
        only=parts.items("--only"),
        extras=parts.items("-E", "--extras", separators=", "),
        all_groups=parsed.has("--all-groups"),
        all_extras=parsed.has("--all-extras"),
    )


def _installs_project(verb: str, flags: frozenset[Flag], unknown: list[str]) -> bool | None:
    """`--only GROUP` does not keep the root package out: Poetry installs it without `--no-root`."""
    if verb == "build":
        return True
    if verb not in ("install", "sync") or Flag.NO_PROJECT in flags:
        return False
    return None if unknown else True


def _config(program: str, parts: CommandParts) -> InstallCommand:
    words = parts.parsed.operands
    known = len(words) >= 2 and not words[0].dynamic and not parts.parsed.has("--unset")
    parts.unknown.extend(word.text for word in words if word.dynamic)
    return InstallCommand(
        program,
        "poetry",
        "config",
        "environment",
        settings=((words[0].text, words[1].text),) if known else (),
        directory=parts.parsed.last("-C", "--directory"),
        unknown=tuple(dict.fromkeys(parts.unknown)),
    )
