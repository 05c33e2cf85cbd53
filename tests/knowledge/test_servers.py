from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockerlint_py.knowledge import server_options, servers
from dockerlint_py.knowledge.server_arguments import Argument, parse_arguments
from dockerlint_py.knowledge.server_options import OPTIONS
from dockerlint_py.knowledge.servers import SERVERS, WORKER_CLASSES, find_server


@pytest.mark.parametrize(
    ("program", "host", "port"),
    [
        ("gunicorn", "127.0.0.1", 8000),
        ("uvicorn", "127.0.0.1", 8000),
        ("hypercorn", "127.0.0.1", 8000),
        ("daphne", "127.0.0.1", 8000),
        ("granian", "127.0.0.1", 8000),
        ("waitress-serve", "0.0.0.0", 8080),
        ("fastapi run", "0.0.0.0", 8000),
        ("fastapi dev", "127.0.0.1", 8000),
        ("flask run", "127.0.0.1", 5000),
        ("manage.py runserver", "127.0.0.1", 8000),
        ("uwsgi", None, None),
        ("celery worker", None, None),
        ("celery flower", "0.0.0.0", 5555),
    ],
)
def test_where_they_listen(program: str, host: str | None, port: int | None) -> None:
    assert (SERVERS[program].host, SERVERS[program].port) == (host, port)


def test_gunicorn_listens_everywhere_when_port_is_set() -> None:
    assert SERVERS["gunicorn"].port_variable == "PORT"
    assert SERVERS["gunicorn"].host_with_port_variable == "0.0.0.0"


def test_who_honours_web_concurrency() -> None:
    honour = {name for name, one in SERVERS.items() if one.workers_variable == "WEB_CONCURRENCY"}
    assert honour == {"gunicorn", "uvicorn", "fastapi run"}


def test_development_servers() -> None:
    assert {name for name, one in SERVERS.items() if one.development} == {
        *("fastapi dev", "flask run", "manage.py runserver", "manage.py runserver_plus")
    }


@pytest.mark.parametrize("program", sorted(set(SERVERS) & set(OPTIONS)))
def test_options_that_a_server_names_are_in_its_table(program: str) -> None:
    server, table = SERVERS[program], OPTIONS[program]
    with_value = {*server.host_options, *server.port_options, *server.bind_options}
    with_value |= set(server.worker_options)
    # Flower takes values after an equals sign only, so all of its options count as switches.
    assert with_value <= (table.switches if program == "celery flower" else table.values)
    assert {*server.daemon_options, *server.reload_options} <= table.switches | table.values


@pytest.mark.parametrize("program", OPTIONS)
def test_no_option_is_of_two_kinds(program: str) -> None:
    table = OPTIONS[program]
    groups = (table.values, table.optional, table.switches)
    assert sum(map(len, groups)) == len(frozenset().union(*groups))
    assert all(option.startswith("-") for group in groups for option in group)


def test_dated() -> None:
    for module in (servers, server_options):
        assert module.SOURCE
        date.fromisoformat(module.DATE)


def test_worker_classes() -> None:
    assert WORKER_CLASSES["asgi"].since == (24,)
    assert WORKER_CLASSES["eventlet"].until == (26,)
    asgi = {name for name, one in WORKER_CLASSES.items() if one.interface == "asgi"}
    assert all("uvicorn" in name or name == "asgi" for name in asgi)


@pytest.mark.parametrize(
    ("command", "program", "start"),
    [
        ("gunicorn app:app", "gunicorn", 1),
        ("/venv/bin/gunicorn app:app", "gunicorn", 1),
        ("celery -A proj worker -l info", "celery worker", 4),
        ("celery --app=proj -b redis:// beat", "celery beat", 5),
        ("celery worker -A proj", "celery worker", 2),
        ("celery -A proj flower --port=5555", "celery flower", 4),
        ("flask --app web run --host 0.0.0.0", "flask run", 4),
        ("flask run", "flask run", 2),
        ("fastapi run app/main.py", "fastapi run", 2),
        ("manage.py runserver 0.0.0.0:8000", "manage.py runserver", 2),
        ("django-admin runserver", "manage.py runserver", 2),
        ("huey_consumer.py app.huey", "huey_consumer", 1),
        ("rqworker default", "rq worker", 1),
        ("manage.py migrate", None, 0),
        ("celery -A proj inspect ping", None, 0),
        ("celery --mystery worker", None, 0),
        ("celery", None, 0),
        ("python app.py", None, 0),
        ("", None, 0),
    ],
)
def test_which_server_a_command_starts(command: str, program: str | None, start: int) -> None:
    found = find_server(command.split())
    assert (found[0].program if found else None, found[1] if found else 0) == (program, start)


