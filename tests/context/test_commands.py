"""Builds and Compose invocations found in a repository's own files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockerlint_py.context import FileSpec, Scope, Snapshot
from dockerlint_py.context.commands import BuildCommand, ComposeCommand, find_commands
from dockerlint_py.facts import Confidence, Fact, Known

Files = dict[str, str | bytes | FileSpec]

REPOSITORY: Files = {
    "Dockerfile": "FROM a\n",
    "web.Dockerfile": "FROM a\n",
    "backend/Dockerfile": "FROM a\n",
    "backend/prod.Dockerfile": "FROM a\n",
    "compose.yml": "services:\n",
    "compose.prod.yml": "services:\n",
    "backend/docker-compose.yml": "services:\n",
}


def value(fact: Fact[str] | Fact[str | None] | Fact[tuple[str, ...]]) -> object:
    return fact.value if isinstance(fact, Known) else "?"


def builds(path: str, text: str) -> list[BuildCommand]:
    return list(find_commands(Scope(Snapshot.of({**REPOSITORY, path: text}))).builds)


def composes(path: str, text: str) -> list[ComposeCommand]:
    return list(find_commands(Scope(Snapshot.of({**REPOSITORY, path: text}))).composes)


def summary(build: BuildCommand) -> tuple[object, object, object]:
    return value(build.dockerfile), value(build.context), value(build.target)


ROOT = ("Dockerfile", "", None)
BACKEND = ("backend/Dockerfile", "backend", None)
UNKNOWN = ("?", "?", None)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("docker build .", ROOT),
        ("docker build -t x:1 backend", BACKEND),
        ("docker build --tag=x ./backend/", BACKEND),
        ("docker build -f web.Dockerfile .", ("web.Dockerfile", "", None)),
        ("docker build -fweb.Dockerfile .", ("web.Dockerfile", "", None)),
        ("docker build --file=backend/Dockerfile .", ("backend/Dockerfile", "", None)),
        ("docker build --target prod .", ("Dockerfile", "", "prod")),
        ("docker build --no-cache --target=$T .", ("Dockerfile", "", "?")),
        ("docker buildx build --platform linux/amd64,linux/arm64 .", ROOT),
        ("docker --context x image build .", ROOT),
        ("DOCKER_BUILDKIT=1 sudo docker build .", ROOT),
        ("podman build .", ROOT),
        ("buildah bud -f backend/prod.Dockerfile backend", (
            "backend/prod.Dockerfile", "backend", None)),
        ("echo x && docker build . && echo y", ROOT),
        ("docker build . > log 2>&1", ROOT),
        ("cd backend && docker build .", BACKEND),
        ("cd backend && docker build -f Dockerfile ..", ("backend/Dockerfile", "", None)),
        ("cd $X && docker build .", UNKNOWN),
        ("docker build $CONTEXT", UNKNOWN),
        ("docker build -f web.Dockerfile $CONTEXT", ("web.Dockerfile", "?", None)),
        ("docker build -f $FILE .", ("?", "", None)),
        ("docker build -f nothing .", ("?", "", None)),
        ("docker build nothing", UNKNOWN),
        ("docker build ../out", UNKNOWN),
        ("docker build - < Dockerfile", UNKNOWN),
        ("docker build https://example.com/x.git", UNKNOWN),
        ("docker build --unknown value .", UNKNOWN),
    ],
)  # fmt: skip
def test_builds(command: str, expected: tuple[object, object, object]) -> None:
    assert [summary(build) for build in builds("Makefile", f"image:\n\t{command}\n")] == [expected]


@pytest.mark.parametrize(
    "command",
    [
        "echo docker build .",
        "# docker build .",
        "docker run build .",
        "docker compose build",
        "dockerize build .",
        "echo 'docker build .'",
        "docker buildx create",
        "docker",
        "docker --debug",
    ],
)
def test_no_builds(command: str) -> None:
    assert builds("Makefile", f"image:\n\t{command}\n") == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Makefile", "build:\n\t@-docker build \\\n\t  -t x \\\n\t  .\n"),
        ("justfile", "build:\n    @docker build .\n"),
        ("scripts/build.sh", "#!/bin/sh\nset -e\ndocker build .\n"),
        (".github/workflows/ci.yml", "    steps:\n      - run: docker build .\n"),
        (".github/workflows/ci.yml", "    steps:\n      - run: |\n          docker build .\n"),
        (".github/workflows/ci.yml", '    steps:\n      - run: "docker build ."\n'),
        (".gitlab-ci.yml", "build:\n  script:\n    - docker build .\n"),
        (".gitlab-ci.yml", "build:\n  script:\n    - 'docker build .'\n"),
        ("Taskfile.yml", "tasks:\n  build:\n    cmds:\n      - cmd: docker build .\n"),
        ("package.json", '{"scripts": {\n    "image": "docker build . && true"\n}}\n'),
        ("tox.ini", "[testenv]\ncommands = docker build .\n"),
        ("README.md", "Build it:\n\n```sh\n$ docker build .\n```\n"),
    ],
)
def test_kinds_of_files(path: str, text: str) -> None:
    assert [summary(build) for build in builds(path, text)] == [ROOT]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("README.md", "Run docker build . first\n    docker build .\n"),
        ("notes.txt", "docker build .\n"),
        ("build.sh", "cat <<EOF\ndocker build .\nEOF\n"),
        ("node_modules/x/Makefile", "a:\n\tdocker build .\n"),
        ("config.yml", "run: docker build .\n"),
    ],
)
def test_what_holds_no_commands(path: str, text: str) -> None:
    assert builds(path, text) == []


def test_a_heredoc_ends() -> None:
    text = "cat <<EOF\ndocker build .\nEOF\ndocker build backend\n"
    assert [summary(build) for build in builds("build.sh", text)] == [BACKEND]


def test_the_folder_of_a_makefile_counts() -> None:
    assert summary(builds("backend/Makefile", "a:\n\tdocker build .\n")[0]) == BACKEND


def test_cd_holds_in_a_script_and_not_in_a_makefile() -> None:
    script = "cd backend\ndocker build .\n"
    assert summary(builds("build.sh", script)[0]) == BACKEND
    assert summary(builds("Makefile", "a:\n\tcd backend\n\tdocker build .\n")[0]) == ROOT


def test_a_script_that_goes_to_its_own_folder() -> None:
    script = 'cd "$(dirname "$0")"\ndocker build .\n'
    assert summary(builds("backend/build.sh", script)[0]) == BACKEND
    script = 'cd "$(dirname "${BASH_SOURCE[0]}")/.."\ndocker build .\n'
    assert summary(builds("backend/build.sh", script)[0]) == ROOT


def test_a_script_that_may_run_from_two_folders_is_unknown() -> None:
    assert summary(builds("backend/build.sh", "docker build .\n")[0]) == UNKNOWN


def test_working_directory_of_a_step() -> None:
    text = (
        "steps:\n  - name: a\n    run: docker build .\n    working-directory: ./backend\n"
        "  - run: docker build .\n"
    )
    found = builds(".github/workflows/ci.yml", text)
    assert [summary(build) for build in found] == [BACKEND, ROOT]


def test_variables_that_the_file_sets_once() -> None:
    text = "FILE := web.Dockerfile\na:\n\tdocker build -f $(FILE) .\n"
    (build,) = builds("Makefile", text)
    assert summary(build) == ("web.Dockerfile", "", None)
    assert isinstance(build.dockerfile, Known)
    text = f"FILE = Dockerfile\n{text}"
    assert summary(builds("Makefile", text)[0]) == ("?", "", None)


def test_build_arguments() -> None:
    (build,) = builds(
        "Makefile", "a:\n\tdocker build --build-arg A=1 --build-arg B --build-arg=C=$X .\n"
    )
    assert {name: value(fact) for name, fact in build.build_args.items()} == {
        "A": "1",
        "B": "?",
        "C": "?",
    }


@pytest.mark.parametrize(
    ("text", "pushes"),
    [
        ("docker buildx build --push .", True),
        ("docker buildx build -o type=registry .", True),
        ("docker build .", False),
        ("docker build . && docker push x", True),
        ("docker build . && docker image push x", True),
        ("docker buildx build --push=false .", False),
    ],
)
def test_pushes(text: str, *, pushes: bool) -> None:
    assert builds("build.sh", text)[0].pushes is pushes


ACTION = """\
jobs:
  build:
    steps:
      - uses: actions/checkout@v4
      - name: Build
        uses: docker/build-push-action@v6
        with:
{settings}
      - run: echo
        with:
          target: other
