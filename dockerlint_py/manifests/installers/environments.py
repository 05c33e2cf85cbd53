"""Virtual environments (venv, virtualenv) and conda with its replacements."""

from collections.abc import Sequence

from dockerlint_py.manifests.installers.build import CommandParts, unreadable
from dockerlint_py.manifests.installers.command import (
    Arg,
    Cache,
    CleanupCommand,
    Command,
    Flag,
    IndexUrl,
    InstallCommand,
    NamedPackage,
    Operand,
)
from dockerlint_py.manifests.installers.names import static_part
from dockerlint_py.manifests.installers.options import Grammar, grammar, parse

# Python 3.11 to 3.14, `python -m venv --help`; virtualenv 20, `virtualenv --help`.
_VENV = grammar(
    "--prompt",
    """-h --help --system-site-packages --symlinks --copies --clear --upgrade --without-pip
    --upgrade-deps --without-scm-ignore-files""",
    abbreviates=True,
)
_VIRTUALENV = grammar(
    """--app-data --discovery -p --python --try-first-with --creator --seeder --extra-search-dir
    --pip --setuptools --wheel --activators --prompt""",
    """--version --with-traceback --read-only-app-data --reset-app-data --upgrade-embed-wheels -h
    --help -v --verbose -q --quiet --clear --no-vcs-ignore --venv-redirect --no-venv-redirect
    --system-site-packages --symlinks --copies --always-copy --no-seed --without-pip --download
    --no-download --never-download --no-pip --no-setuptools --no-wheel --no-periodic-update
    --symlink-app-data""",
    abbreviates=True,
)
_VENV_FLAGS = {"--system-site-packages": Flag.SYSTEM_SITE_PACKAGES}


def read_venv(argv: Sequence[Arg], start: int, program: str) -> InstallCommand:
    """`python -m venv DIR...`."""
    return _environment(argv, start, program, "venv", _VENV)


def read_virtualenv(argv: Sequence[Arg], start: int, program: str) -> InstallCommand:
    """`virtualenv DIR`."""
    return _environment(argv, start, program, "virtualenv", _VIRTUALENV)


def _environment(
    argv: Sequence[Arg], start: int, program: str, tool: str, rules: Grammar
) -> InstallCommand:
    parts = CommandParts(parse(argv, start, rules))
    environments = parts.operands_are_places()
    return InstallCommand(
        program,
        tool,
        "create",
        "environment",
        flags=parts.flags(_VENV_FLAGS),
        environments=environments,
        python=parts.parsed.last("-p", "--python"),
        unknown=tuple(parts.unknown),
    )


# conda 25, mamba 2 and micromamba 2, their documentation's command reference.
_CONDA_GLOBAL = grammar(
    "-p --prefix -r --root-prefix -n --name --rc-file --log-level --solver --console",
    """-h --help -V --version -v --verbose -q --quiet -y --yes --no-rc --no-env --no-plugins
    --no-py-pin --debug --json --offline""",
    stops=True,
)
_CONDA = _CONDA_GLOBAL.extended(
    """-f --file --clone -c --channel --platform --subdir --override-frozen-env --repodata-fn
    --environment-specifier --env-spec --format --from-history-file --category
    --experimental --download-threads --extract-threads --ssl-verify --cacert-path
    --retry-clean-cache --safety-checks --extra-safety-checks --set --append --add --prepend
    --remove --remove-key --get --revision --rev""",
    """--override-channels --strict-channel-priority --no-channel-priority --channel-priority
    --no-deps --only-deps --no-pin --copy --no-shortcuts --no-default-packages --dev -C
    --use-index-cache -k --insecure --no-lock --dry-run -d --download-only --show-channel-urls
    --freeze-installed --no-update-deps --update-deps -S --satisfied-skip-solve --update-all
    --all --update-specs --force-reinstall --force --prune --use-local --unknown --allow-softlinks
    --always-copy --always-softlink --lockfile --pyc --no-pyc --use-uv --no-use-uv --update
    --clobber --force-remove --features --freeze -m --mkdir --index-cache --packages --tarballs
    --force-pkgs-dirs -a --tempfiles --logfiles -t -i -l -s --tarball --system --env --user
    --file-system --trash --locks""",
)._replace(stops=False, abbreviates=False)
_CONDA_FLAGS = {
    "--no-deps": Flag.NO_DEPENDENCIES,
    "--dry-run": Flag.DRY_RUN,
    "-y": Flag.ASSUME_YES,
    "--yes": Flag.ASSUME_YES,
}
_CONDA_INSTALLS = ("install", "create", "update", "upgrade", "env create", "env update")
_CONDA_CACHE = ("-a", "--all", "-p", "--packages", "-t", "--tarballs", "-f", "--force-pkgs-dirs")


