"""What is mounted over an image, and where a path of a container is to be found then."""

import pytest

from dockerlint_py.facts import Blur, Known, LayerId, Unknown
from dockerlint_py.model.container import Container
from dockerlint_py.model.services.mounts import MountKind
from dockerlint_py.testing import project

DOCKERFILE = """\
FROM python:3.13-slim
WORKDIR /app
COPY . .
VOLUME /data /app/cache
CMD ["./start.sh"]
"""


def container(service: str, blur: Blur | None = None, **more: str) -> Container:
    compose = f"services:\n  web:\n    build: .\n{service}"
    files = {"Dockerfile": DOCKERFILE, "compose.yml": compose, **more}
    (found,) = (c for c in project(files).repository(blur).containers if c.service is not None)
    return found


def at(mounted: Container, path: str) -> str | None:
    mount = mounted.mounts.at(path)
    assert isinstance(mount, Known), mount
    return mount.value.kind.value if mount.value is not None else None


def test_the_innermost_mount_has_a_path() -> None:
    found = container("    volumes: ['.:/app', '/app/.venv', 'media:/app/media']\n")
    assert at(found, "/app/manage.py") == "a bind"
    assert at(found, "/app/.venv/bin/python") == "an anonymous volume"
    assert at(found, "/app/media/a.png") == "a volume"
    assert at(found, "/usr/bin/python") is None


def test_volumes_of_the_image_are_mounts_unless_compose_mounts_something_there() -> None:
    found = container("    volumes: ['./data:/data', '.:/app']\n")
    assert at(found, "/data/x") == "a bind"
    assert at(found, "/app/cache/x") == "an anonymous volume"
    assert [m.of_image for m in found.mounts.below("/app")] == [False, True]


def test_a_path_of_a_bind_is_a_path_of_the_repository() -> None:
    found = container("    volumes: ['./backend:/app', '/srv/files:/files']\n")
    backend, files = found.mounts.binds
    assert backend.path_of("/app/shop/wsgi.py") == "backend/shop/wsgi.py"
    assert files.path_of("/files/a") is None


def test_tmpfs_and_read_only() -> None:
    found = container("    tmpfs: /run\n    volumes: ['./a:/a:ro']\n")
    assert at(found, "/run/x") == "a tmpfs"
    assert found.mounts.binds[0].read_only.value is True  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "service",
    [
        "    volumes: ['.:${TARGET}']\n",
        "    volumes_from: [other]\n  other:\n    image: a\n",
        "    extends: {file: ../gone.yml, service: web}\n",
    ],
)
def test_something_may_be_mounted_anywhere(service: str) -> None:
    compose = f"services:\n  web:\n    build: .\n{service}"
    files = {"Dockerfile": DOCKERFILE, "compose.yml": compose}
    found = next(c for c in project(files).repository().containers if c.id == "compose.yml:web")
    assert isinstance(found.mounts.at("/app"), Unknown)
    assert found.mounts.hiding("/app") is None


def test_what_hides_a_path_is_certain_only_when_all_volumes_are_known() -> None:
    assert container("    volumes: ['.:/app']\n").mounts.hiding("/app/.venv") is not None
    hidden = Blur(frozenset({LayerId("compose.yml:web", "image volumes", 0)}))
    assert container("    volumes: ['.:/app']\n", hidden).mounts.hiding("/app/.venv") is None


def test_a_script_is_found_where_it_is_mounted() -> None:
    script = {"dev/start.sh": "#!/bin/sh\nexec gunicorn dev.wsgi\n"}
    image = {"start.sh": "#!/bin/sh\nexec gunicorn shop.wsgi\n"}
    plain = container("", **image, **script)
    assert plain.process.finals[0].invocation.text == "gunicorn shop.wsgi"
    mounted = container("    volumes: ['./dev:/app']\n", **image, **script)
    assert mounted.process.finals[0].invocation.text == "gunicorn dev.wsgi"
    file = container("    volumes: ['./dev/start.sh:/app/start.sh']\n", **image, **script)
    assert file.process.finals[0].invocation.text == "gunicorn dev.wsgi"


def test_what_a_mount_hides_is_not_looked_for_in_the_image() -> None:
    image = {"start.sh": "#!/bin/sh\nexec gunicorn shop.wsgi\n"}
    assert container("    volumes: ['/srv/app:/app']\n", **image).process.unknown
    assert container("    volumes: ['code:/app']\n", **image).process.unknown is None


def test_a_mount_is_cited_in_words() -> None:
    found = container("    volumes: ['.:/app', 'media:/media']\n")
    says = [mount.fact.says for mount in found.mounts.entries[:2]]
    assert says == ["`.` is mounted at /app", "`media` is mounted at /media"]
    assert found.mounts.entries[0].kind is MountKind.BIND
