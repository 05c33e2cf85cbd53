"""nginx in other images than its own: what it reads, what it is in front of."""

import pytest

from dockerlint_py.facts import Known
from dockerlint_py.model.container import Container
from dockerlint_py.testing import project

CONF = "server { listen 81; location / { proxy_pass http://127.0.0.1:8000; } }\n"
DEBIAN = "FROM python:3.13-slim\nRUN apt-get update && apt-get install -y nginx supervisor\n"
ALPINE = "FROM python:3.13-alpine\nRUN apk add --no-cache nginx\n"
START = "#!/bin/sh\npython manage.py migrate\nnginx\nexec gunicorn app:app --bind 127.0.0.1:8000\n"
END = 'COPY start.sh /start.sh\nCMD ["sh", "/start.sh"]\n'
SUPERVISORD = (
    "[supervisord]\nnodaemon=true\n[program:nginx]\ncommand=nginx -g 'daemon off;'\n"
    "[program:web]\ncommand=gunicorn app:app -b 127.0.0.1:8000\n"
)


def container(dockerfile: str, **more: str) -> Container:
    files = {"Dockerfile": dockerfile, "site.conf": CONF, "start.sh": START, "s.conf": SUPERVISORD}
    [only] = project(files | more).repository().containers
    return only


def ports(found: Container) -> list[int | None] | str:
    """The ports of the servers in the configuration, or why it is not known."""
    if not isinstance(found.nginx, Known):
        return found.nginx.why
    if found.nginx.value is None:
        return "no nginx"
    gap = found.nginx.value.gap
    listens = [each.port for server in found.nginx.value.servers for each in server.listens]
    return listens if gap is None else gap


COPY = "COPY site.conf /etc/nginx/"


@pytest.mark.parametrize(
    ("dockerfile", "expected"),
    [
        (DEBIAN + COPY + "sites-available/default\n" + END, [81]),
        (DEBIAN + COPY + "sites-enabled/\n" + END, [81]),
        (DEBIAN + COPY + "conf.d/site.conf\n" + END, [81]),
        (DEBIAN + COPY + "sites-available/site\n" + END, []),
        (DEBIAN + "RUN rm /etc/nginx/sites-enabled/default\n" + COPY + "conf.d/\n" + END, [81]),
        (DEBIAN + "RUN rm /etc/nginx/sites-enabled/default\n" + COPY + "sites-available/default\n"
         + END, []),
        (DEBIAN + COPY + "sites-available/site\n"
         "RUN ln -s /etc/nginx/sites-available/site /etc/nginx/sites-enabled/\n" + END, [81]),
        (DEBIAN + COPY + "sites-available/site\n"
         "RUN ln -sf ../sites-available/site /etc/nginx/sites-enabled/site\n" + END, [81]),
        (DEBIAN + 'RUN echo "daemon off;" >> /etc/nginx/nginx.conf\n' + COPY + "conf.d/\n" + END,
         [81]),
        (DEBIAN + "RUN echo 'include x;' >> /etc/nginx/nginx.conf\n" + COPY + "conf.d/\n" + END,
         None),
        (DEBIAN + "RUN mv /app.conf /etc/nginx/conf.d/a.conf\n" + END, None),
        (DEBIAN + "WORKDIR /etc/nginx\nRUN mv /app.conf conf.d/a.conf\n" + END, None),
        (DEBIAN + "RUN ln -s /app/site.conf /etc/nginx/conf.d/\n" + END, None),
        (DEBIAN + "COPY --from=nginx /etc/nginx/nginx.conf /etc/nginx/\n" + END, None),
        (DEBIAN + COPY + "nginx.conf\n" + END, []),
        (DEBIAN.replace("RUN", "RUN curl https://nginx.org/keys && ") + COPY + "conf.d/\n" + END,
         None),
        (DEBIAN + COPY + "conf.d/\n" + END.replace("CMD", "ENTRYPOINT"), [81]),
        (DEBIAN + COPY + 'conf.d/\nCMD ["supervisord", "-c", "/s.conf"]\nCOPY s.conf /\n', [81]),
        (DEBIAN + COPY + "conf.d/\nCMD service nginx start && gunicorn app:app\n", [81]),
        (DEBIAN + COPY + "conf.d/\nCMD nginx -t && gunicorn app:app\n", "no nginx"),
        (DEBIAN + COPY + "conf.d/\nCMD ./other.sh && nginx -g 'daemon off;'\n", None),
        (DEBIAN + COPY + "conf.d/\nCMD envsubst < /a > /etc/nginx/conf.d/a.conf && nginx\n", None),
        (DEBIAN + COPY + "conf.d/\nCMD nginx -c /etc/nginx/conf.d/site.conf; gunicorn a\n", []),
        (ALPINE + COPY + "http.d/default.conf\n" + END, [81]),
        (ALPINE + COPY + "conf.d/default.conf\n" + END, []),
        (ALPINE.replace("3.13-alpine", "3.9-alpine3.13") + COPY + "http.d/\n" + END, None),
        ("FROM python:3.13-slim\nCOPY --from=nginx /usr/sbin/nginx /usr/sbin/\n" + END, None),
        ("FROM python:3.13-slim\nCMD gunicorn app:app\n", "no nginx"),
        ("FROM openresty/openresty:alpine\n" + COPY + "conf.d/\n", [81]),
        ("FROM openresty/openresty:alpine\n" + COPY + "templates/a.conf.template\n", []),
        ("FROM openresty/openresty:1.27.1.2-0-noble\n"
         "COPY site.conf /usr/local/openresty/nginx/conf/nginx.conf\n", []),
        ("FROM bitnami/nginx:latest\nCOPY site.conf /opt/bitnami/nginx/conf/server_blocks/\n",
         [81]),
        ("FROM bitnami/nginx:latest\n" + COPY + "conf.d/\n", []),
    ],
)  # fmt: skip
def test_what_is_read(dockerfile: str, expected: list[int] | str | None) -> None:
    found = ports(container(dockerfile))
    assert found == expected if expected is not None else isinstance(found, str)


