"""Short forms written out in full: ports, volumes, `depends_on`, `env_file`, devices and the like.

Works on a validated model, in place. An entry that Compose could not parse is a problem and
dropped, unless it is doubtful: then it stays as it is written, for the model to call unknown.
"""

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from dockerlint_py.compose import gofmt
from dockerlint_py.compose.document import Budget
from dockerlint_py.compose.merge import as_mapping, build_mapping, nothing, started
from dockerlint_py.compose.patterns import ITEM, Patterns
from dockerlint_py.compose.ports import parse_port
from dockerlint_py.compose.problems import Problems, within
from dockerlint_py.compose.tree import Mapping, Scalar, Sequence, Value, text_of
from dockerlint_py.compose.volumes import (
    PROPAGATIONS,
    SELINUX,
    Part,
    ShortVolume,
    clean_target,
    parse_volume,
)
from dockerlint_py.record import NamedTuple

VALUES_OF_A_PORT = 6


class Context(NamedTuple):
    """What a transformer reports to, the path it works at, and what it may spend."""

    problems: Problems
    path: str
    budget: Budget


Transformer: TypeAlias = Callable[[Value, Context], Value | None]


def canonical(root: Mapping, problems: Problems, budget: Budget) -> None:
    """Writes all short forms of a model out in full."""
    _mapping(root, transformers(), Context(problems, "", budget))
    _drop_empty_dns(root)


def _mapping(value: Mapping, patterns: Patterns[Transformer], context: Context) -> None:
    for name in list(value.entries):
        below = patterns.down(name)
        if below is None:
            continue
        inner = context._replace(path=f"{context.path}.{name}" if context.path else name)
        made = _transformed(value.entries[name], below, inner)
        if made is None:
            del value.entries[name]
        else:
            value.entries[name] = made


def _transformed(value: Value, patterns: Patterns[Transformer], context: Context) -> Value | None:
    made: Value | None = value
    if patterns.found is not None:
        made = patterns.found(value, context)
    if isinstance(made, Mapping):
        _mapping(made, patterns, context)
    elif isinstance(made, Sequence):
        below = patterns.down(ITEM)
        if below is not None:
            items = [
                _transformed(each, below, context._replace(path=f"{context.path}[{number}]"))
                for number, each in enumerate(made.items)
            ]
            made.items = [each for each in items if each is not None]
    return made


def _drop_empty_dns(root: Mapping) -> None:
    services = root.get("services")
    for service in services.entries.values() if isinstance(services, Mapping) else ():
        dns = service.get("dns") if isinstance(service, Mapping) else None
        if isinstance(dns, Sequence):
            dns.items = [each for each in dns.items if text_of(each) != ""]


def _build(value: Value, context: Context) -> Value | None:
    del context
    return build_mapping(value)


def _text_list(value: Value, context: Context) -> Value | None:
    del context
    if isinstance(value, Scalar) and isinstance(value.value, str):
        return Sequence(value.place, value.chain, value.key, [value])
    return value


def _as_text(value: Value, context: Context) -> Value | None:
    del context
    return value.made(gofmt.text(value.value)) if isinstance(value, Scalar) else value


def _depends_on(value: Value, context: Context) -> Value | None:
    del context
    made = as_mapping(value, started)
    for each in made.entries.values():
        if isinstance(each, Mapping):
            each.entries.setdefault("condition", Scalar("service_started", each.place))
            each.entries.setdefault("required", Scalar(value=True, place=each.place))
    return made


def _names(value: Value, context: Context) -> Value | None:
    del context
    return as_mapping(value, nothing) if isinstance(value, Sequence) else value


def _env_file(value: Value, context: Context) -> Value | None:
    listed = _text_list(value, context)
    if not isinstance(listed, Sequence):
        return listed
    items: list[Value] = []
    for each in listed.items:
        if isinstance(each, Scalar):
            items.append(_single("path", each, required=Scalar(value=True, place=each.place)))
        else:
            if isinstance(each, Mapping):
                each.entries.setdefault("required", Scalar(value=True, place=each.place))
            items.append(each)
    return Sequence(listed.place, listed.chain, listed.key, items)


def _single(name: str, value: Scalar, **more: Value) -> Mapping:
    return Mapping(value.place, value.chain, value.key, {name: value, **more})


def _extends(value: Value, context: Context) -> Value | None:
    del context
    return _single("service", value) if isinstance(value, Scalar) else value


