"""uv: `uv pip`, the project commands, tools and environments."""

from collections.abc import Sequence

from dockerlint_py.manifests.installers.build import (
    CommandParts,
    asks_for_project,
    index_urls,
    python_packages,
    unreadable,
)
from dockerlint_py.manifests.installers.command import (
    Arg,
    Cache,
    CleanupCommand,
    Command,
    Flag,
    Groups,
    InstallCommand,
    Operand,
)
from dockerlint_py.manifests.installers.options import Grammar, Parsed, grammar, parse

# uv 0.13, `uv VERB --help`, and the hidden options that it still accepts.
_GLOBAL = grammar(
    """--cache-dir --color --allow-insecure-host --directory --project --config-file
    --python-preference --python-fetch --preview-features""",
    """-n --no-cache --no-cache-dir --managed-python --no-managed-python --allow-python-downloads
    --no-python-downloads -q --quiet -v --verbose --system-certs --no-system-certs --native-tls
    --no-native-tls --offline --no-offline --no-progress --no-config --preview --no-preview
    --isolated -h --help -V --version""",
    stops=True,
)
_RESOLVER = grammar(
    """--index --default-index -i --index-url --extra-index-url -f --find-links --index-strategy
    --keyring-provider -P --upgrade-package --upgrade-group --resolution --prerelease
    --prerelease-package --fork-strategy --exclude-newer --exclude-newer-package
    --no-sources-package --reinstall-package --link-mode -C --config-setting --config-settings
    --config-settings-package --no-build-isolation-package --no-build-package
    --no-binary-package --refresh-package -p --python --python-platform --torch-backend
    --output-format""",
    """--no-index -U --upgrade --no-upgrade --pre --no-sources --reinstall --force-reinstall
    --no-reinstall --compile-bytecode --compile --no-compile-bytecode --no-compile
    --no-build-isolation --build-isolation --no-build --build --no-binary --binary
    --require-build-hashes --no-require-build-hashes --refresh --no-refresh""",
)
_COMMON = _RESOLVER.extended(" ".join(_GLOBAL.values), " ".join(_GLOBAL.flags))
_PIP = _COMMON.extended(
    """-r --requirements --requirement -e --editable --no-editable-package -c --constraints
    --constraint --overrides --override --excludes -b --build-constraints --build-constraint
    --extra --cert --group -t --target --prefix --no-binary --only-binary --python-version
    -o --output-file --format --annotation-style --custom-compile-command --no-emit-package""",
    """--no-editable --all-extras --no-deps --deps --require-hashes --no-require-hashes
    --no-verify-hashes --verify-hashes --system --no-system --break-system-packages
    --no-break-system-packages --exact --inexact --strict --no-strict --dry-run --check --user
    --allow-empty-requirements --no-allow-empty-requirements -y --yes
    --disable-pip-version-check""",
)
_PROJECT = _COMMON.extended(
    """--extra --no-extra --group --no-group --only-group --no-editable-package
    --no-install-package --package --script --format --prune -o --output-file --no-emit-package
    -r --requirements --requirement -c --constraints -m --marker --optional --bounds --rev --tag
    --branch --env-file --with --with-editable --with-requirements""",
    """--all-extras --no-all-extras --dev --no-dev --only-dev --no-default-groups --all-groups
    --no-editable --editable --inexact --exact --active --no-active --no-install-project
    --no-install-workspace --no-install-local --only-install-project --only-install-workspace
    --only-install-local --locked --frozen --no-frozen --dry-run --all-packages --check --no-sync
    --no-annotate --no-header --emit-index-url --emit-find-links --no-hashes --hashes
    --no-emit-project --no-emit-workspace --no-emit-local --raw --lfs --workspace
    --no-workspace --no-project --no-env-file --check-exists""",
)
_RUN = _PROJECT.extended("-w --with", "-m --module -s --script --gui-script", stops=True)
_TOOL = _COMMON.extended(
    """-w --with --with-requirements --with-editable --with-executables-from -c --constraints
    --overrides --excludes -b --build-constraints""",
    "-e --editable --force --lfs",
)
_VENV = _COMMON.extended(
    "--prompt",
    """--no-project --seed -c --clear --force --allow-existing --system-site-packages
    --relocatable --system --no-system""",
)
_BUILD = _COMMON.extended(
    "--package -o --out-dir -b --build-constraints",
    """--all-packages --sdist --wheel --list --build-logs --no-build-logs --force-pep517 --clear
    --no-clear --no-create-gitignore --require-hashes --no-verify-hashes""",
)
_PYTHON = _GLOBAL.extended(
    """-i --install-dir --mirror --pypy-mirror --graalpy-mirror --pyodide-mirror
    --python-downloads-json-url""",
    """--no-bin --bin --no-registry -r --reinstall -f --force -U --upgrade --default
    --compile-bytecode""",
)._replace(stops=False)

