"""pipenv, pdm and pipx: smaller tools that read the same kinds of options."""

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
    CleanupCommand,
    Command,
    Flag,
    Groups,
    InstallCommand,
)
from dockerlint_py.manifests.installers.options import Grammar, grammar, parse

# pipenv 2023.12 and 2026.10, `pipenv VERB --help`.
_PIPENV_GLOBAL = grammar(
    "--pypi-mirror --python",
    """-h --help --version --where --venv --py --envs --rm --bare --man --support --verbose -v
    --quiet -q --clear --site-packages --no-site-packages""",
    stops=True,
)
_PIPENV = _PIPENV_GLOBAL.extended(
    """--extra-pip-args --resolver --categories --extras --config-settings -i --index
    --requirements -r -e --editable --output --backend""",
    """--system --deploy --pre --dev -d --all --ignore-pipfile --skip-lock --selective-upgrade
    --clean --dev-only --keep-outdated --sequential --outdated --dry-run --lock-only --all-dev
    --hash --exclude-markers --exclude-index --from-pipfile --no-lock --two --three""",
)._replace(stops=False, abbreviates=True)
_PIPENV_FLAGS = {
    "--system": Flag.SYSTEM,
    "--deploy": Flag.DEPLOY,
    "--dev": Flag.DEV,
    "-d": Flag.DEV,
    "--dev-only": Flag.ONLY_DEV,
    "--ignore-pipfile": Flag.IGNORE_PIPFILE,
    "--skip-lock": Flag.SKIP_LOCK,
    "--pre": Flag.PRERELEASES,
    "--dry-run": Flag.DRY_RUN,
}
_PIPENV_VERBS = ("install", "sync", "lock", "update", "upgrade", "requirements")


def read_pipenv(argv: Sequence[Arg], start: int, program: str) -> Command | None:
    """`pipenv ...`; None for verbs that install or remove nothing."""
    head = parse(argv, start, _PIPENV_GLOBAL)
    if not head.operands:
        clears = head.has("--clear")
        return (
            CleanupCommand(program, "pipenv", "--clear", caches=frozenset({"pipenv", "pip"}))
            if clears
            else None
        )
    verb = head.operands[0]
    if verb.dynamic:
        return unreadable(program, "pipenv", verb)
    parts = CommandParts(head.before(parse(argv, verb.at + 1, _PIPENV)))
    if verb.text == "uninstall":
        packages, _paths = python_packages(parts)
        return CleanupCommand(
            program, "pipenv", "uninstall", packages, unknown=tuple(parts.unknown)
        )
    if verb.text not in _PIPENV_VERBS:
        return None
    return _pipenv(program, verb.text, parts)


def _pipenv(program: str, verb: str, parts: CommandParts) -> InstallCommand:
    parsed = parts.parsed
    packages, paths = python_packages(parts, editables=("-e", "--editable"))
    pip_args = " ".join(value.text for value in parsed.all("--extra-pip-args")).split()
    flags = parts.flags(_PIPENV_FLAGS)
    if "--no-cache-dir" in pip_args:
        flags |= {Flag.NO_CACHE}
    return InstallCommand(
        program,
        "pipenv",
        verb,
        "python",
        packages=packages,
        requirement_files=tuple(parsed.all("-r", "--requirements")),
        local_paths=paths,
        groups=Groups(
            included=parts.items("--categories", separators=", "),
            extras=parts.items("--extras", separators=", "),
        ),
        flags=flags,
        indexes=index_urls(parsed, "-i", "--index", "--pypi-mirror"),
        project=asks_for_project(paths, parts.unknown),
        python=parsed.last("--python"),
        unknown=tuple(parts.unknown),
    )


# pdm 2.29, `pdm VERB --help`.
_PDM_GLOBAL = grammar(
    "-c --config",
    """-h --help -V --version -v --verbose -q --quiet --no-cache -I --ignore-python -n
    --non-interactive""",
    "--pep582",
    stops=True,
)
_PDM_SHARED = _PDM_GLOBAL.extended(
    """-p --project --override -L --lockfile -k --skip --venv -G --group --with --without
    --config-setting --config-settings -C""",
    """-g --global --dry-run --frozen-lockfile --no-lock --check --plugins --no-default -d --dev
    --prod --production --no-editable --no-self --fail-fast -x --no-isolation --clean
    --only-keep --clean-unselected -r --reinstall --pre --prerelease --stable -u --unconstrained
    --no-sync --save-compatible --save-safe-compatible --save-wildcard --save-exact
    --save-minimum --update-reuse --update-eager --update-all --update-reuse-installed -t --top
    --outdated --refresh --append --no-cross-platform --static-urls --no-static-urls""",
)._replace(stops=False, abbreviates=True)
_PDM: dict[str, Grammar] = {
    "install": _PDM_SHARED,
    "sync": _PDM_SHARED,
    "update": _PDM_SHARED,
    "add": _PDM_SHARED.extended("-e --editable"),
    "remove": _PDM_SHARED,
    "lock": _PDM_SHARED.extended(
        """--exclude-newer --exclude-newer-override -S --strategy --python --platform
        --implementation"""
    ),
    "export": _PDM_SHARED.extended(
        "-f --format -o --output",
        """--no-hashes --without-hashes --no-markers --no-extras --pyproject --expandvars --self
        --editable-self""",
    ),
    "build": _PDM_SHARED.extended("-d --dest", "--no-sdist --no-wheel --no-clean"),
    "config": _PDM_SHARED.extended("", "-l --local --delete -d -e --edit"),
    "venv": _PDM_SHARED.extended("-w --with -n --name", "-f --force --with-pip"),
}
_PDM_FLAGS = {
    "--no-cache": Flag.NO_CACHE,
    "--no-self": Flag.NO_PROJECT,
    "--frozen-lockfile": Flag.FROZEN,
    "--no-lock": Flag.FROZEN,
    "--check": Flag.LOCKED,
    "-d": Flag.DEV,
    "--dev": Flag.DEV,
    "--prod": Flag.NO_DEV,
    "--production": Flag.NO_DEV,
    "--no-editable": Flag.NO_EDITABLE,
    "--dry-run": Flag.DRY_RUN,
    "--pre": Flag.PRERELEASES,
    "--prerelease": Flag.PRERELEASES,
    "--no-hashes": Flag.WITHOUT_HASHES,
    "--without-hashes": Flag.WITHOUT_HASHES,
    "--no-sync": Flag.NO_SYNC,
}