def _include(value: Value, context: Context) -> Value | None:
    del context
    return _single("path", value) if isinstance(value, Scalar) else value


def _file_mount(value: Value, context: Context) -> Value | None:
    del context
    return _single("source", value) if isinstance(value, Scalar) else value


def _gpus(value: Value, context: Context) -> Value | None:
    del context
    if not isinstance(value, Scalar):
        return value
    return Sequence(value.place, value.chain, value.key, [_single("count", value.made("all"))])


def _contexts(value: Value, context: Context) -> Value | None:
    if not isinstance(value, Sequence):
        return value
    made = Mapping(value.place, value.chain, value.key)
    for each in value.items:
        name, entry = split_pair(each)
        if entry is None and isinstance(each, Scalar):
            if each.doubt is None:
                message = f"{within(context.path)}: `{name}` must be name=value"
                context.problems.add("value", message, each.place)
        elif entry is not None:
            made.entries[name] = entry
    return made


def _ssh(value: Value, context: Context) -> Value | None:
    if not isinstance(value, Sequence):
        return value
    made = Mapping(value.place, value.chain, value.key)
    for each in value.items:
        name, entry = split_pair(each)
        if entry is None and name != "default":
            if isinstance(each, Scalar) and each.doubt is None:
                message = f"{within(context.path)}: `{name}` is not an ssh key, write id=path"
                context.problems.add("value", message, each.place)
            continue
        made.entries[name] = entry or Scalar(None, each.place, each.chain, each.place)
    return made


def split_pair(item: Value) -> tuple[str, Scalar | None]:
    """The name and the value of a `name=value` item; None when there is no `=`.

    The value has the place of its own text, and the place of the name as its key.
    """
    if not isinstance(item, Scalar):
        return "", None
    if item.pair is not None:
        name, value = item.pair
        return name, value if value.value is not None else None
    text = gofmt.text(item.value)
    name, equals, _ = text.partition("=")
    if not equals:
        return name, None
    made = item.part(len(name) + 1, len(text), text[len(name) + 1 :])
    made.key = item.part_place(0, len(name))
    return name, made


def _device(value: Value, context: Context) -> Value | None:
    if not isinstance(value, Scalar):
        return value
    parts = str(value.value).split(":")
    if len(parts) > 3:
        if value.doubt is not None:
            return value
        context.problems.add(
            "value", f"{within(context.path)}: too many colons in a device", value.place
        )
        return None
    source = parts[0]
    target = parts[1] if len(parts) > 1 and parts[1] else source
    made = _single("source", value.made(source), target=value.made(target))
    made.entries["permissions"] = value.made(parts[2] if len(parts) == 3 else "rwm")
    return made


def _ulimit(value: Value, context: Context) -> Value | None:
    if isinstance(value, Scalar) and not isinstance(value.value, int):
        if value.doubt is not None:
            return value
        context.problems.add("type", f"{within(context.path)}: must be an integer", value.place)
        return None
    return value


def _external(value: Value, context: Context) -> Value | None:
    """`external: {name: x}` as `external: true` with `name: x`."""
    if not isinstance(value, Mapping):
        return value
    external = value.get("external")
    if not isinstance(external, Mapping):
        return value
    named = external.get("name")
    own = value.get("name")
    value.entries["external"] = Scalar(
        value=True, place=external.place, chain=external.chain, key=external.key
    )
    if named is not None and own is not None and text_of(named) != text_of(own):
        message = f"{within(context.path)}: name and external.name conflict"
        context.problems.add("conflict", message, named.place)
    elif named is not None:
        value.entries.setdefault("name", named)
    return value


def _volume(value: Value, context: Context) -> Value | None:
    if not isinstance(value, Scalar):
        return value
    short = parse_volume(str(value.value))
    if short.error is not None:
        if value.doubt is not None:
            return value
        message = f"{within(context.path)}: {short.error} in `{str(value.value)[:200]}`"
        context.problems.add("volume", message, value.place)
        return None
    return long_volume(value, short)


