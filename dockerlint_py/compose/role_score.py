"""Signals in the contents of a file set, for development or for production, with weights."""

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from dockerlint_py.compose import decode
from dockerlint_py.compose.loader import Loaded
from dockerlint_py.compose.normalize import services_of
from dockerlint_py.compose.tree import Mapping, Scalar, Sequence, Value, text_of
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

DEV, PROD = "dev", "prod"


class Signal(NamedTuple):
    """One sign: what it speaks for, of which kind it is, how much it weighs, and where it is."""

    role: str
    kind: str
    weight: int
    says: str
    place: Place


Finder: TypeAlias = Callable[[str, Mapping, Loaded], Iterator[Signal]]

_DEV_COMMAND = regex(
    r"\brunserver(?:_plus)?\b|\bflask (?:--\S+ )*run\b|\bfastapi dev\b|--reload\b|\bdebugpy\b"
    r"|\bwatchmedo\b|\bwatchfiles\b"
)
_PROD_COMMAND = regex(
    r"\bgunicorn\b|\buwsgi\b|\bdaphne\b|\bhypercorn\b|\bgranian\b|\buvicorn\b.*--workers"
    r"|\bfastapi run\b"
)
_DEV_WORDS = frozenset({"dev", "develop", "development", "local", "debug"})
_PROD_WORDS = frozenset({"prod", "production"})
_CODE_FOLDERS = frozenset({"app", "code", "src", "srv", "workspace", "usr", "home", "opt", "web"})
_DATA_WORDS = frozenset(
    [
        "static",
        "media",
        "conf",
        "config",
        "nginx",
        "certs",
        "ssl",
        "data",
        "logs",
        "log",
        "backup",
        "backups",
        "init",
        "templates",
        "public",
        "scripts",
        "letsencrypt",
        "uploads",
        "staticfiles",
        "db",
        "postgres",
        "redis",
        "etc",
    ]
)
_MOCK = regex("mailpit|mailhog|maildev|mailcatcher|stripe-mock|localstack")
_TLS_PROXY = regex("traefik|caddy|certbot")
_PROXY = regex("nginx|haproxy")
_RESTARTS = ("always", "unless-stopped")
_DEBUGGER_PORT = "5678"


def signals(loaded: Loaded) -> list[Signal]:
    """All signals of a set; an unknown value counts with the default it has."""
    services = services_of(loaded.root)
    found = [
        one
        for name, service in services.items()
        for finder in _FINDERS
        for one in finder(name, service, loaded)
    ]
    found.extend(_restarts(services))
    return found


def _words(text: str) -> set[str]:
    return {word for word in re.split(r"[^a-z0-9]+", text.lower()) if word}


def _command(name: str, service: Mapping, loaded: Loaded) -> Iterator[Signal]:
    del name, loaded
    for key in ("command", "entrypoint"):
        value = service.get(key)
        text = _joined(value)
        if value is None or not text:
            continue
        match = _DEV_COMMAND.search(text)
        if match is not None:
            yield Signal(DEV, "server", 4, f"`{match[0]}`", value.place)
        elif (match := _PROD_COMMAND.search(text)) is not None:
            yield Signal(PROD, "server", 2, f"`{match[0].split()[0]}`", value.place)


def _joined(value: Value | None) -> str:
    if isinstance(value, Sequence):
        return " ".join(text_of(each) or "" for each in value.items)[:5000]
    return (text_of(value) or "")[:5000]


def _mounts(name: str, service: Mapping, loaded: Loaded) -> Iterator[Signal]:
    del name, loaded
    volumes = service.get("volumes")
    if service.get("build") is None or not isinstance(volumes, Sequence):
        return
    for volume in volumes.items:
        if isinstance(volume, Mapping) and _mounts_source(volume):
            yield Signal(DEV, "mount", 3, "source code mounted into the container", volume.place)


def _mounts_source(volume: Mapping) -> bool:
    read_only = volume.get("read_only")
    if text_of(volume.get("type")) != "bind":
        return False
    if isinstance(read_only, Scalar) and read_only.value is True:
        return False
    source = text_of(volume.get("source")) or ""
    target = text_of(volume.get("target")) or ""
    if source.startswith(("/", "~")) or posixpath.splitext(source)[1]:
        return False
    first = target.strip("/").split("/")[0]
    return first in _CODE_FOLDERS and not (_words(source) | _words(target)) & _DATA_WORDS


