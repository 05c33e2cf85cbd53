"""Package managers of operating systems: apt, apk, dnf and their relatives."""

from collections.abc import Sequence

from dockerlint_py.manifests.installers.build import CommandParts, unreadable
from dockerlint_py.manifests.installers.command import (
    Arg,
    Cache,
    CleanupCommand,
    Command,
    Flag,
    InstallCommand,
    LocalPath,
    NamedPackage,
    Operand,
)
from dockerlint_py.manifests.installers.names import split_packages, system_operand
from dockerlint_py.manifests.installers.options import Parsed, could_be_anything, grammar, parse

# apt 2.6, apt-get(8) and apt(8); `-o`, `-c`, `-t`, `-a` take a value, `-q=2` has one attached.
_APT = grammar(
    """-o --option -c --config-file -t --target-release --default-release -a --host-architecture
    -P --build-profiles --solver --with-source""",
    """-d --download-only -f --fix-broken -m --ignore-missing --fix-missing --no-download --quiet
    -s --simulate --just-print --dry-run --recon --no-act -y --yes --assume-yes --assume-no
    --no-show-upgraded -V --verbose-versions -b --compile --build --ignore-hold --with-new-pkgs
    --no-upgrade --only-upgrade --allow-downgrades --allow-remove-essential
    --allow-change-held-packages --force-yes --print-uris --purge --reinstall --no-list-cleanup
    --list-cleanup --trivial-only --mark-auto --no-remove --auto-remove --autoremove
    --only-source --diff-only --dsc-only --tar-only --arch-only --indep-only
    --allow-unauthenticated --no-allow-insecure-repositories --allow-insecure-repositories
    --allow-releaseinfo-change --show-progress --install-recommends --install-suggests
    --no-install-recommends --no-install-suggests --no-auto-remove --error-on -h --help -v
    --version --update -u --upgradable --force-confdef --force-confold --fix-policy
    -U --no-strict-pinning""",
    "-q --quiet",
)
_APT_FLAGS = {
    "--no-install-recommends": Flag.NO_RECOMMENDS,
    **dict.fromkeys(("-y", "--yes", "--assume-yes", "--force-yes"), Flag.ASSUME_YES),
    **dict.fromkeys(("-s", "--simulate", "--just-print", "--dry-run"), Flag.DRY_RUN),
}
_APT_INSTALLS = (
    "install", "reinstall", "update", "upgrade", "dist-upgrade", "full-upgrade", "build-dep",
    "satisfy",
)  # fmt: skip
_APT_REMOVES = ("remove", "purge", "autoremove", "autopurge", "auto-remove")
_APT_SEPARATORS = "=/:"


def read_apt(argv: Sequence[Arg], start: int, program: str) -> Command | None:
    """`apt-get`, `apt` or `aptitude`; None for verbs that change nothing."""
    parts = CommandParts(parse(argv, start, _APT))
    verb = _verb(parts)
    if verb is None:
        return None
    if verb.dynamic:
        return unreadable(program, "apt", verb, "system")
    if verb.text in ("clean", "distclean"):
        lists: frozenset[Cache] = frozenset({"apt-archives"})
        caches: frozenset[Cache] = lists | {"apt-lists"} if verb.text == "distclean" else lists
        return CleanupCommand(program, "apt", verb.text, caches=caches)
    if verb.text in _APT_REMOVES:
        packages, _paths = _system_packages(parts, _APT_SEPARATORS)
        orphans = verb.text.startswith("auto") or parts.parsed.has("--auto-remove", "--autoremove")
        return CleanupCommand(
            program, "apt", verb.text, packages, orphans=orphans, unknown=tuple(parts.unknown)
        )
    if verb.text not in _APT_INSTALLS:
        return None
    return _apt_install(program, verb.text, parts)


def _apt_install(program: str, verb: str, parts: CommandParts) -> InstallCommand:
    flags = parts.flags(_APT_FLAGS)
    settings = [value.text.replace(" ", "").lower() for value in parts.parsed.all("-o", "--option")]
    if any(text in _NO_RECOMMENDS for text in settings):
        flags |= {Flag.NO_RECOMMENDS}
    if _quietness(parts.parsed) >= 2:
        flags |= {Flag.ASSUME_YES}
    packages, paths = _system_packages(parts, _APT_SEPARATORS)
    return InstallCommand(
        program,
        "apt",
        verb,
        "system",
        packages=tuple(item for item in packages if not item.name.endswith("-")),
        local_paths=paths,
        flags=flags,
        unknown=tuple(parts.unknown),
    )


def _quietness(parsed: Parsed) -> int:
    """The level of `-q`: from two on, apt takes every question for answered with yes."""
    levels = [option.value for option in parsed.options if option.name in ("-q", "--quiet")]
    return sum(int(level.text) if level and level.text.isdecimal() else 1 for level in levels)


_NO_RECOMMENDS = ("apt::install-recommends=0", "apt::install-recommends=false")


def _verb(parts: CommandParts) -> Operand | None:
    return parts.parsed.operands.pop(0) if parts.parsed.operands else None


def _system_packages(
    parts: CommandParts, separators: str
) -> tuple[tuple[NamedPackage, ...], tuple[LocalPath, ...]]:
    words = [
        (operand, system_operand(operand, separators))
        for operand in parts.parsed.operands
        if not (operand.dynamic and could_be_anything(operand.text))
    ]
    packages, paths, unread = split_packages(words)
    parts.unknown.extend(text for text in unread if text not in parts.unknown)
    return packages, paths