"""


@pytest.mark.parametrize(
    ("settings", "expected", "pushes"),
    [
        (["context: ."], ROOT, False),
        (["push: true"], ROOT, True),
        (["context: ./backend", "target: prod", "push: false"],
         ("backend/Dockerfile", "backend", "prod"), False),
        (["context: .", 'file: "backend/prod.Dockerfile" # x'],
         ("backend/prod.Dockerfile", "", None), False),
        (["context: ${{ matrix.x }}", "push: ${{ x }}"], UNKNOWN, True),
        (["context: '{{defaultContext}}:backend'"], BACKEND, False),
        (["file: ${{ matrix.file }}"], ("?", "", None), False),
    ],
)  # fmt: skip
def test_the_github_action(
    settings: list[str], expected: tuple[object, object, object], *, pushes: bool
) -> None:
    lines = "\n".join(f"          {line}" for line in settings)
    (build,) = builds(".github/workflows/x.yml", ACTION.format(settings=lines))
    assert summary(build) == expected
    assert build.pushes is pushes
    assert build.place.text == "uses: docker/build-push-action@v6"


@pytest.mark.parametrize("owner", ["depot", "useblacksmith"])
def test_actions_that_build_elsewhere(owner: str) -> None:
    text = ACTION.format(settings="          target: prod").replace("docker/", f"{owner}/")
    assert summary(builds(".github/workflows/x.yml", text)[0]) == ("Dockerfile", "", "prod")
    assert not builds(".github/workflows/x.yml", text.replace(owner, "other"))


def test_build_arguments_of_the_action() -> None:
    block = "          build-args: |\n            A=1\n            B=${{ x }}\n          push: true"
    (build,) = builds(".github/workflows/x.yml", ACTION.format(settings=block))
    assert {name: value(fact) for name, fact in build.build_args.items()} == {"A": "1", "B": "?"}
    assert build.pushes


def test_bake_files() -> None:
    text = (
        'group "default" { targets = ["a"] }\n'
        'target "a" {\n  context = "backend"\n  target = "prod"\n  args = {\n    X = "1"\n  }\n}\n'
        'target "b" {\n  dockerfile = "web.Dockerfile"\n}\n'
        'target "c" {\n  inherits = ["a"]\n}\n'
        'target "d" {\n  context = "${X}"\n}\n'
    )
    assert [summary(build) for build in builds("docker-bake.hcl", text)] == [
        ("backend/Dockerfile", "backend", "prod"),
        ("web.Dockerfile", "", None),
        UNKNOWN,
        UNKNOWN,
    ]


def compose_summary(compose: ComposeCommand) -> tuple[object, ...]:
    return compose.command, value(compose.folder), value(compose.files)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("docker compose up -d", ("up", "", ())),
        ("docker-compose -f compose.yml -f compose.prod.yml up",
         ("up", "", ("compose.yml", "compose.prod.yml"))),
        ("docker compose --file=compose.prod.yml build web", ("build", "", ("compose.prod.yml",))),
        ("COMPOSE_FILE=compose.yml:compose.prod.yml docker compose up",
         ("up", "", ("compose.yml", "compose.prod.yml"))),
        ("cd backend && docker-compose up", ("up", "backend", ())),
        ("docker compose --project-directory backend up", ("up", "backend", ())),
        ("docker compose -f $F up", ("up", "", "?")),
        ("docker compose -f nothing.yml up", ("up", "?", "?")),
        ("docker stack deploy -c compose.prod.yml web",
         ("stack deploy", "", ("compose.prod.yml",))),
        ("@docker-compose run --rm web -f x", ("run", "", ())),
    ],
)  # fmt: skip
def test_compose(command: str, expected: tuple[object, ...]) -> None:
    found = composes("Makefile", f"a:\n\t{command}\n")
    assert [compose_summary(compose) for compose in found] == [expected]


def test_profiles_and_environment_files() -> None:
    (compose,) = composes(
        "Makefile", "a:\n\tdocker compose --profile x --profile $Y --env-file .env.prod up\n"
    )
    assert [value(profile) for profile in compose.profiles] == ["x", "?"]
    assert [value(file) for file in compose.env_files] == [".env.prod"]
    assert compose.place.line == 2


@pytest.mark.parametrize("command", ["docker compose", "docker-compose --version", "docker ps"])
def test_no_compose(command: str) -> None:
    assert composes("Makefile", f"a:\n\t{command}\n") == []


def test_a_value_from_a_variable_is_less_certain() -> None:
    (compose,) = composes("run.sh", "P=prod\ndocker compose --profile $P up\n")
    assert compose.profiles == (Known("prod", confidence=Confidence.LIKELY),)


NAMES = st.sampled_from(["Makefile", "x.sh", ".github/workflows/x.yml", "README.md",
                         "docker-bake.hcl", "package.json"])  # fmt: skip
LINES = st.lists(
    st.sampled_from(
        ["docker build", " -f", " $(", " .", "\n", "\\\n", "'", '"', "```\n", "cd ", "<<EOF", "EOF",
         "- uses: docker/build-push-action@v1\n", "  with:\n", "    context: x\n", "{{", "}",
         'target "a" {', "docker compose -f", "COMPOSE_FILE=", " #", "\t", "é", "dirname $0)"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(NAMES, LINES)
def test_any_file_is_read(name: str, text: str) -> None:
    find_commands(Scope(Snapshot.of({name: text, "Dockerfile": "FROM a\n"})))