def _environment(name: str, service: Mapping, loaded: Loaded) -> Iterator[Signal]:
    for key, value in decode.pairs_of(service.get("environment")).items():
        yield from _variable(key, str(value.value).lower(), value.place)
    for layer in loaded.env_files.get(name, ()):
        yield from _role_words("environment", posixpath.basename(layer.path), layer.place)
        for each in layer.values.values():
            yield from _variable(each.name, each.value.lower(), each.value_place)


def _variable(key: str, value: str, place: Place) -> Iterator[Signal]:
    if key == "DEBUG" or key.endswith("_DEBUG"):
        if value in ("1", "true", "yes", "on"):
            yield Signal(DEV, "debug", 3, f"{key} is on", place)
        elif value in ("0", "false", "no", "off"):
            yield Signal(PROD, "debug", 1, f"{key} is off", place)
    elif key in ("DJANGO_SETTINGS_MODULE", "FLASK_ENV", "FLASK_CONFIG") or key in (
        "ENV",
        "ENVIRONMENT",
        "APP_ENV",
        "NODE_ENV",
    ):
        yield from _role_words("environment", value, place)


def _role_words(kind: str, text: str, place: Place) -> Iterator[Signal]:
    found = _words(text)
    dev, prod = found & _DEV_WORDS, found & _PROD_WORDS
    if dev and not prod:
        yield Signal(DEV, kind, 2, f"`{text[:60]}`", place)
    elif prod and not dev:
        yield Signal(PROD, kind, 2, f"`{text[:60]}`", place)


def _build(name: str, service: Mapping, loaded: Loaded) -> Iterator[Signal]:
    del name, loaded
    build = service.get("build")
    for key in ("target", "dockerfile"):
        value = build.get(key) if isinstance(build, Mapping) else None
        text = text_of(value)
        if value is not None and text:
            yield from _role_words("build", text, value.place)


def _shape(name: str, service: Mapping, loaded: Loaded) -> Iterator[Signal]:
    """Keys whose mere presence tells something."""
    del loaded
    develop, deploy = service.get("develop"), service.get("deploy")
    if isinstance(develop, Mapping) and "watch" in develop.entries:
        yield Signal(DEV, "watch", 3, "develop.watch", develop.subject)
    if isinstance(deploy, Mapping) and deploy.entries:
        yield Signal(PROD, "deploy", 1, f"deploy of {name}", deploy.subject)
    for key in ("stdin_open", "tty"):
        value = service.get(key)
        if isinstance(value, Scalar) and value.value is True:
            yield Signal(DEV, "terminal", 1, key, value.subject)


def _image(name: str, service: Mapping, loaded: Loaded) -> Iterator[Signal]:
    del loaded
    value = service.get("image")
    text = (text_of(value) or "").lower()
    place = value.place if value is not None else service.subject
    image = text.partition("@")[0].rpartition("/")[2].partition(":")[0] or name.lower()
    if _MOCK.search(image) or _MOCK.search(name.lower()):
        yield Signal(DEV, "mock", 2, f"{image} stands in for a real service", place)
    if _TLS_PROXY.search(image):
        yield Signal(PROD, "proxy", 2, f"proxy {image}", place)
    elif _PROXY.search(image):
        yield Signal(PROD, "proxy", 1, f"proxy {image}", place)


def _ports(name: str, service: Mapping, loaded: Loaded) -> Iterator[Signal]:
    del name, loaded
    ports = service.get("ports")
    for port in ports.items if isinstance(ports, Sequence) else []:
        if not isinstance(port, Mapping):
            continue
        published = text_of(port.get("published"))
        if published == _DEBUGGER_PORT:
            yield Signal(DEV, "mock", 2, "the debugger's port is published", port.place)
        elif published in ("80", "443"):
            yield Signal(PROD, "port", 1, f"port {published} is published", port.place)


def _restarts(services: dict[str, Mapping]) -> Iterator[Signal]:
    """`restart` on most services."""
    values = [service.get("restart") for service in services.values()]
    restarting = [one for one in values if one is not None and text_of(one) in _RESTARTS]
    if restarting and len(restarting) >= 0.6 * len(services):
        says = "most services restart on their own"
        yield Signal(PROD, "restart", 2, says, restarting[0].subject)


_FINDERS: tuple[Finder, ...] = (
    _command,
    _mounts,
    _environment,
    _build,
    _shape,
    _image,
    _ports,
)
