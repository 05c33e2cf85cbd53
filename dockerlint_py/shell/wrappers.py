"""The programs that run another program, and how their own command line ends.

Sources: the programs' own `--help` (tini 0.19, dumb-init 1.2.5, gosu 1.14, util-linux 2.38,
uv 0.12, pdm 2, opentelemetry-instrument, ddtrace-run) and the manuals of coreutils, sudo and su.
"""

from enum import StrEnum

from dockerlint_py.record import NamedTuple


class WrapperKind(StrEnum):
    """What reading the command line of a wrapper takes beyond its options."""

    PLAIN = "options, then the command"
    ENV = "options and NAME=value, then the command"
    SU = "a user, and a command for the user's shell"
    SEPARATED = "anything up to --, then the command"
    MODULE = "options, of which -m or -s may mark the command"


class WrapperSpec(NamedTuple):
    """How to read past a wrapper.

    `values` are the options that take the next word as their value. `subcommand` has to follow the
    program's own options. `positional` counts the words between the options and the command.
    `user` is the option that names a user, or `0` for the first positional word.
    `stops` are options with which nothing is run, or not what follows.
    """

    values: frozenset[str] = frozenset()
    positional: int = 0
    user: frozenset[str] = frozenset()
    subcommand: frozenset[str] = frozenset()
    stops: frozenset[str] = frozenset()
    kind: WrapperKind = WrapperKind.PLAIN
    long_with_one_dash: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TINI = WrapperSpec(values=_words("-p -e"), stops=_words("-h -l --version"))
_WAIT = WrapperSpec(kind=WrapperKind.SEPARATED)
_SU = WrapperSpec(
    values=_words("-c --command --session-command -g --group -G --supp-group -s --shell -w")
    | {"--whitelist-environment"},
    kind=WrapperKind.SU,
)
_CONDA = WrapperSpec(
    values=_words("-n --name -p --prefix --cwd -a --attach -e --env --label -r --root-prefix"),
    subcommand=_words("run"),
)
_UV = WrapperSpec(
    values=_words(
        "--extra --no-extra --group --no-group --only-group --no-editable-package --env-file -w"
        " --with --with-editable --with-requirements --package --python-platform --index"
        " --default-index -i --index-url --extra-index-url -f --find-links --index-strategy"
        " --keyring-provider -P --upgrade-package --upgrade-group --resolution --prerelease"
        " --prerelease-package --fork-strategy --exclude-newer --exclude-newer-package"
        " --no-sources-package --reinstall-package --link-mode -C --config-setting"
        " --config-settings-package --no-build-isolation-package --no-build-package"
        " --no-binary-package --cache-dir --refresh-package -p --python --color"
        " --allow-insecure-host --directory --project --config-file --python-preference"
    ),
    subcommand=_words("run"),
    kind=WrapperKind.MODULE,
)

WRAPPERS: dict[str, WrapperSpec] = {
    "exec": WrapperSpec(values=_words("-a")),
    "command": WrapperSpec(stops=_words("-v -V")),
    "builtin": WrapperSpec(),
    "busybox": WrapperSpec(),
    "nohup": WrapperSpec(),
    "nice": WrapperSpec(values=_words("-n --adjustment")),
    "ionice": WrapperSpec(
        values=_words("-c --class -n --classdata"), stops=_words("-p --pid -P --pgid -u --uid")
    ),
    "stdbuf": WrapperSpec(values=_words("-i --input -o --output -e --error")),
    "time": WrapperSpec(values=_words("-f --format -o --output")),
    "timeout": WrapperSpec(values=_words("-k --kill-after -s --signal"), positional=1),
    "setsid": WrapperSpec(),
    "env": WrapperSpec(
        values=_words("-u --unset -C --chdir"),
        stops=_words("-S --split-string"),
        kind=WrapperKind.ENV,
    ),
    "sudo": WrapperSpec(
        values=_words("-u --user -g --group -h --host -p --prompt -C --close-from -T")
        | _words("--command-timeout -U --other-user -r --role -t --type -D --chdir -R --chroot"),
        user=_words("-u --user"),
        stops=_words("-e --edit -l --list -v --validate -k -K -V --version"),
        kind=WrapperKind.ENV,
    ),
    "gosu": WrapperSpec(positional=1, user=_words("0")),
    "su-exec": WrapperSpec(positional=1, user=_words("0")),
    "s6-setuidgid": WrapperSpec(positional=1, user=_words("0")),
    "chpst": WrapperSpec(
        values=_words("-u -U -b -e -/ -n -l -L -m -d -o -p -f -c -r -t"), user=_words("-u")
    ),
    "setpriv": WrapperSpec(
        values=_words("--ambient-caps --inh-caps --bounding-set --ruid --euid --rgid --egid")
        | _words("--reuid --regid --groups --securebits --pdeathsig --selinux-label")
        | _words("--apparmor-profile"),
        user=_words("--reuid --ruid"),
        stops=_words("-d --dump"),
    ),
    "runuser": _SU._replace(values=_SU.values | {"-u", "--user"}, user=_words("-u --user")),
    "su": _SU,
    "tini": _TINI,
    "tini-static": _TINI,
    "docker-init": _TINI,
    "dumb-init": WrapperSpec(values=_words("-r --rewrite"), stops=_words("-h --help -V --version")),
    "catatonit": WrapperSpec(stops=_words("-h -V -P")),
    "uv": _UV,
    "poetry": WrapperSpec(values=_words("-C --directory -P --project"), subcommand=_words("run")),
    "pipenv": WrapperSpec(values=_words("--python --pypi-mirror"), subcommand=_words("run")),
    "pdm": WrapperSpec(
        values=_words("-p --project -k --skip --venv --env --env-file --working-dir -c --config"),
        subcommand=_words("run"),
        stops=_words("-l --list -j --json"),
    ),
    "hatch": WrapperSpec(
        values=_words("-e --env -p --project --data-dir --cache-dir --config"),
        subcommand=_words("run"),
    ),
    "rye": WrapperSpec(values=_words("--pyproject"), subcommand=_words("run"), stops=_words("-l")),
    "conda": _CONDA,
    "mamba": _CONDA,
    "micromamba": _CONDA,
    "wait-for-it": _WAIT,
    "wait-for-it.sh": _WAIT,
    "wait-for": _WAIT,
    "wait-for.sh": _WAIT,
    "wait_for_it.sh": _WAIT,
    "dockerize": WrapperSpec(
        values=_words("-delims -env -env-header -env-section -exit-code -stderr -stdout")
        | _words("-template -timeout -wait -wait-http-header -wait-retry-interval"),
        stops=_words("-version"),
        long_with_one_dash=True,
    ),
    "opentelemetry-instrument": WrapperSpec(values=_words("--*"), stops=_words("--version -h")),
    "ddtrace-run": WrapperSpec(stops=_words("-h --help -i --info -v --version")),
    "newrelic-admin": WrapperSpec(subcommand=_words("run-program")),
}
"""The wrappers by base name."""