def test_a_file_that_differs_from_release_to_release_hides_headers() -> None:
    conf = "server { location / { include proxy_params; proxy_pass http://127.0.0.1:8000; } }\n"
    found = container(DEBIAN + COPY + "conf.d/\n" + END, **{"site.conf": conf})
    assert isinstance(found.nginx, Known)
    assert found.nginx.value is not None
    [passed] = found.nginx.value.passes
    assert not isinstance(passed.level.header("proxy_set_header", "host"), Known)


@pytest.mark.parametrize(
    ("end", "files", "listening"),
    [
        (END, {}, {80, 81, 8000}),
        ('CMD ["supervisord", "-c", "/s.conf"]\nCOPY s.conf /\n', {}, {80, 81, 8000}),
        (END, {"start.sh": START.replace("exec gunicorn", "exec gunicorn -b unix:/s")}, None),
        (END, {"start.sh": START.replace("nginx", "nginx\nother &")}, None),
        (END, {"start.sh": START.replace("127.0.0.1:8000", "$BIND")}, None),
        (END, {"start.sh": "nginx\nexec streamlit run app.py\n"}, None),
        (END, {"start.sh": START.replace("nginx", "service redis start\nnginx")}, None),
        ('CMD ["supervisord", "-c", "/s.conf"]\nCOPY s.conf /\n',
         {"s.conf": SUPERVISORD + "[program:x]\ncommand=streamlit run app.py\n"}, None),
    ],
)  # fmt: skip
def test_all_that_listens_is_known_or_nothing(
    end: str, files: dict[str, str], listening: set[int] | None
) -> None:
    found = container(DEBIAN + COPY + "conf.d/\n" + end, **files).network.listeners
    known = {each.port for each in found.value} if isinstance(found, Known) else None
    assert known == listening


def test_an_nginx_passes_requests_to_the_server_beside_it() -> None:
    found = container(DEBIAN + COPY + "conf.d/\n" + END)
    [proxied] = found.network.proxied
    assert isinstance(proxied.container, Known)
    assert proxied.container.value is found
    assert found.network.misled_requests == ()
    assert found.network.unreachable_servers == ()
    other = container(DEBIAN + COPY + "conf.d/\n" + END, **{"site.conf": CONF.replace("8000", "9")})
    assert [each.why for each in other.network.misled_requests] == [
        "nothing listens on port 9 of 127.0.0.1"
    ]


def test_a_pod_may_have_the_server_elsewhere() -> None:
    found = container("FROM nginx:1.30\n" + COPY + "conf.d/\n")
    assert found.network.misled_requests == ()
