"""Which configuration the nginx of a container reads: files, templates, commands."""

import pytest

from dockerlint_py.facts import Known
from dockerlint_py.testing import project

CONF = "server { listen 81; location / { proxy_pass http://web:8000; } }\n"
MAIN = "events {} http { include /etc/nginx/conf.d/*.conf; }\n"


def listens(service: str, **files: str) -> list[int | None] | str:
    """The ports of the servers in the configuration, or why it is not known."""
    compose = f"services:\n  front:\n{service}"
    named = {path.replace("__", "/").replace("_", "."): text for path, text in files.items()}
    (file_set,) = project({"compose.yml": compose, **named}).repository().file_sets
    (front,) = file_set.containers
    if not isinstance(front.nginx, Known):
        return front.nginx.why
    if front.nginx.value is None:
        return "no nginx"
    gap = front.nginx.value.gap
    ports = [each.port for server in front.nginx.value.servers for each in server.listens]
    return ports if gap is None else gap


IMAGE = "    image: nginx:1.30\n"
TO_CONF = "    volumes: ['./a.conf:/etc/nginx/conf.d/{}']\n"


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        (IMAGE, []),
        (IMAGE + TO_CONF.format("default.conf"), [81]),
        (IMAGE + TO_CONF.format("default.conf.off"), []),
        (IMAGE + "    volumes: ['.:/etc/nginx/conf.d']\n", [81]),
        (IMAGE + "    volumes: ['./a.conf:/etc/nginx/a.conf']\n    command: nginx -c a.conf\n", []),
        ("    image: nginxinc/nginx-unprivileged:1.29\n" + TO_CONF.format("a.conf"), [81]),
        ("    image: httpd:2.4\n", "no nginx"),
        ("    image: registry.example/nginx:1\n", "its base image is not known"),
        (IMAGE + "    volumes: ['/srv/conf:/etc/nginx/conf.d']\n", None),
        (IMAGE + TO_CONF.format("a.conf") + "    command: ['sh', '-c', './start']\n", None),
        (IMAGE + TO_CONF.format("a.conf") + "    entrypoint: ['/start']\n", None),
        (IMAGE + TO_CONF.format("a.conf") + "    command: nginx -p /srv\n", None),
        (IMAGE + "    volumes: ['./missing.conf:/etc/nginx/conf.d/a.conf']\n", None),
        (
            IMAGE + TO_CONF.format("a.conf")
            + "    command: sh -c 'while :; do sleep 6h; nginx -s reload; done & nginx'\n",
            [81],
        ),
        (
            IMAGE + TO_CONF.format("a.conf")
            + "    command: sh -c 'envsubst < /a > /etc/nginx/conf.d/b.conf; nginx'\n",
            None,
        ),
    ],
)  # fmt: skip
def test_what_is_read(service: str, expected: list[int] | str | None) -> None:
    found = listens(service, a_conf=CONF)
    assert found == expected if expected is not None else isinstance(found, str)


def test_a_main_file_of_ones_own_decides_what_is_included() -> None:
    mounts = "    volumes: ['./main.conf:/etc/nginx/nginx.conf', './a.conf:/etc/nginx/sites/a']\n"
    assert listens(IMAGE + mounts, a_conf=CONF, main_conf=MAIN) == []
    included = MAIN.replace("/etc/nginx/conf.d/*.conf", "sites/*")
    assert listens(IMAGE + mounts, a_conf=CONF, main_conf=included) == [81]
    lost = MAIN.replace("/etc/nginx/conf.d/*.conf", "/etc/letsencrypt/a.conf")
    assert isinstance(listens(IMAGE + mounts, a_conf=CONF, main_conf=lost), str)


TEMPLATE = "server { listen ${PORT}; server_name $host; }\n"
TO_TEMPLATES = "    volumes: ['./a.conf:/etc/nginx/templates/a.conf.template']\n"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("    environment: {PORT: '82'}\n", [82]),
        ("    environment: {PORT: '82 ssl; listen 83'}\n", [None]),
        ("    environment: [PORT]\n", [None]),
        ("    env_file: .env\n", None),
        ("", [None]),
        ("    environment: {PORT: '82', NGINX_ENVSUBST_OUTPUT_DIR: /tmp}\n", None),
        ("    environment: {PORT: '82'}\n    command: nginx-debug -g 'daemon off;'\n", [82]),
        ("    environment: {PORT: '82'}\n    command: sh -c nginx\n", []),
    ],
)
def test_templates(more: str, expected: list[int | None] | None) -> None:
    found = listens(IMAGE + TO_TEMPLATES + more, a_conf=TEMPLATE)
    assert found == expected if expected is not None else isinstance(found, str)
