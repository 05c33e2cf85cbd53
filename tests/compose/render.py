"""Our canonical model in the JSON that `docker-compose config --format json` prints.

What Go's JSON leaves out (empty values, except of pointers and of some keys) is written down here,
for it is Compose's way of printing and no part of the model.
"""

import posixpath
import re
import struct
from collections.abc import Callable

from dockerlint_py.compose import decode, gofmt
from dockerlint_py.compose.decode import Plain
from dockerlint_py.compose.loader import Loaded
from dockerlint_py.compose.normalize import services_of
from dockerlint_py.compose.patterns import Patterns
from dockerlint_py.compose.tree import Mapping, Scalar, Sequence, Value

HOME = "/home/nobody"
_RESOURCES = ("networks", "volumes", "secrets", "configs")
_UNITS = ((3_600_000_000_000, "h"), (60_000_000_000, "m"))


def render(loaded: Loaded, folder: str) -> dict[str, Plain]:
    """The model of a whole project; `folder` is the absolute path of the repository root."""
    renderer = _Renderer(folder)
    services = {
        name: renderer.service(name, service, loaded)
        for name, service in services_of(loaded.root).items()
        if name in loaded.enabled
    }
    made: dict[str, Plain] = {"name": loaded.name, "services": services}
    for section in _RESOURCES:
        resources = renderer.resources(section, loaded, services)
        if resources:
            made[section] = resources
    for name, value in loaded.root.entries.items():
        if name.startswith("x-"):
            made[name] = escaped(plain(value))
    return made


def plain(value: Value) -> Plain:
    """A value without any meaning."""
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.entries.items()}
    if isinstance(value, Sequence):
        return [plain(each) for each in value.items] or None
    return value.value


def go_duration(nanoseconds: int) -> str:
    """A duration as Go prints it: `1m30s`, `500ms`, `0s`."""
    if nanoseconds == 0:
        return "0s"
    if abs(nanoseconds) < 1_000_000_000:
        for size, unit in ((1_000_000, "ms"), (1_000, "µs"), (1, "ns")):
            if abs(nanoseconds) >= size:
                return f"{_decimal(nanoseconds, size)}{unit}"
    left = abs(nanoseconds)
    text = "-" if nanoseconds < 0 else ""
    for size, unit in _UNITS:
        if left >= size or (unit == "m" and abs(nanoseconds) >= _UNITS[0][0]):
            text += f"{left // size}{unit}"
            left %= size
    return f"{text}{_decimal(left, 1_000_000_000)}s"


def _decimal(number: int, size: int) -> str:
    digits = len(str(size)) - 1
    whole, rest = divmod(abs(number), size)
    fraction = f"{rest:0{digits}d}".rstrip("0")
    sign = "-" if number < 0 else ""
    return f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}"


def float32(number: float) -> float:
    """The number that a 32-bit float prints as."""
    stored = struct.unpack("f", struct.pack("f", number))[0]
    for digits in range(1, 10):
        text = f"{stored:.{digits}g}"
        if struct.unpack("f", struct.pack("f", float(text)))[0] == stored:
            return float(text)
    return float(stored)


def _bytes(value: Value) -> Plain:
    made = decode.size(value)
    return None if made == 0 else str(made)


def _time(value: Value) -> Plain:
    made = decode.duration(value)
    return go_duration(made) if isinstance(made, int) else None


def _float(value: Value) -> Plain:
    made = decode.number(value)
    return float32(made) if isinstance(made, int | float) else None


def _hosts(value: Value) -> Plain:
    made = decode.hosts(value)
    assert isinstance(made, dict)
    lines = [f"{host}={each}" for host, all_ in made.items() for each in _listed(all_)]
    return sorted(lines)


