"""nginx looks for static or media files in a folder where Django does not put them.

## Why
Three paths must fit together: `STATIC_ROOT` in the container of the application, the folder in the
configuration of nginx, and the mounts of the volume that both share. `root` adds the whole path of
the request to its folder while `alias` replaces the part that the location matched, and without its
last slash an `alias` glues the two together. If any of them is off, each file is a 404.

## Instead
Mount the volume at the same place in both containers, and name that place in `STATIC_ROOT` and in
`location /static/ { alias /static/; }`.

## References
- https://nginx.org/en/docs/http/ngx_http_core_module.html#alias
- https://docs.djangoproject.com/en/stable/ref/settings/#static-root
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "STC004",
    "static-path-mismatch",
    on=Container,
    given="may_run_code",
    severities=(Severity.ERROR,),
    tags=("static-files", "nginx", "compose", "python", "start-up"),
)
def check(container: Container) -> Iterator[Finding]:
    for found in container.static.path_mismatches:
        yield container.finding(found.place, found.what, because=found.because, key=found.url)