def read_conda(argv: Sequence[Arg], start: int, program: str) -> Command | None:
    """`conda ...`, `mamba ...`, `micromamba ...`; None for verbs that change no packages."""
    head = parse(argv, start, _CONDA_GLOBAL)
    if not head.operands:
        return None
    verb, after = head.operands[0].text, head.operands[0].at + 1
    if head.operands[0].dynamic:
        return unreadable(program, "conda", head.operands[0])
    if verb == "env":
        second = parse(argv, after, _CONDA_GLOBAL)
        if not second.operands:
            return None
        verb, after = f"env {second.operands[0].text}", second.operands[0].at + 1
        second.operands = []
        head = head.before(second)
    rules = _CONDA.extended("", "-f --force-pkgs-dirs -p --packages") if verb == "clean" else _CONDA
    parts = CommandParts(head.before(parse(argv, after, rules)))
    return _conda(program, verb, parts)


def _conda(program: str, verb: str, parts: CommandParts) -> Command | None:
    if verb in _CONDA_INSTALLS:
        return _conda_install(program, verb, parts)
    if verb == "clean":
        bunch = parts.parsed.has(*_CONDA_CACHE)
        caches: frozenset[Cache] = frozenset({"conda"}) if bunch else frozenset()
        return CleanupCommand(program, "conda", "clean", caches=caches)
    if verb in ("remove", "uninstall"):
        packages = _conda_packages(parts)
        return CleanupCommand(program, "conda", verb, packages, unknown=tuple(parts.unknown))
    if verb in ("activate", "config"):
        return InstallCommand(
            program,
            "conda",
            verb,
            "environment",
            environments=parts.operands_are_places(),
            unknown=tuple(parts.unknown),
        )
    return None


def _conda_install(program: str, verb: str, parts: CommandParts) -> InstallCommand:
    parsed = parts.parsed
    environments = parsed.all("-n", "--name", "-p", "--prefix")
    files = tuple(parsed.all("-f", "--file"))
    if verb.startswith("env ") and parsed.operands:
        # `conda env create NAME` takes a remote or a file name as its operand.
        parsed.operands = []
    return InstallCommand(
        program,
        "conda",
        verb,
        "python",
        packages=_conda_packages(parts),
        requirement_files=files,
        flags=parts.flags(_CONDA_FLAGS),
        indexes=tuple(
            IndexUrl(value.text, value.at, value.dynamic) for value in parsed.all("-c", "--channel")
        ),
        environments=tuple(environments),
        unknown=tuple(parts.unknown),
    )


def _conda_packages(parts: CommandParts) -> tuple[NamedPackage, ...]:
    packages = []
    for operand in parts.parsed.operands:
        package = _match_spec(operand)
        if package is not None:
            packages.append(package)
        elif operand.text not in parts.unknown:
            parts.unknown.append(operand.text)
    return tuple(packages)


def _match_spec(operand: Operand) -> NamedPackage | None:
    """`channel::name=version=build`: `==` and a build string pin, a single `=` is a prefix."""
    text = operand.text.rpartition("::")[2]
    known = static_part(text) if operand.dynamic else text
    end = next((at for at, char in enumerate(known) if char in " =<>!~["), len(known))
    name, rest = known[:end].strip().lower(), text[end:].strip()
    if not name or "/" in name or (operand.dynamic and end == len(known)):
        return None
    return NamedPackage(
        name,
        operand.at,
        specifier=rest,
        version=None if operand.dynamic else _conda_pin(rest),
        version_dynamic=operand.dynamic,
    )


def _conda_pin(specifier: str) -> str | None:
    version, equals, build = specifier.lstrip("=").partition("=")
    pinned = specifier.startswith("==") or (specifier.startswith("=") and equals and build)
    return version if pinned and version and not set(version) & set("*,<>!|~") else None