_FLAGS = {
    "-n": Flag.NO_CACHE,
    "--no-cache": Flag.NO_CACHE,
    "--no-cache-dir": Flag.NO_CACHE,
    "--system": Flag.SYSTEM,
    "--user": Flag.USER,
    "--break-system-packages": Flag.BREAK_SYSTEM_PACKAGES,
    "--frozen": Flag.FROZEN,
    "--locked": Flag.LOCKED,
    "-U": Flag.UPGRADE,
    "--upgrade": Flag.UPGRADE,
    "--require-hashes": Flag.REQUIRE_HASHES,
    "--no-hashes": Flag.WITHOUT_HASHES,
    "--no-deps": Flag.NO_DEPENDENCIES,
    "--no-index": Flag.NO_INDEX,
    "--no-sync": Flag.NO_SYNC,
    "--no-editable": Flag.NO_EDITABLE,
    "--dry-run": Flag.DRY_RUN,
    "--pre": Flag.PRERELEASES,
    "--no-install-project": Flag.NO_PROJECT,
    "--no-install-workspace": Flag.NO_PROJECT,
    "--no-install-local": Flag.NO_PROJECT,
    "--no-emit-project": Flag.NO_PROJECT,
    "--no-emit-workspace": Flag.NO_PROJECT,
    "--no-emit-local": Flag.NO_PROJECT,
    "--no-project": Flag.NO_PROJECT,
    "--only-install-project": Flag.ONLY_PROJECT,
    "--dev": Flag.DEV,
    "--no-dev": Flag.NO_DEV,
    "--only-dev": Flag.ONLY_DEV,
    "--relocatable": Flag.RELOCATABLE,
    "--system-site-packages": Flag.SYSTEM_SITE_PACKAGES,
    "--refresh": Flag.REFRESH,
}
_INDEXES = (
    "--index", "--default-index", "-i", "--index-url", "--extra-index-url", "-f", "--find-links",
)  # fmt: skip
_PROJECT_VERBS = {
    "sync": _PROJECT, "export": _PROJECT, "lock": _PROJECT, "add": _PROJECT,
    "remove": _PROJECT, "run": _RUN,
}  # fmt: skip


def read_uv(argv: Sequence[Arg], start: int, program: str) -> Command | None:
    """`uv ...`, its words from `start` on; None for verbs that install or remove nothing."""
    head = parse(argv, start, _GLOBAL)
    if not head.operands:
        return None
    verb = head.operands[0]
    if verb.dynamic:
        return unreadable(program, "uv", verb)
    after = verb.at + 1
    if verb.text == "pip":
        return _pip(argv, after, program, head)
    if verb.text in _PROJECT_VERBS:
        rules = _PROJECT_VERBS[verb.text]
        return _project(argv, after, program, verb.text, head, rules)
    if verb.text == "venv":
        return _venv(program, CommandParts(head.before(parse(argv, after, _VENV))))
    if verb.text == "build":
        return _build(program, CommandParts(head.before(parse(argv, after, _BUILD))))
    if verb.text in ("tool", "python", "cache"):
        return _nested(argv, after, program, verb.text, head)
    return None


