"""How servers start, and with what, where rules rely on it: gunicorn and uvicorn themselves."""

import http.client
import socket
import time
from pathlib import Path

import pytest

from tests.behaviour.gunicorn import Gunicorn, gunicorn
from tests.behaviour.programs import Done, run, write

APP = "def app(environ, start_response):\n    start_response('200 OK', [])\n    return []\n"


def start(folder: Path, *options: str) -> Done:
    """What gunicorn says as it loads its worker class and the application, and ends."""
    write(folder, main=APP)
    return run(folder, "-m", "gunicorn", "-b", "127.0.0.1:0", *options)


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("nowhere:app", "No module named 'nowhere'"),
        ("main:nothing", "Failed to find attribute 'nothing' in 'main'"),
        ("main:app", ""),
    ],
)
def test_gunicorn_ends_without_its_application(tmp_path: Path, target: str, says: str) -> None:
    """SRV003."""
    done = start(tmp_path, "--check-config", target)
    assert (done.status != 0) is bool(says)
    assert says in done.output


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("nowhere:app", 'Could not import module "nowhere"'),
        ("main:nothing", 'Attribute "nothing" not found in module "main"'),
    ],
)
def test_uvicorn_ends_without_its_application(tmp_path: Path, target: str, says: str) -> None:
    """SRV003."""
    write(tmp_path, main=APP)
    done = run(tmp_path, "-m", "uvicorn", "--uds", "u", target)
    assert done.status != 0
    assert says in done.output


@pytest.mark.parametrize(
    "worker_class", ["gevent", "tornado", "eventlet", "uvicorn_worker.UvicornWorker"]
)
def test_gunicorn_ends_without_its_worker_class(tmp_path: Path, worker_class: str) -> None:
    """SRV004, SRV015: none of them comes with gunicorn."""
    hide = "import sys\nfor name in ('gevent', 'tornado', 'eventlet', 'uvicorn_worker'):\n"
    hide += "    sys.modules[name] = None\n"
    (tmp_path / "sitecustomize.py").write_text(hide)
    done = start(tmp_path, "-k", worker_class, "main:app")
    assert done.status == 1
    assert "invalid or not found" in done.output


def test_uvicorns_own_worker_class_warns(tmp_path: Path) -> None:
    """SRV005."""
    done = run(tmp_path, "-W", "always", "-c", "import uvicorn.workers")
    assert "deprecated" in done.output or "No module named" in done.output


def test_uvicorn_ignores_workers_when_it_reloads(tmp_path: Path) -> None:
    """SRV006."""
    code = "import uvicorn\nuvicorn.Config('main:app', reload=True, workers=4)"
    assert '"workers" flag is ignored when reloading' in run(tmp_path, "-c", code).output


def test_gunicorns_defaults() -> None:
    """SRV007, SRV011, SRV013, PYR006."""
    from gunicorn.config import Config
    from uvicorn import Config as Uvicorn

    settings = Config().settings
    values = {name: settings[name].get() for name in settings}
    assert (values["workers"], values["graceful_timeout"]) == (1, 30)
    assert (values["accesslog"], values["worker_tmp_dir"]) == (None, None)
    assert Uvicorn("main:app").access_log is True


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="asks Linux for the open file")
def test_workers_keep_a_file_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SRV013."""
    import tempfile

    from gunicorn.config import Config
    from gunicorn.workers.workertmp import WorkerTmp

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    one = WorkerTmp(Config())
    try:
        assert Path(f"/proc/self/fd/{one.fileno()}").readlink().parent == tmp_path
        one.notify()
        before = one.last_update()
        time.sleep(0.01)
        one.notify()
        assert one.last_update() > before
    finally:
        one.close()


def test_a_server_that_detaches_itself_ends_its_first_process(tmp_path: Path) -> None:
    """SRV017."""
    write(
        tmp_path,
        main=APP,
        **{
            "gunicorn.conf": "def on_starting(server):\n    open('up', 'w')\n    raise SystemExit\n"
        },
    )
    done = start(tmp_path, "--daemon", "main:app")
    assert done == (0, "")


def is_answered(server: Gunicorn) -> bool:
    """Whether a request is answered while another client has sent half of one."""
    with socket.create_connection(("127.0.0.1", server.port)) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        other = http.client.HTTPConnection("127.0.0.1", server.port, timeout=1)
        try:
            other.request("GET", "/")
            return other.getresponse().status == 200
        except TimeoutError:
            return False
        finally:
            other.close()


@pytest.mark.parametrize(("options", "answers"), [((), False), (("--threads", "2"), True)])
def test_a_slow_client_keeps_a_sync_worker(
    tmp_path: Path, options: tuple[str, ...], answers: bool
) -> None:
    """SRV019."""
    with gunicorn(tmp_path, APP, *options, workers=1) as server:
        assert is_answered(server) is answers