def long_volume(value: Scalar, short: ShortVolume) -> Mapping:
    """The long form of a volume in short syntax; every attribute has the place of its part."""
    made = Mapping(value.place, value.chain, value.key)
    kind = value.part(
        0, short.source.end if short.source else 0, "bind" if short.is_bind else "volume"
    )
    made.entries["type"] = kind
    if short.source is not None:
        made.entries["source"] = _word(value, short.source)
    if short.target is not None:
        made.entries["target"] = _word(value, short.target, clean_target(short.target.text))
    bind = Mapping(value.place, value.chain)
    volume = Mapping(value.place, value.chain)
    for option in short.options:
        if option.text in ("ro", "rw"):
            made.entries["read_only"] = value.part(option.start, option.end, option.text == "ro")
        elif option.text == "nocopy":
            volume.entries["nocopy"] = value.part(option.start, option.end, value=True)
        elif option.text in PROPAGATIONS:
            bind.entries["propagation"] = _word(value, option)
        elif option.text in SELINUX:
            bind.entries["selinux"] = _word(value, option)
    if short.is_bind:
        bind.entries["create_host_path"] = Scalar(value=True, place=value.place, chain=value.chain)
    if bind.entries:
        made.entries["bind"] = bind
    if volume.entries or not (short.is_bind or short.is_tiny):
        made.entries["volume"] = volume
    return made


def _word(value: Scalar, part: Part, text: str | None = None) -> Scalar:
    return value.part(part.start, part.end, part.text if text is None else text)


def _ports(value: Value, context: Context) -> Value | None:
    if not isinstance(value, Sequence):
        return value
    items: list[Value] = []
    for number, each in enumerate(value.items):
        if isinstance(each, Scalar):
            items.extend(_port(each, context._replace(path=f"{context.path}[{number}]")))
        else:
            items.append(each)
    return Sequence(value.place, value.chain, value.key, items)


def _port(value: Scalar, context: Context) -> list[Value]:
    if isinstance(value.value, float):
        context.problems.add("port", f"{within(context.path)}: a port is no fraction", value.place)
        return []
    spec = str(value.value)
    short = parse_port(spec)
    if short.error is not None:
        if value.doubt is not None:
            return [value]
        wrong = short.wrong
        place = value.part_place(wrong.start, wrong.end) if wrong is not None else value.place
        context.problems.add(
            "port", f"{within(context.path)}: {short.error} in `{spec[:200]}`", place
        )
        return []
    context.budget.spend(value, VALUES_OF_A_PORT * len(short.mappings))
    made: list[Value] = []
    for mapping in short.mappings:
        entry = Mapping(value.place, value.chain, value.key)
        entry.entries["mode"] = Scalar("ingress", value.place, value.chain)
        if mapping.host_ip or _is_open(value, short.host_ip):
            entry.entries["host_ip"] = _word(value, short.host_ip, mapping.host_ip)
        target = value.part(short.target.start, short.target.end, mapping.target)
        entry.entries["target"] = target
        if mapping.published is not None or _is_open(value, short.published):
            entry.entries["published"] = _word(value, short.published, mapping.published or "")
        entry.entries["protocol"] = _word(value, short.protocol, mapping.protocol)
        made.append(entry)
    return made


def _is_open(value: Scalar, part: Part) -> bool:
    """Whether an empty part may be filled by a variable."""
    return not part.text and value.part_doubt(part.start, part.end) is not None


@cache
def transformers() -> Patterns[Transformer]:
    """The keys with a short form, and what writes it out."""
    table: dict[str, Transformer] = {
        "services.*.build": _build,
        "services.*.build.additional_contexts": _contexts,
        "services.*.build.provenance": _as_text,
        "services.*.build.sbom": _as_text,
        "services.*.build.secrets.*": _file_mount,
        "services.*.build.ssh": _ssh,
        "services.*.build.ulimits.*": _ulimit,
        "services.*.configs.*": _file_mount,
        "services.*.depends_on": _depends_on,
        "services.*.develop.watch.*.ignore": _text_list,
        "services.*.develop.watch.*.include": _text_list,
        "services.*.devices.*": _device,
        "services.*.dns": _text_list,
        "services.*.env_file": _env_file,
        "services.*.extends": _extends,
        "services.*.gpus": _gpus,
        "services.*.label_file": _text_list,
        "services.*.models": _names,
        "services.*.networks": _names,
        "services.*.ports": _ports,
        "services.*.secrets.*": _file_mount,
        "services.*.ulimits.*": _ulimit,
        "services.*.volumes.*": _volume,
        "configs.*": _external,
        "include.*": _include,
        "networks.*": _external,
        "secrets.*": _external,
        "volumes.*": _external,
    }
    return Patterns(table)