def read_pdm(argv: Sequence[Arg], start: int, program: str) -> Command | None:
    """`pdm ...`; None for verbs that install or remove nothing."""
    head = parse(argv, start, _PDM_GLOBAL)
    if not head.operands:
        return None
    verb = head.operands[0]
    if verb.dynamic:
        return unreadable(program, "pdm", verb)
    if verb.text == "cache":
        rest = [operand.text for operand in parse(argv, verb.at + 1, _PDM_SHARED).operands]
        return (
            CleanupCommand(program, "pdm", "cache clear", caches=frozenset({"pdm"}))
            if rest == ["clear"]
            else None
        )
    if verb.text not in _PDM:
        return None
    parts = CommandParts(head.before(parse(argv, verb.at + 1, _PDM[verb.text])))
    if verb.text == "config":
        return _pdm_config(program, parts)
    if verb.text == "venv":
        return _pdm_venv(program, parts)
    if verb.text == "remove":
        packages, _paths = python_packages(parts)
        return CleanupCommand(program, "pdm", "remove", packages, unknown=tuple(parts.unknown))
    return _pdm(program, verb.text, parts)


def _pdm(program: str, verb: str, parts: CommandParts) -> InstallCommand:
    parsed = parts.parsed
    flags = parts.flags(_PDM_FLAGS if verb != "build" else {})
    packages, paths = python_packages(parts, editables=("-e", "--editable"))
    only = parsed.has("--no-default")
    groups = Groups(
        included=parts.items("-G", "--group", "--with"),
        excluded=parts.items("--without"),
        no_defaults=only,
    )
    return InstallCommand(
        program,
        "pdm",
        verb,
        "python",
        packages=packages,
        local_paths=paths,
        groups=groups._replace(all_groups=":all" in groups.included),
        flags=flags,
        project=_pdm_project(verb, flags, only=only, unknown=parts.unknown),
        project_directory=parsed.last("-p", "--project"),
        output=parsed.last("-o", "--output", "--dest"),
        unknown=tuple(parts.unknown),
    )


def _pdm_project(
    verb: str, flags: frozenset[Flag], *, only: bool, unknown: list[str]
) -> bool | None:
    if verb == "build":
        return True
    if verb in ("lock", "export") or flags & {Flag.NO_PROJECT, Flag.NO_SYNC} or only:
        return False
    return None if unknown else True


def _pdm_config(program: str, parts: CommandParts) -> InstallCommand | None:
    words = parts.parsed.operands
    if len(words) != 2:
        return None
    return InstallCommand(
        program,
        "pdm",
        "config",
        "environment",
        settings=((words[0].text, words[1].text),),
        unknown=tuple(parts.unknown),
    )


def _pdm_venv(program: str, parts: CommandParts) -> InstallCommand | None:
    words = parts.parsed.operands
    if not words or words[0].text != "create":
        return None
    return InstallCommand(
        program,
        "pdm",
        "venv create",
        "environment",
        environments=tuple(parts.parsed.all("-n", "--name")),
        python=words[1] if len(words) > 1 else None,
        unknown=tuple(parts.unknown),
    )


# pipx 1.7 and later, `pipx VERB --help`.
_PIPX_GLOBAL = grammar(
    "", "-h --help --version --quiet -q --verbose -v --skip-maintenance --global", stops=True
)
_PIPX = _PIPX_GLOBAL.extended(
    """--include-resources-from --upgrade-strategy --suffix --python --fetch-python --preinstall
    --app --lock -i --index-url --pip-args --cooldown --backend --output -r --requirement""",
    """--include-deps --force -f --upgrade -U --fetch-missing-python --system-site-packages
    --editable -e --include-apps --with-suffix""",
)._replace(stops=False, abbreviates=True)


def read_pipx(argv: Sequence[Arg], start: int, program: str) -> Command | None:
    """`pipx install` and `pipx inject`; None for other verbs."""
    head = parse(argv, start, _PIPX_GLOBAL)
    if not head.operands or head.operands[0].text not in ("install", "inject"):
        return None
    verb = head.operands[0]
    parts = CommandParts(head.before(parse(argv, verb.at + 1, _PIPX)))
    parsed = parts.parsed
    packages, paths = python_packages(parts, extra=("--preinstall",))
    if parsed.has("-e", "--editable"):
        paths = tuple(path._replace(editable=True) for path in paths)
    pip_args = " ".join(value.text for value in parsed.all("--pip-args")).split()
    return InstallCommand(
        program,
        "pipx",
        verb.text,
        "python",
        packages=packages,
        requirement_files=tuple(parsed.all("-r", "--requirement")),
        local_paths=paths,
        flags=frozenset({Flag.NO_CACHE} if "--no-cache-dir" in pip_args else ()),
        indexes=index_urls(parsed, "-i", "--index-url"),
        project=asks_for_project(paths, parts.unknown),
        python=parsed.last("--python"),
        unknown=tuple(parts.unknown),
    )
