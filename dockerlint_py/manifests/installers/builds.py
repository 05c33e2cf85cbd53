"""Commands that build or install the project itself without an installer of dependencies."""

from collections.abc import Sequence

from dockerlint_py.manifests.installers.build import CommandParts
from dockerlint_py.manifests.installers.command import Arg, InstallCommand, LocalPath, Operand
from dockerlint_py.manifests.installers.options import grammar, parse

# build 1.3, `python -m build --help`; hatch 1.14 and flit 3.12, `build --help`.
_BUILD = grammar(
    "-o --outdir -C --config-setting --config-json --installer",
    """-h --help -V --version -v --verbose -q --quiet -s --sdist -w --wheel -x
    --skip-dependency-check -n --no-isolation --metadata""",
    abbreviates=True,
)
_HATCH = grammar(
    "-e --env -p --project --data-dir --cache-dir --config -t --target --hooks-only",
    """-h --help -v --verbose -q --quiet --color --no-color --interactive --no-interactive --version
    -c --clean --clean-hooks-after --no-hooks --ext --clean-only""",
)
_FLIT = grammar(
    "-f --ini-file --format --python --extras --deps --only-extras",
    """-h --help -V --version --debug --setup-py --no-setup-py --use-vcs --no-use-vcs -s --symlink
    --pth-file --user --only-deps""",
)
_SETUP_PY_VERBS = ("install", "develop", "build", "bdist_wheel", "sdist", "bdist_egg", "bdist")


def read_build(argv: Sequence[Arg], start: int, program: str) -> InstallCommand:
    """`python -m build [SRCDIR]`, also called `pyproject-build`."""
    parts = CommandParts(parse(argv, start, _BUILD))
    output = parts.parsed.last("-o", "--outdir")
    return _project(program, "build", "build", parts, parts.parsed.operands, output)


def read_hatch(argv: Sequence[Arg], start: int, program: str) -> InstallCommand | None:
    """`hatch build [LOCATION]`."""
    parts = CommandParts(parse(argv, start, _HATCH))
    words = parts.parsed.operands
    if not words or words[0].text != "build":
        return None
    return _project(program, "hatch", "build", parts, [], words[1] if len(words) > 1 else None)


def read_flit(argv: Sequence[Arg], start: int, program: str) -> InstallCommand | None:
    """`flit build` and `flit install`."""
    parts = CommandParts(parse(argv, start, _FLIT))
    words = parts.parsed.operands
    if not words or words[0].text not in ("build", "install"):
        return None
    return _project(program, "flit", words[0].text, parts, [], None)


def read_setup_py(argv: Sequence[Arg], start: int, program: str) -> InstallCommand | None:
    """`python setup.py install`: the word at `start` is the script."""
    verbs = [arg.value for arg in argv[start + 1 :] if arg.value in _SETUP_PY_VERBS]
    if not verbs:
        return None
    script = Operand(argv[start].value, start, argv[start].dynamic)
    folder = script.text.rpartition("/")[0] or "."
    return InstallCommand(
        program,
        "setup.py",
        verbs[0],
        "python",
        local_paths=(LocalPath(folder, start, editable=verbs[0] == "develop"),),
        project=True,
    )


def _project(
    program: str,
    tool: str,
    verb: str,
    parts: CommandParts,
    folders: Sequence[Operand],
    output: Operand | None,
) -> InstallCommand:
    return InstallCommand(
        program,
        tool,
        verb,
        "python",
        local_paths=tuple(
            LocalPath(folder.text, folder.at, dynamic=folder.dynamic) for folder in folders
        ),
        project=True,
        output=output,
        unknown=tuple(parts.unknown),
    )
