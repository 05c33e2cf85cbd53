"""pip, and pip-sync of pip-tools."""

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
from dockerlint_py.manifests.installers.options import Parsed, grammar, parse, split_list

# pip 23.2 and 26.3, `pip help VERB`; options of all the verbs agree in whether they take a value.
_PIP = grammar(
    """--abi --all-releases --build-constraint --cache-dir --cert --client-cert --exists-action
    --extra-index-url --global-option --group --implementation --install-option --build-option
    --keyring-provider --log --log-file --local-log --no-binary --only-binary --only-final
    --platform --prefix --progress-bar --proxy --python --python-version --refresh-package --report
    --requirements-from-script --resume-retries --retries --root --root-user-action --src --source
    --source-dir --source-directory --timeout --default-timeout --trusted-host --upgrade-strategy
    --uploaded-prior-to --use-deprecated --use-feature -C --config-settings -c --constraint -e
    --editable -f --find-links -i --index-url --pypi-url -r --requirement -t --target -d --dest
    --destination-dir --destination-directory -w --wheel-dir -o --output --format -b --build
    --build-dir --build-directory""",
    """--break-system-packages --check-build-dependencies --compile --debug
    --disable-pip-version-check --dry-run --force-reinstall --ignore-requires-python --isolated
    --no-build-isolation --no-cache-dir --no-clean --no-color --no-compile --no-deps
    --no-dependencies --no-index --no-input --no-proxy-env --no-python-version-warning
    --no-require-hashes --no-use-pep517 --no-user --no-verify --no-warn-conflicts
    --no-warn-script-location --only-deps --only-dependencies --pre --prefer-binary
    --require-hashes --require-virtualenv --require-venv --use-pep517 --user -I
    --ignore-installed -U --upgrade -V --version -h --help -q --quiet -v --verbose -y --yes""",
    abbreviates=True,
)
_FLAGS = {
    "--no-cache-dir": Flag.NO_CACHE,
    "--user": Flag.USER,
    "--break-system-packages": Flag.BREAK_SYSTEM_PACKAGES,
    "-U": Flag.UPGRADE,
    "--upgrade": Flag.UPGRADE,
    "--require-hashes": Flag.REQUIRE_HASHES,
    "--no-deps": Flag.NO_DEPENDENCIES,
    "--no-dependencies": Flag.NO_DEPENDENCIES,
    "--no-index": Flag.NO_INDEX,
    "--dry-run": Flag.DRY_RUN,
    "--pre": Flag.PRERELEASES,
}
_INSTALLS = ("install", "download", "wheel")


def read_pip(argv: Sequence[Arg], start: int, program: str) -> Command | None:
    """`pip VERB ...`, its words from `start` on; None for verbs that install or remove nothing."""
    parsed = parse(argv, start, _PIP)
    if not parsed.operands:
        return None
    verb = parsed.operands.pop(0)
    if verb.dynamic:
        return unreadable(program, "pip", verb)
    if verb.text in _INSTALLS:
        return _install(program, verb.text, parsed)
    if verb.text == "uninstall":
        return _uninstall(program, parsed)
    if verb.text == "cache":
        return _cache(program, parsed)
    if verb.text == "config":
        return _config(program, parsed)
    return None


def read_pip_install(argv: Sequence[Arg], start: int, program: str) -> InstallCommand:
    """What stands after `pip install`, its words from `start` on."""
    return _install(program, "install", parse(argv, start, _PIP))


def _install(program: str, verb: str, parsed: Parsed) -> InstallCommand:
    parts = CommandParts(parsed)
    packages, paths = python_packages(parts, editables=("-e", "--editable"))
    requirement_files = tuple(parsed.all("-r", "--requirement"))
    return InstallCommand(
        program,
        "pip",
        verb,
        "python",
        packages=packages,
        requirement_files=requirement_files,
        constraint_files=tuple(parsed.all("-c", "--constraint")),
        local_paths=paths,
        groups=Groups(included=parts.items("--group")),
        flags=parts.flags(_FLAGS),
        only_binary=parts.items("--only-binary"),
        no_binary=parts.items("--no-binary"),
        indexes=index_urls(
            parsed, "-i", "--index-url", "--pypi-url", "--extra-index-url", "-f", "--find-links"
        ),
        project=asks_for_project(paths, parts.unknown),
        target=parsed.last("-t", "--target", "--prefix", "--root"),
        python=parsed.last("--python"),
        output=parsed.last(
            "-w", "--wheel-dir", "-d", "--dest", "--destination-dir", "--destination-directory"
        ),
        unknown=tuple(parts.unknown),
    )


def _uninstall(program: str, parsed: Parsed) -> CleanupCommand:
    parts = CommandParts(parsed)
    packages, _paths = python_packages(parts)
    return CleanupCommand(
        program, "pip", "uninstall", packages=packages, unknown=tuple(parts.unknown)
    )


def _cache(program: str, parsed: Parsed) -> CleanupCommand | None:
    if not parsed.operands or parsed.operands[0].text not in ("purge", "remove"):
        return None
    all_of_it = parsed.operands[0].text == "purge"
    return CleanupCommand(
        program,
        "pip",
        "cache " + parsed.operands[0].text,
        caches=frozenset({"pip"}) if all_of_it else frozenset(),
        unknown=tuple(parsed.unknown),
    )


def _config(program: str, parsed: Parsed) -> InstallCommand | None:
    words = [operand.text for operand in parsed.operands]
    if len(words) != 3 or words[0] != "set":
        return None
    return InstallCommand(
        program,
        "pip",
        "config",
        "environment",
        settings=((words[1], words[2]),),
        unknown=tuple(parsed.unknown),
    )


# pip-tools 7.5, `pip-sync --help`; click does not abbreviate.
_PIP_SYNC = grammar(
    """-f --find-links -i --index-url --extra-index-url --trusted-host --python-executable --cert
    --client-cert --pip-args --config""",
    """--version -a --ask -n --dry-run --force --no-index -v --verbose -q --quiet --user
    --no-config -h --help""",
)


def read_pip_sync(argv: Sequence[Arg], start: int, program: str) -> InstallCommand:
    """`pip-sync [FILE]...`; without a file it reads requirements.txt."""
    parts = CommandParts(parse(argv, start, _PIP_SYNC))
    parsed = parts.parsed
    flags = parts.flags({"--user": Flag.USER, "--no-index": Flag.NO_INDEX, **_DRY_RUN})
    pip_args = split_list(parsed.all("--pip-args"), " ")
    if "--no-cache-dir" in pip_args:
        flags |= {Flag.NO_CACHE}
    return InstallCommand(
        program,
        "pip-tools",
        "sync",
        "python",
        requirement_files=parts.operands_are_places(),
        flags=flags,
        indexes=index_urls(parsed, "-i", "--index-url", "--extra-index-url", "-f", "--find-links"),
        python=parsed.last("--python-executable"),
        unknown=tuple(parts.unknown),
    )


_DRY_RUN = {"-n": Flag.DRY_RUN, "--dry-run": Flag.DRY_RUN}