def _second_verb(argv: Sequence[Arg], start: int, head: Parsed) -> tuple[Operand | None, Parsed]:
    second = parse(argv, start, _GLOBAL)
    verb = second.operands[0] if second.operands else None
    second.operands = []
    return verb, head.before(second)


def _nested(
    argv: Sequence[Arg], start: int, program: str, group: str, head: Parsed
) -> Command | None:
    verb, head = _second_verb(argv, start, head)
    if verb is None:
        return None
    after = verb.at + 1
    if group == "tool" and verb.text == "install":
        return _tool(program, CommandParts(head.before(parse(argv, after, _TOOL))))
    if group == "python" and verb.text == "install":
        return _python(program, CommandParts(head.before(parse(argv, after, _PYTHON))))
    if group == "cache" and verb.text in ("clean", "prune"):
        rest = parse(argv, after, _COMMON.extended("", "--ci --force"))
        whole = verb.text == "clean" and not rest.operands
        caches: frozenset[Cache] = frozenset({"uv"}) if whole else frozenset()
        return CleanupCommand(program, "uv", f"cache {verb.text}", caches=caches)
    return None


def _pip(argv: Sequence[Arg], start: int, program: str, head: Parsed) -> Command | None:
    verb, head = _second_verb(argv, start, head)
    if verb is None:
        return None
    if verb.dynamic:
        return unreadable(program, "uv pip", verb)
    parts = CommandParts(head.before(parse(argv, verb.at + 1, _PIP)))
    if verb.text == "uninstall":
        packages, _paths = python_packages(parts)
        return CleanupCommand(
            program, "uv pip", "uninstall", packages, unknown=tuple(parts.unknown)
        )
    if verb.text not in ("install", "sync", "compile"):
        return None
    return _pip_install(program, verb.text, parts)


def _pip_install(program: str, verb: str, parts: CommandParts) -> InstallCommand:
    parsed = parts.parsed
    files = tuple(parsed.all("-r", "--requirements", "--requirement"))
    if verb != "install":
        files = (*parts.operands_are_places(), *files)
        parsed.operands = []
    packages, paths = python_packages(parts, editables=("-e", "--editable"), at_sign=True)
    command = InstallCommand(
        program,
        "uv pip",
        verb,
        "python",
        packages=packages,
        requirement_files=files,
        constraint_files=tuple(parsed.all("-c", "--constraints", "--constraint")),
        local_paths=paths,
        groups=_groups(parts),
        flags=parts.flags(_FLAGS),
        only_binary=_only_binary(parts),
        no_binary=parts.items("--no-binary"),
        indexes=index_urls(parsed, *_INDEXES),
        project=asks_for_project(paths, parts.unknown),
        target=parsed.last("-t", "--target", "--prefix"),
        output=parsed.last("-o", "--output-file"),
        unknown=tuple(parts.unknown),
    )
    return _placed(command, parsed)


def _groups(parts: CommandParts) -> Groups:
    parsed = parts.parsed
    return Groups(
        included=parts.items("--group"),
        excluded=parts.items("--no-group"),
        only=parts.items("--only-group") + (("dev",) if parsed.has("--only-dev") else ()),
        extras=parts.items("--extra"),
        excluded_extras=parts.items("--no-extra"),
        all_groups=parsed.has("--all-groups"),
        all_extras=parsed.has("--all-extras"),
        no_defaults=parsed.has("--no-default-groups"),
    )


def _only_binary(parts: CommandParts) -> tuple[str, ...]:
    everything = (":all:",) if parts.parsed.has("--no-build") else ()
    return everything + parts.items("--only-binary", "--no-build-package")


def _placed(command: InstallCommand, parsed: Parsed) -> InstallCommand:
    """The command with what the options that all verbs share say about where it works."""
    return command._replace(
        python=parsed.last("-p", "--python"),
        directory=parsed.last("--directory"),
        project_directory=parsed.last("--project"),
    )


