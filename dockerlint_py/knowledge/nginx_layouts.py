"""Where the nginx of an image or of a package reads its configuration.

Read from the images' Dockerfiles and the packages of Debian 12 and Alpine 3.22, 2026-11-24.
"""

from dockerlint_py.record import NamedTuple


class NginxLayout(NamedTuple):
    """The files of an nginx as it is installed.

    `main` is the file that it reads and `prefix` the folder that a relative `-c` starts from.
    `includes` are what the `http` block of that file takes in; `own` are files and folders beside
    it that hold nothing of interest.
    `template_folder`: the image makes the files of `sites` out of those in it. `links` are links
    that are made with the package, `port` is where a server of its own listens.
    """

    main: str
    prefix: str
    includes: tuple[str, ...]
    own: tuple[str, ...]
    port: int = 80
    sites: str = ""
    template_folder: str = ""
    links: tuple[tuple[str, str], ...] = ()

    @property
    def folder(self) -> str:
        """The folder of the main file: its includes start there."""
        return self.main.rpartition("/")[0]


_OWN = ("mime.types", "fastcgi_params", "scgi_params", "uwsgi_params", "modules")
_CONF_D = "/etc/nginx/conf.d/*.conf"
_MAIN = "/etc/nginx/nginx.conf"

OFFICIAL = NginxLayout(
    *(_MAIN, "/etc/nginx", (_CONF_D,), _OWN),
    sites="/etc/nginx/conf.d",
    template_folder="/etc/nginx/templates",
)
OF_IMAGES = {
    "nginx": OFFICIAL,
    "nginxinc/nginx-unprivileged": OFFICIAL._replace(port=8080),
    "openresty/openresty": NginxLayout(
        "/usr/local/openresty/nginx/conf/nginx.conf", "/usr/local/openresty/nginx", (_CONF_D,), _OWN
    ),
    "bitnami/nginx": NginxLayout(
        "/opt/bitnami/nginx/conf/nginx.conf",
        "/opt/bitnami/nginx",
        ("/opt/bitnami/nginx/conf/context.d/http/*.conf", "server_blocks/*.conf"),
        (*_OWN, "bitnami"),
        port=8080,
    ),
}
"""Layouts by the names of images."""

OF_PACKAGES = {
    "debian": NginxLayout(
        *(_MAIN, "/usr/share/nginx", (_CONF_D, "/etc/nginx/sites-enabled/*")),
        (*_OWN, "fastcgi.conf", "koi-utf", "koi-win", "win-utf", "modules-enabled"),
        # Not proxy_params: its Host was $http_host, and is $host since updates of 2026.
        links=(("/etc/nginx/sites-enabled/default", "/etc/nginx/sites-available/default"),),
    ),
    "alpine": NginxLayout(
        *(_MAIN, "/var/lib/nginx", ("/etc/nginx/http.d/*.conf",), (*_OWN, "fastcgi.conf")),
    ),
}
"""Layouts by the families of distributions."""

PACKAGES = "nginx|nginx-light|nginx-core|nginx-full|nginx-extras"
OLD_ALPINE = ("3.13", "3.12", "3.11", "3.10", "3.9", "3.8", "3.7", "3.6", "3.5", "3.4", "3.3")
"""Releases whose nginx takes in conf.d instead."""
