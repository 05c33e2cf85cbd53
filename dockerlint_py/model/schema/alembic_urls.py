"""Database URLs in `alembic.ini` that only the developer's database has."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.context import paths
from dockerlint_py.facts import Known, Unknown
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place, Source
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.application import Application
    from dockerlint_py.model.container import Container

_FILE = "alembic.ini"
_URL = regex(r"^sqlalchemy\.url[ \t]*[=:][ \t]*([^\s#;]+)", re.MULTILINE)
_SERVER = regex(r"[a-z0-9+]{1,40}://[^/%]*[^/%@:]")
_TEMPLATE = "driver://"
"""What `alembic init` writes, to be replaced."""
_OVERRIDES = regex(
    r"set_(?:main|section)_option|create_(?:async_)?engine|\[[\"']sqlalchemy\.url[\"']\]"
    r"|environ|getenv|[Ss]ettings|dotenv|get_x_argument|current_app"
)
"""What takes the URL from elsewhere mentions one of these."""
_DATABASE_VARIABLE = regex(r"(?:\A|_)(?:DATABASE|DB|MYSQL|POSTGRES|SQLALCHEMY)(?:_|\Z)")


_ASSIGNED = regex(
    r"^([A-Z_]{0,40}(?:DATABASE|DB|POSTGRES)[A-Z_]{0,40})[ \t]*=[ \t]*"
    r"(?:os\.environ|os\.getenv|getenv|env|environ|config)\b",
    re.MULTILINE,
)


class HardcodedUrl(NamedTuple):
    """A URL in the configuration of migrations, and a variable that the application reads."""

    place: Place
    env: Known[str]
    read: Known[str]


def hardcoded_urls_of(application: "Application") -> Iterator[HardcodedUrl]:
    """The URLs that migrations use whatever the environment is."""
    files = application.python_files
    for history in application.histories:
        ini = _configuration(application, paths.split(history.env)[0])
        source = files.source(history.env)
        if ini is None or _OVERRIDES.search(source.text):
            continue
        match = _URL.search(ini.text)
        url = match[1] if match else ""
        read = _database_read(application) if _SERVER.match(url) else None
        if match is None or read is None or url.startswith(_TEMPLATE):
            continue
        if not _is_replaced(application, ini.path):
            says = f"{history.env} takes the URL as it stands there"
            env = Known(history.env, (source.place(0, 0),), says=says)
            yield HardcodedUrl(ini.place(*match.span(1)), env, read)


def _is_replaced(application: "Application", file: str) -> bool:
    """Whether every service has something else mounted where its image has the file, or would."""
    containers = application.containers or application.repository.containers
    services = [each for each in containers if each.service is not None and each.build is not None]
    return bool(services) and all(_is_hidden(each, file) for each in services)


def _is_hidden(container: "Container", file: str) -> bool:
    landings = container.build.landings(file) if container.build is not None else ()
    if not landings:
        return bool(container.mounts.entries)  # where the file would be is not known
    mounts = [container.mounts.at(landing) for landing in landings]
    return any(
        isinstance(mount, Unknown)
        or (mount.value is not None and mount.value.path_of(landing) != file)
        for mount, landing in zip(mounts, landings, strict=True)
    )


def _configuration(application: "Application", folder: str) -> Source | None:
    """The nearest configuration above an environment."""
    while folder:
        folder = paths.split(folder)[0]
        source = application.repository.snapshot.text(paths.join(folder, _FILE))
        if source is not None:
            return source
    return None


def _database_read(application: "Application") -> Known[str] | None:
    """A variable for the database that the application reads, or a name that it gives to one."""
    startups = (each for c in application.containers for each in c.code.startups)
    for read in (read for startup in startups for read in startup.evaluator.reads):
        if _DATABASE_VARIABLE.search(read.name):
            says = f"the application reads {read.name}"
            return Known(read.name, (read.place,), says=says)
    files = application.python_files
    for path in application.files:
        match = _ASSIGNED.search(files.text(path))
        if match is not None:
            says = f"{path} reads {match[1]} from the environment"
            return Known(match[1], (files.source(path).place(*match.span(1)),), says=says)
    return None