def _project(
    argv: Sequence[Arg], start: int, program: str, verb: str, head: Parsed, rules: Grammar
) -> InstallCommand:
    parts = CommandParts(head.before(parse(argv, start, rules)))
    parsed = parts.parsed
    named = verb == "add"
    if not named:
        parsed.operands = []
    packages, paths = python_packages(parts, at_sign=True)
    if parsed.has("--editable") and named:
        paths = tuple(path._replace(editable=True) for path in paths)
    flags = parts.flags(_FLAGS)
    if verb == "lock" and parsed.has("--check"):
        flags |= {Flag.LOCKED}
    groups = _groups(parts)
    command = InstallCommand(
        program,
        "uv",
        verb,
        "python",
        packages=packages,
        requirement_files=tuple(parsed.all("-r", "--requirements", "--requirement")),
        constraint_files=tuple(parsed.all("-c", "--constraints")) if named else (),
        local_paths=paths,
        groups=groups,
        flags=flags,
        only_binary=_only_binary(parts),
        no_binary=_no_binary(parts),
        indexes=index_urls(parsed, *_INDEXES),
        project=_installs_project(verb, parsed, flags, groups, parts.unknown),
        output=parsed.last("-o", "--output-file"),
        members=parts.items("--package"),
        unknown=tuple(parts.unknown),
    )
    return _placed(command, parsed)


def _no_binary(parts: CommandParts) -> tuple[str, ...]:
    everything = (":all:",) if parts.parsed.has("--no-binary") else ()
    return everything + parts.items("--no-binary-package")


def _installs_project(
    verb: str, parsed: Parsed, flags: frozenset[Flag], groups: Groups, unknown: list[str]
) -> bool | None:
    if verb in ("export", "lock"):
        return False
    if flags & {Flag.NO_PROJECT, Flag.NO_SYNC} or groups.only or parsed.has("--script"):
        return False
    if verb != "sync" and Flag.FROZEN in flags and verb in ("add", "remove"):
        return False
    if unknown or parsed.has("--package", "--no-install-package"):
        return None
    return True


def _tool(program: str, parts: CommandParts) -> InstallCommand:
    packages, paths = python_packages(parts, extra=("-w", "--with"), at_sign=True)
    command = InstallCommand(
        program,
        "uv",
        "tool install",
        "python",
        packages=packages,
        requirement_files=tuple(parts.parsed.all("--with-requirements")),
        constraint_files=tuple(parts.parsed.all("-c", "--constraints")),
        local_paths=paths,
        flags=parts.flags(_FLAGS),
        indexes=index_urls(parts.parsed, *_INDEXES),
        project=asks_for_project(paths, parts.unknown),
        unknown=tuple(parts.unknown),
    )
    return _placed(command, parts.parsed)


def _venv(program: str, parts: CommandParts) -> InstallCommand:
    command = InstallCommand(
        program,
        "uv",
        "venv",
        "environment",
        flags=parts.flags(_FLAGS),
        environments=parts.operands_are_places() or (Operand(".venv", -1),),
        unknown=tuple(parts.unknown),
    )
    return _placed(command, parts.parsed)


def _build(program: str, parts: CommandParts) -> InstallCommand:
    command = InstallCommand(
        program,
        "uv",
        "build",
        "python",
        local_paths=python_packages(parts)[1],
        flags=parts.flags(_FLAGS),
        project=True,
        output=parts.parsed.last("-o", "--out-dir"),
        unknown=tuple(parts.unknown),
    )
    return _placed(command, parts.parsed)


def _python(program: str, parts: CommandParts) -> InstallCommand:
    return InstallCommand(
        program,
        "uv",
        "python install",
        "environment",
        python=parts.parsed.operands[-1] if parts.parsed.operands else None,
        target=parts.parsed.last("-i", "--install-dir"),
        flags=parts.flags(_FLAGS),
        unknown=tuple(parts.unknown),
    )
