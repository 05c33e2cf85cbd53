"""What WRK001 says: each of several workers of gunicorn starts the scheduler."""

from pathlib import Path

import pytest

from tests.behaviour.gunicorn import gunicorn, wait_until

APP = """\
import os, pathlib
from apscheduler.schedulers.background import BackgroundScheduler

def job():
    pathlib.Path(f"job-{os.getpid()}").touch()

scheduler = BackgroundScheduler()
scheduler.add_job(job)
scheduler.start()

def app(environ, start_response):
    return []
"""


@pytest.mark.parametrize(("options", "schedulers"), [((), 2), (("--preload",), 1)])
def test_each_worker_starts_the_scheduler(
    tmp_path: Path, options: tuple[str, ...], schedulers: int
) -> None:
    def jobs() -> int:
        return len(list(tmp_path.glob("job-*")))

    with gunicorn(tmp_path, APP, *options):
        wait_until(lambda: jobs() >= schedulers, "the jobs did not run")
    assert jobs() == schedulers
