"""Which program a command runs behind its wrappers."""

import pytest

from dockerlint_py.shell import Unwrapped, split, unwrap
from dockerlint_py.text import LogicalText, Source, Span


def peel(text: str) -> Unwrapped:
    (command,) = split(LogicalText.verbatim(Source("run", text), Span(0, len(text)))).commands
    return unwrap(command.words)


@pytest.mark.parametrize(
    "prefix",
    [
        "",
        "exec",
        "exec -a name",
        "command",
        "nohup nice -n 5 ionice -c2 -n 7 stdbuf -oL -e L",
        "nice -10 setsid -w",
        "/usr/bin/time -v -o /tmp/t",
        "timeout -s TERM --kill-after=5 30",
        "timeout -k5 30s",
        "env",
        "env -i -u HOME --chdir=/x A=1 B='x y'",
        "env - A=1",
        "sudo -E -H -u app A=1",
        "gosu app:app",
        "su-exec 1000",
        "s6-setuidgid app",
        "chpst -u app:app",
        "setpriv --reuid=app --regid app --init-groups --inh-caps=-all",
        "runuser -u app --",
        "tini --",
        "/sbin/tini -g -s -vv -p SIGTERM -e 143 --",
        "tini -gvse143",
        "docker-init --",
        "/usr/bin/dumb-init --single-child --rewrite 15:2 -r 1:0 --",
        "catatonit -g --",
        "uv run",
        "uv --directory /app run --no-dev --frozen --extra web -p 3.12 --env-file=.env --",
        "uv run -q --with gunicorn --group prod",
        "poetry -C /app run",
        "pipenv --python 3 run",
        "pdm run -p /app --env A=1",
        "hatch -e prod run",
        "rye run",
        "conda run --no-capture-output -n env",
        "micromamba run -p /env --cwd /x",
        "/wait-for-it.sh db:5432 -t 60 --",
        "./wait-for db:5432 -- wait-for-it -h redis -p 6379 --strict --",
        "dockerize -wait tcp://db:5432 -timeout 20s -no-overwrite -template a:b",
        "dockerize --wait=tcp://db:5432 --",
        "opentelemetry-instrument --traces_exporter console --service_name=web",
        "ddtrace-run",
        "ddtrace-run -d",
        "newrelic-admin run-program",
        "exec tini -g -- gosu app env A=1 uv run ddtrace-run",
    ],
)
def test_wrappers_are_peeled(prefix: str) -> None:
    unwrapped = peel(f"{prefix} gunicorn -b :80 app:app")
    assert [word.value for word in unwrapped.words] == ["gunicorn", "-b", ":80", "app:app"]
    peeled = [word.value for wrapper in unwrapped.wrappers for word in wrapper.words]
    assert len(peeled) == len(prefix.replace("x y", "xy").split())


@pytest.mark.parametrize(
    "text",
    [
        "exec",
        "command -v gunicorn",
        "uv sync --frozen",
        "uv pip install gunicorn",
        "poetry install",
        "wait-for-it.sh db:5432",
        "tini --version",
        "nohup",
        "gosu app",
        "su app",
        "sh script.sh -c x",
        "bash -l",
        "env -S 'python -u' x",
        "newrelic-admin validate-config x",
        "gunicorn --name exec tini --",
    ],
)
def test_what_wraps_nothing_stays(text: str) -> None:
    unwrapped = peel(text)
    assert unwrapped.wrappers == ()
    assert unwrapped.words[0].value == text.split()[0]


@pytest.mark.parametrize(
    ("text", "user"),
    [
        ("gosu app:app x", "app:app"),
        ('su-exec "$USER" x', "$USER"),
        ("sudo -u app x", "app"),
        ("sudo -uapp x", "app"),
        ("sudo -Hu app x", "app"),
        ("sudo --user=app x", "app"),
        ("setpriv --reuid=app x", "app"),
        ("runuser -u app -- x", "app"),
        ("su - app -c x", "app"),
        ("gosu a gosu b x", "b"),
        ("sudo x", None),
    ],
)
def test_user(text: str, user: str | None) -> None:
    word = peel(text).user
    assert (word and word.value) == user
    if word is not None:
        assert word.place.text.strip('"') == user


def test_environment_of_env() -> None:
    assignments = peel("env -i A=1 'B=x y' C=$D sudo -u app E= x F=1").environment
    assert [(a.name, a.value.value, a.value.dynamic) for a in assignments] == [
        ("A", "1", False),
        ("B", "x y", False),
        ("C", "$D", True),
        ("E", "", False),
    ]