@pytest.mark.parametrize(
    ("program", "line", "options", "positionals"),
    [
        ("gunicorn", "-w 4 app:app", {"-w": "4"}, ["app:app"]),
        ("gunicorn", "a:b -b0.0.0.0:80 --reload", {"-b": "0.0.0.0:80", "--reload": None}, ["a:b"]),
        ("gunicorn", "--workers=4 --bind=:80 a", {"--workers": "4", "--bind": ":80"}, ["a"]),
        ("gunicorn", "--work 4 a", None, ["4", "a"]),
        ("gunicorn", "--worker-cl gthread a", {"--worker-class": "gthread"}, ["a"]),
        ("gunicorn", "-D a", {"-D": None}, ["a"]),
        ("gunicorn", "a -- -w", {}, ["a", "-w"]),
        ("gunicorn", "a -w", None, ["a"]),
        ("uvicorn", "--host 0.0.0.0 a:b", {"--host": "0.0.0.0"}, ["a:b"]),
        ("uvicorn", "--hos 0.0.0.0 a:b", None, ["0.0.0.0", "a:b"]),
        ("daphne", "-b 0.0.0.0 -p8001 a:b", {"-b": "0.0.0.0", "-p": "8001"}, ["a:b"]),
        ("celery worker", "-Bl info", {"-B": None, "-l": "info"}, []),
        ("celery worker", "-linfo -c 2", {"-l": "info", "-c": "2"}, []),
        ("celery flower", "--port=80 --debug", {"--port": "80", "--debug": None}, []),
        ("rq worker", "-ds random q", {"-ds": "random"}, ["q"]),
        ("manage.py runserver", "0.0.0.0:80 --noreload", {"--noreload": None}, ["0.0.0.0:80"]),
        ("uwsgi", "--http :80 --master -p 4", {"--http": ":80", "--master": None, "-p": "4"}, []),
    ],
)
def test_arguments(
    program: str, line: str, options: dict[str, str | None] | None, positionals: list[str]
) -> None:
    words = line.split()
    parsed = parse_arguments(program, words)
    assert parsed is not None
    assert bool(parsed.unclear) == (options is None)
    if options is not None:
        assert {one.option: one.value for one in parsed.options} == options
    assert [words[index] for index in parsed.positionals] == positionals


def test_where_values_stand() -> None:
    parsed = parse_arguments("gunicorn", ["--bind=:80", "-w4", "-k", "gthread"])
    assert parsed is not None
    assert parsed.options == (
        Argument("--bind", ":80", 0, 0, 7),
        Argument("-w", "4", 1, 1, 2),
        Argument("-k", "gthread", 2, 3, 0),
    )
    assert parsed.last("-k", "--worker-class") == parsed.options[2]
    assert parsed.last("--nothing") is None
    assert len(parsed.every("-w", "-k")) == 2


def test_programs_without_a_table() -> None:
    assert parse_arguments("nginx", ["-g"]) is None


@given(st.sampled_from(sorted(OPTIONS)), st.data())
def test_options_of_the_table_come_back(program: str, data: st.DataObject) -> None:
    table = OPTIONS[program]
    pairs = [(option, "value") for option in sorted(table.values)]
    pairs_and_switches = st.sampled_from([*pairs, *((one, None) for one in sorted(table.switches))])
    chosen = data.draw(st.lists(pairs_and_switches, max_size=6))
    line = [word for option, value in chosen for word in (option, value) if word is not None]
    parsed = parse_arguments(program, line)
    assert parsed is not None
    assert [(one.option, one.value) for one in parsed.options] == chosen
    assert not parsed.positionals
    assert not parsed.unclear


WORDS = st.text(max_size=8).filter(lambda word: word != "--")


@given(st.sampled_from(sorted(OPTIONS)), st.lists(WORDS, max_size=8))
def test_every_word_is_accounted_for(program: str, line: list[str]) -> None:
    parsed = parse_arguments(program, line)
    assert parsed is not None
    seen = {*parsed.positionals, *parsed.unclear}
    for option in parsed.options:
        seen |= {option.word, option.word if option.value_word is None else option.value_word}
    assert seen == set(range(len(line)))