# apk-tools 2.14 and 3, apk(8), apk-add(8), apk-del(8).
_APK = grammar(
    """-p --root -X --repository --arch --cache-dir --cache-max-age --keys-dir --repositories-file
    --wait --timeout --progress-fd -t --virtual --preupgrade-depends --cache-predownload""",
    """-h --help -q --quiet -v --verbose -V --version -f --force -i --interactive
    --force-binary-stdout --force-broken-world --force-missing-repositories --force-no-chroot
    --force-non-repository
    --force-old-apk --force-overwrite --force-refresh --no-cache --no-check-certificate
    --no-interactive --no-logfile --no-network --no-progress --no-scripts --no-commit-hooks
    --allow-untrusted --print-arch --progress --purge --update-cache -U --initdb -l --latest -u
    --upgrade --no-chown --usermode -r --rdepends -a --available --prune --self-upgrade-only
    --no-self-upgrade -s --simulate --cache-packages --legacy-info --pretty-print --preserve-env
    --root-tmpfs --sync --logfile --clean-protected --overlay-from-stdin --ignore""",
    abbreviates=True,
)
_APK_FLAGS = {
    "--no-cache": Flag.NO_CACHE,
    "-u": Flag.UPGRADE,
    "--upgrade": Flag.UPGRADE,
    "-s": Flag.DRY_RUN,
    "--simulate": Flag.DRY_RUN,
}


def read_apk(argv: Sequence[Arg], start: int, program: str) -> Command | None:
    """`apk ...`; None for verbs that change nothing."""
    parts = CommandParts(parse(argv, start, _APK))
    verb = _verb(parts)
    if verb is None:
        return None
    if verb.dynamic:
        return unreadable(program, "apk", verb, "system")
    if verb.text == "cache":
        clean = any(operand.text in ("clean", "purge") for operand in parts.parsed.operands)
        return (
            CleanupCommand(program, "apk", "cache clean", caches=frozenset({"apk"}))
            if clean
            else None
        )
    packages, paths = _system_packages(parts, "=<>~@")
    if verb.text == "del":
        return CleanupCommand(
            program, "apk", "del", packages, orphans=True, unknown=tuple(parts.unknown)
        )
    if verb.text not in ("add", "update", "upgrade", "fix"):
        return None
    virtual = parts.parsed.last("-t", "--virtual")
    return InstallCommand(
        program,
        "apk",
        verb.text,
        "system",
        packages=tuple(item for item in packages if not item.name.startswith("!")),
        local_paths=paths,
        flags=parts.flags(_APK_FLAGS),
        virtual=virtual.text if virtual else None,
        unknown=tuple(parts.unknown),
    )


# dnf 4 and 5, yum, microdnf: their command reference.
_DNF = grammar(
    """-c --config -d --debuglevel -e --errorlevel -R --randomwait -x --exclude --excludepkgs
    --disableexcludes --disableexcludepkgs --enablerepo --disablerepo --repo --repoid
    --enableplugin --disableplugin --installroot --releasever --setopt --advisory --advisories
    --bz --bzs --cve --cves --sec-severity --secseverity --forcearch --comment --color
    --destdir --downloaddir --from-repo --from-vendor --rpmverbosity --repofrompath
    --advisory-severities""",
    """-h --help -y --assumeyes --assumeno -q --quiet -v --verbose --version --allowerasing -b
    --best --nobest
    --no-best -C --cacheonly --debugsolver --disable --enable --downloadonly
    --enhancement --bugfix --newpackage --security --nodocs --nogpgcheck --no-gpgchecks --noplugins
    --noautoremove --no-autoremove --obsoletes --refresh -4 -6 --showduplicates --skip-broken
    --skip-unavailable --allow-downgrade --no-allow-downgrade --tsflags --allowdowngrade
    --noroot --nodoc --no-docs --use-host-config --offline""",
)
_DNF_FLAGS = {
    "-y": Flag.ASSUME_YES,
    "--assumeyes": Flag.ASSUME_YES,
    "--refresh": Flag.REFRESH,
}
_DNF_INSTALLS = (
    "install", "reinstall", "update", "upgrade", "groupinstall", "localinstall", "makecache",
    "distro-sync", "builddep", "in",
)  # fmt: skip
_DNF_REMOVES = ("remove", "erase", "autoremove", "rm")


def read_dnf(argv: Sequence[Arg], start: int, program: str) -> Command | None:
    """`dnf`, `yum`, `microdnf`, `tdnf`; None for verbs that change nothing.

    A version stands behind a hyphen here (`httpd-2.4.57`), where no rule tells it from the name:
    such a name is kept whole.
    """
    parts = CommandParts(parse(argv, start, _DNF))
    verb = _verb(parts)
    if verb is None:
        return None
    if verb.dynamic:
        return unreadable(program, "dnf", verb, "system")
    if verb.text == "clean":
        return CleanupCommand(program, "dnf", "clean", caches=frozenset({"dnf"}))
    packages, paths = _system_packages(parts, "=<>")
    if verb.text in _DNF_REMOVES:
        orphans = verb.text == "autoremove"
        return CleanupCommand(
            program, "dnf", verb.text, packages, orphans=orphans, unknown=tuple(parts.unknown)
        )
    if verb.text not in _DNF_INSTALLS:
        return None
    return InstallCommand(
        program,
        "dnf",
        verb.text,
        "system",
        packages=packages,
        local_paths=paths,
        flags=parts.flags(_DNF_FLAGS),
        unknown=tuple(parts.unknown),
    )
