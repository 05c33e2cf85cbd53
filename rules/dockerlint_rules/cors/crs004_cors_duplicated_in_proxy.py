"""nginx and the application both send `Access-Control-Allow-Origin`: browsers refuse two.

## Why
`add_header` adds a header to what the application has sent, it does not replace one. A browser
takes an answer with two values for no permission at all.

## Instead
Configure CORS in one place. If that is nginx, hide the header of the application:
`proxy_hide_header Access-Control-Allow-Origin;`.

## References
- https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header
- https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS/Errors/CORSMultipleAllowOriginNotAllowed
"""

from collections.abc import Iterator

from dockerlint_py.api import Container, Finding, Severity, rule


@rule(
    "CRS004",
    "cors-duplicated-in-proxy",
    on=Container,
    severities=(Severity.ERROR,),
    tags=("cors", "nginx", "python", "hygiene"),
)
def check(container: Container) -> Iterator[Finding]:
    for doubled in container.network.doubled_cors:
        message = "the application sends this header as well: browsers refuse the answer"
        yield container.finding(doubled.place, message, because=doubled.because)