def _listed(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else [value]


def _mode(value: Value) -> Plain:
    made = decode.file_mode(value)
    return f"0{made:o}" if isinstance(made, int) else None


def _limit(value: Value) -> Plain:
    if isinstance(value, Scalar):
        return value.value
    made = plain(value)
    assert isinstance(made, dict)
    return {"soft": made["soft"], "hard": made["hard"]}


def _string(value: Value) -> Plain:
    return gofmt.text(value.value) if isinstance(value, Scalar) else None


def _nothing(value: Value) -> Plain:
    return None


def _texts(value: Value) -> Plain:
    items = value.items if isinstance(value, Sequence) else [value]
    return [gofmt.text(each.value) for each in items if isinstance(each, Scalar)]


def _provider_options(value: Value) -> Plain:
    assert isinstance(value, Mapping)
    return {name: _texts(each) for name, each in value.entries.items()}


def _ssh(value: Value) -> Plain:
    assert isinstance(value, Mapping)
    return list(value.entries)


# What a decoder's result looks like in JSON.
_PRINTED: dict[Callable[[Value], Plain], Callable[[Value], Plain]] = {
    decode.duration: _time,
    decode.size: _bytes,
    decode.number: _float,
    decode.hosts: _hosts,
    decode.file_mode: _mode,
}
_SPECIAL: dict[str, Callable[[Value], Plain]] = {
    "services.*.ulimits.*": _limit,
    "services.*.build.ulimits.*": _limit,
    "services.*.build.ssh": _ssh,
    "services.*.env_file": _nothing,
    "services.*.label_file": _nothing,
    "services.*.expose": _texts,
    "services.*.ports.*.published": _string,
    "networks.*.ipam.options": _nothing,
    "services.*.tmpfs": _texts,
    "services.*.dns": _texts,
    "services.*.dns_search": _texts,
    "services.*.group_add": _texts,
    "services.*.provider.options": _provider_options,
}
# Keys that stay though they are empty: Go pointers.
_POINTERS = """
services.*.attach services.*.init services.*.scale services.*.stop_grace_period
services.*.build services.*.develop services.*.blkio_config services.*.credential_spec
services.*.deploy services.*.healthcheck services.*.logging services.*.provider
services.*.healthcheck.interval services.*.healthcheck.timeout services.*.healthcheck.retries
services.*.healthcheck.start_period services.*.healthcheck.start_interval
services.*.deploy.replicas services.*.deploy.update_config services.*.deploy.rollback_config
services.*.deploy.update_config.parallelism services.*.deploy.rollback_config.parallelism
services.*.deploy.resources.limits services.*.deploy.resources.reservations
services.*.deploy.restart_policy services.*.deploy.restart_policy.delay
services.*.deploy.restart_policy.window services.*.deploy.restart_policy.max_attempts
services.*.volumes.*.bind services.*.volumes.*.volume services.*.volumes.*.tmpfs
services.*.volumes.*.image services.*.configs.*.mode services.*.secrets.*.mode
services.*.build.secrets.*.mode services.*.networks.* services.*.ulimits.*
services.*.build.ulimits.* services.*.models.* networks.*.enable_ipv4 networks.*.enable_ipv6
services.*.environment.* services.*.build.args.* services.*.depends_on.*.required
services.*.depends_on.* networks.* volumes.* secrets.* configs.*
services.*.deploy.resources services.*.deploy.placement networks.*.ipam
services.*.command services.*.entrypoint services.*.post_start.*.command
services.*.pre_stop.*.command services.*.develop.watch.*.exec
services.*.develop.watch.*.exec.command services.*.labels.* services.*.deploy.labels.*
services.*.build.labels.* services.*.annotations.* services.*.sysctls.* services.*.storage_opt.*
services.*.logging.options.* services.*.networks.*.driver_opts.* networks.*.driver_opts.*
volumes.*.driver_opts.* networks.*.labels.* volumes.*.labels.* secrets.*.labels.*
configs.*.labels.* services.*.build.additional_contexts.* services.*.volumes.*.volume.labels.*
services.*.provider.options.* services.*.gpus.*.options.* networks.*.ipam.config.*
services.*.deploy.resources.reservations.devices.*.options.* secrets.*.driver_opts.*
services.*.develop.watch.*.path services.*.develop.watch.*.action
networks.*.ipam.config.*.aux_addresses.* services.*.post_start.*.environment.*
services.*.deploy.resources.reservations.generic_resources.*.discrete_resource_spec.kind
services.*.deploy.resources.reservations.generic_resources.*.discrete_resource_spec.value
services.*.deploy.resources.reservations.generic_resources.*.discrete_resource_spec
services.*.ports.* services.*.volumes.* services.*.devices.* services.*.secrets.*
services.*.configs.* services.*.gpus.* services.*.post_start.* services.*.pre_stop.*
services.*.develop.watch.* services.*.build.secrets.* services.*.deploy.placement.preferences.*
services.*.deploy.resources.reservations.devices.*
services.*.deploy.resources.reservations.generic_resources.*
services.*.blkio_config.weight_device.* services.*.blkio_config.device_read_bps.*
services.*.blkio_config.device_write_bps.* services.*.blkio_config.device_read_iops.*
services.*.blkio_config.device_write_iops.*
"""
# Keys that are printed though nobody wrote them.
_ALWAYS: dict[str, dict[str, Plain]] = {
    "services.*": {"command": None, "entrypoint": None},
    "services.*.deploy": {"resources": {}, "placement": {}},
    "services.*.develop.watch.*": {"exec": {"command": None}},
    "networks.*": {"ipam": {}},
}


class _Renderer:
    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.special = Patterns(_SPECIAL)
        self.pointers = Patterns(dict.fromkeys(_POINTERS.split(), True))
        self.always = Patterns(_ALWAYS)

    def service(self, name: str, service: Mapping, loaded: Loaded) -> Plain:
        made = self.value(service, ("services", name))
        assert isinstance(made, dict)
        environment = self._environment(name, service, loaded)
        if environment:
            made["environment"] = environment
        labels = self._labels(name, service, loaded)
        if labels:
            made["labels"] = labels
        return made

    def _labels(self, name: str, service: Mapping, loaded: Loaded) -> Plain:
        made: dict[str, Plain] = {}
        for layer in loaded.label_files.get(name, ()):
            made.update({key: each.value for key, each in layer.values.items()})
        own = service.get("labels")
        if own is not None:
            texts = decode.texts(own)
            assert isinstance(texts, dict)
            made.update(texts)
        return escaped(made)

    def _environment(self, name: str, service: Mapping, loaded: Loaded) -> dict[str, Plain]:
        made: dict[str, Plain] = {}
        for layer in loaded.env_files.get(name, ()):
            made.update({key: each.value for key, each in layer.values.items()})
        for key, each in decode.pairs_of(service.get("environment")).items():
            made[key] = None if each.value is None else gofmt.text(each.value)
        printed = escaped(made)
        assert isinstance(printed, dict)
        return printed

    def resources(self, section: str, loaded: Loaded, services: dict[str, Plain]) -> Plain:
        used = _used(section, services)
        found = loaded.root.get(section)
        entries = found.entries if isinstance(found, Mapping) else {}
        return {
            name: self.value(each, (section, name))
            for name, each in entries.items()
            if name in used
        }

    def value(self, value: Value, path: tuple[str, ...]) -> Plain:
        special = self.special.at(*path).found
        decoder = decode.decoders().at(*path).found
        if special is not None:
            return escaped(special(value))
        if path[-1] in ("delay", "monitor") and decode.duration(value) == 0:
            return None  # no pointers in Go, so that nothing is what is printed
        if decoder is not None:
            made = _PRINTED.get(decoder, decoder)(value)
            return escaped(self._placed(made, path))
        if isinstance(value, Mapping):
            return self._mapping(value, path)
        if isinstance(value, Sequence):
            return [self.value(each, (*path, "[]")) for each in value.items]
        return escaped(self._path(_scalar(value), path))

    def _mapping(self, value: Mapping, path: tuple[str, ...]) -> Plain:
        made: dict[str, Plain] = dict(self.always.at(*path).found or {})
        for name, each in value.entries.items():
            if name.startswith("x-") and path[-1] != "depends_on":
                continue
            inner = (*path, name)
            printed = self.value(each, inner)
            if printed in (None, "", 0, False, [], {}) and not self.pointers.at(*inner).found:
                continue
            if printed is None and name in ("develop", "deploy"):
                continue
            made[name] = printed
        if path[-2:] == ("volumes", "[]") and made.get("type") == "bind":
            source = str(made["source"])
            made["source"] = source if _WINDOWS.match(source) else self._absolute(source)
        if len(path) > 2 and path[2] == "blkio_config" and path[-1] == "[]":
            return {name.capitalize(): each for name, each in made.items()}
        return made

    def _placed(self, made: Plain, path: tuple[str, ...]) -> Plain:
        if isinstance(made, dict):
            return {name: self._path(each, (*path, name)) for name, each in made.items()}
        return made

    def _path(self, text: Plain, path: tuple[str, ...]) -> Plain:
        pattern = ".".join(path)
        if not isinstance(text, str) or not _PATH.fullmatch(pattern):
            return text
        if "://" in text or text.startswith(("service:", "git@", "github.com/")):
            return text
        if path[0] != "services" and _WINDOWS.match(text):
            return text
        return self._absolute(text)

    def _absolute(self, text: str) -> str:
        if text.startswith("/"):
            return text
        if text.startswith("~"):
            return posixpath.normpath(posixpath.join(HOME, text[1:].lstrip("/")))
        return posixpath.normpath(posixpath.join(self.folder, text)) if text else text


_WINDOWS = re.compile(r"[A-Za-z]:[\\/]|\\\\")
_PATH = re.compile(
    r"services\.[^.]+\.(build\.context|build\.additional_contexts\.[^.]+|label_file\.\[\]"
    r"|develop\.watch\.\[\]\.path)|(configs|secrets)\.[^.]+\.file"
    r"|volumes\.[^.]+\.driver_opts\.device"
)


def escaped(value: Plain) -> Plain:
    """Every dollar doubled, as Compose prints what it will not interpolate again."""
    if isinstance(value, str):
        return value.replace("$", "$$")
    if isinstance(value, list):
        return [escaped(each) for each in value]
    if isinstance(value, dict):
        return {name.replace("$", "$$"): escaped(each) for name, each in value.items()}
    return value


def _scalar(value: Scalar) -> Plain:
    return value.value


def _used(section: str, services: dict[str, Plain]) -> set[str]:
    used: set[str] = set()
    for service in services.values():
        assert isinstance(service, dict)
        build = service.get("build")
        holders = [service, build if isinstance(build, dict) else {}]
        for holder in holders:
            entries = holder.get(section)
            if isinstance(entries, dict):
                used.update(entries)
            for each in entries if isinstance(entries, list) else []:
                if isinstance(each, dict) and (
                    section != "volumes" or each.get("type") == "volume"
                ):
                    used.add(str(each.get("source", "")).replace("$$", "$"))
    return used