def test_options_of_a_wrapper() -> None:
    tini = peel("exec /usr/bin/tini -vg -- dumb-init --single-child x").wrapper("tini")
    assert tini is not None
    assert (tini.has("-g"), tini.has("-s"), tini.has("--g")) == (True, False, False)
    init = peel("dumb-init --rewrite=15:3 x").wrapper("tini", "dumb-init")
    assert init is not None
    assert init.has("-r", "--rewrite")


@pytest.mark.parametrize(
    ("text", "script", "arguments", "shell"),
    [
        ("sh -c 'a && b'", "a && b", [], "sh"),
        ("exec /bin/bash -lc 'a' name one", "a", ["name", "one"], "/bin/bash"),
        ("bash -e -o pipefail -c 'a'", "a", [], "bash"),
        ("bash -euxo pipefail -c 'a'", "a", [], "bash"),
        ("bash --login --rcfile x -c -- a", "a", [], "bash"),
        ("busybox sh -c a", "a", [], "sh"),
        ('sh -c "exec \\"$@\\"" -- a', 'exec "$@"', ["--", "a"], "sh"),
        ("su app -s /bin/ash -c 'a b'", "a b", [], "/bin/ash"),
        ("su -c 'a b' - app", "a b", [], None),
        ("runuser -l app -c a", "a", [], None),
        ("tini -- sh -c a", "a", [], "sh"),
    ],
)
def test_scripts(text: str, script: str, arguments: list[str], shell: str | None) -> None:
    unwrapped = peel(text)
    assert unwrapped.words == ()
    assert unwrapped.program is None
    assert unwrapped.script is not None
    assert unwrapped.script.text == script
    assert [word.value for word in unwrapped.arguments] == arguments
    assert (unwrapped.shell and unwrapped.shell.value) == shell


def test_inner_script_maps_to_the_file() -> None:
    script = peel('sh -c "cd \\"/a b\\" && exec gunicorn -b :$PORT"').script
    assert script is not None
    first, second = split(script).commands
    assert [word.place.text for word in first.words] == ["cd", '"/a b\\"']
    assert [word.place.text for word in second.words] == ["exec", "gunicorn", "-b", ":$PORT"]


@pytest.mark.parametrize(
    ("text", "name", "arguments", "flags"),
    [
        ("gunicorn a:b", "gunicorn", ["a:b"], ""),
        ("/venv/bin/gunicorn a:b", "gunicorn", ["a:b"], ""),
        ("python -m gunicorn a:b", "gunicorn", ["a:b"], ""),
        ("python3.12 -um gunicorn a:b", "gunicorn", ["a:b"], "u"),
        ("/venv/bin/python3 -OO -X dev -W ignore -mgunicorn a:b", "gunicorn", ["a:b"], "O"),
        ("python -u /venv/bin/uvicorn a:b", "uvicorn", ["a:b"], "u"),
        ("python manage.py runserver", "manage.py", ["runserver"], ""),
        ("python -Wd -B src/manage.py migrate", "manage.py", ["migrate"], "B"),
        ("./manage.py migrate", "manage.py", ["migrate"], ""),
        ("python -c 'import x' y", "python", ["y"], ""),
        ("python", "python", [], ""),
        ("python -m", "python", [], ""),
        ("python - x", "python", ["x"], ""),
        ("pypy3 app.py", "app.py", [], ""),
        ("python3.13t app.py", "app.py", [], ""),
        ("pythonista x", "pythonista", ["x"], ""),
        ("uv run -m gunicorn a:b", "gunicorn", ["a:b"], ""),
        ("uv run --module uvicorn a:b", "uvicorn", ["a:b"], ""),
        ("uv run python -u manage.py check", "manage.py", ["check"], "u"),
        ("sh -e /start.sh web", "start.sh", ["web"], ""),
        ("bash -o pipefail start web", "start", ["web"], ""),
        ("busybox wget x", "wget", ["x"], ""),
    ],
)
def test_programs(text: str, name: str, arguments: list[str], flags: str) -> None:
    program = peel(text).program
    assert program is not None
    assert program.name == name
    assert [word.value for word in program.arguments] == arguments
    assert program.python_flags == frozenset(flags)


@pytest.mark.parametrize(
    ("text", "module", "script", "code"),
    [
        ("python -m gunicorn", "gunicorn", None, None),
        ("uv run -m gunicorn", "gunicorn", None, None),
        ("python -u src/app.py", "", "src/app.py", None),
        ("./manage.py", "", "./manage.py", None),
        ("bash /start.sh", "", "/start.sh", None),
        ('python -c "import x"', "", None, "import x"),
        ("gunicorn", "", None, None),
    ],
)
def test_how_the_interpreter_finds_it(
    text: str, module: str, script: str | None, code: str | None
) -> None:
    program = peel(text).program
    assert program is not None
    assert program.module == module
    assert (program.script and program.script.value) == script
    assert (program.code and program.code.value) == code
