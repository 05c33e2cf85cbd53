"""What Compose adds on its own: defaults, implicit dependencies and networks, names of resources.

Source: `docker compose config`. Added values have the place of the thing they were added to.
"""

from dockerlint_py.compose.environment import Settings
from dockerlint_py.compose.tree import Mapping, Scalar, Sequence, Value, is_null, text_of
from dockerlint_py.compose.volumes import clean_target

NAMESPACES = ("network_mode", "ipc", "pid", "uts", "cgroup")
SERVICE_PREFIX = "service:"
CONTAINER_PREFIX = "container:"


def services_of(root: Mapping) -> dict[str, Mapping]:
    """The services of a model that are mappings, as all of a validated one are."""
    services = root.get("services")
    if not isinstance(services, Mapping):
        return {}
    return {name: each for name, each in services.entries.items() if isinstance(each, Mapping)}


def set_defaults(root: Mapping) -> None:
    """Defaults inside ports, secrets, builds and device requests."""
    for service in services_of(root).values():
        build = service.get("build")
        if isinstance(build, Mapping):
            build.entries.setdefault("context", Scalar(".", build.subject, build.chain))
        for secret in _mappings_in(service.get("secrets")):
            source = secret.get("source")
            target = f"/run/secrets/{text_of(source) or ''}"
            secret.entries.setdefault("target", Scalar(target, secret.place, secret.chain))
        for port in _mappings_in(service.get("ports")):
            port.entries.setdefault("protocol", Scalar("tcp", port.place, port.chain))
            port.entries.setdefault("mode", Scalar("ingress", port.place, port.chain))
        for request in [*_mappings_in(service.get("gpus")), *_reserved_devices(service)]:
            if "count" not in request.entries and "device_ids" not in request.entries:
                request.entries["count"] = Scalar(
                    value="all", place=request.place, chain=request.chain
                )


def _mappings_in(value: Value | None) -> list[Mapping]:
    items = value.items if isinstance(value, Sequence) else []
    return [each for each in items if isinstance(each, Mapping)]


def _reserved_devices(service: Mapping) -> list[Mapping]:
    value: Value | None = service
    for name in ("deploy", "resources", "reservations", "devices"):
        value = value.get(name) if isinstance(value, Mapping) else None
    return _mappings_in(value)


def resolve_environment(root: Mapping, settings: Settings) -> None:
    """`environment: [NAME]` takes the value of NAME from the variables of its own project."""
    for service in services_of(root).values():
        environment = service.get("environment")
        if isinstance(environment, Sequence):
            environment.items = [_resolved_item(each, settings) for each in environment.items]


def _resolved_item(item: Value, settings: Settings) -> Value:
    if not isinstance(item, Scalar) or item.pair is not None:
        return item
    name = text_of(item)
    setting = settings.get(name) if name is not None else None
    if name is None or "=" in name or setting is None:
        return item
    value = Scalar(setting.value, setting.origin or item.place, item.chain, item.place)
    value.doubt = setting.doubt
    made = Scalar(f"{name}={setting.value}", item.place, item.chain, item.key, doubt=setting.doubt)
    made.pair = (name, value)
    return made


def normalize(root: Mapping, settings: Settings, name: str | None, *, strict: bool) -> None:
    """Completes the model of a whole project, in place."""
    services = services_of(root)
    _networks(root, services)
    for service in services.values():
        _build(service, settings, strict=strict)
        _environment(service, settings, strict=strict)
        _dependencies(service)
        _replicas(service)
        if text_of(service.get("pull_policy")) == "if_not_present":
            policy = service.entries["pull_policy"]
            assert isinstance(policy, Scalar)
            service.entries["pull_policy"] = policy.made("missing")
        for volume in _mappings_in(service.get("volumes")):
            target = volume.get("target")
            if isinstance(target, Scalar) and isinstance(target.value, str):
                volume.entries["target"] = target.made(clean_target(target.value) or ".")
    _names(root, name)


def _networks(root: Mapping, services: dict[str, Mapping]) -> None:
    used = False
    for service in services.values():
        if "provider" in service.entries or "network_mode" in service.entries:
            continue
        networks = service.get("networks")
        if not isinstance(networks, Mapping) or not networks.entries:
            default = Scalar(None, service.subject, service.chain)
            entries: dict[str, Value] = {"default": default}
            service.entries["networks"] = Mapping(service.subject, service.chain, None, entries)
            used = True
        elif "default" in networks.entries:
            used = True
    if not used:
        return
    networks = root.entries.setdefault("networks", Mapping(root.place))
    if isinstance(networks, Mapping):
        networks.entries.setdefault("default", Scalar(None, root.place))


def _build(service: Mapping, settings: Settings, *, strict: bool) -> None:
    build = service.get("build")
    if not isinstance(build, Mapping):
        return
    build.entries.setdefault("context", Scalar(".", build.subject, build.chain))
    if "dockerfile_inline" not in build.entries:
        default = Scalar("Dockerfile", build.subject, build.chain)
        build.entries.setdefault("dockerfile", default)
    args = build.get("args")
    if args is not None:
        build.entries["args"] = _inherited(args, settings, strict=strict, keep=False)


def _environment(service: Mapping, settings: Settings, *, strict: bool) -> None:
    environment = service.get("environment")
    if environment is not None:
        made = _inherited(environment, settings, strict=strict, keep=True)
        service.entries["environment"] = made


def _inherited(value: Value, settings: Settings, *, strict: bool, keep: bool) -> Value:
    """Names without a value take that of the variable of the same name."""
    if isinstance(value, Mapping):
        for name in list(value.entries):
            each = value.entries[name]
            if isinstance(each, Scalar) and each.value is None:
                made = _from_settings(name, each, settings, strict=strict)
                if made.value is None and made.doubt is None and not keep:
                    del value.entries[name]
                else:
                    value.entries[name] = made
        return value
    if not isinstance(value, Sequence):
        return value
    items: list[Value] = []
    for item in value.items:
        made_item = _inherited_item(item, settings, strict=strict)
        if (
            keep
            or not isinstance(made_item, Scalar)
            or "=" in str(made_item.value)
            or made_item.doubt is not None
        ):
            items.append(made_item)
    return Sequence(value.place, value.chain, value.key, items)


def _from_settings(name: str, value: Scalar, settings: Settings, *, strict: bool) -> Scalar:
    setting = settings.get(name)
    if setting is None:
        doubt = None if strict else f"{name} comes from the environment of whoever runs this"
        return Scalar(None, value.place, value.chain, value.key, doubt=doubt, node=value.node)
    place = setting.origin or value.subject
    return Scalar(setting.value, place, value.chain, value.key, doubt=setting.doubt)


def _inherited_item(item: Value, settings: Settings, *, strict: bool) -> Value:
    name = text_of(item)
    if not isinstance(item, Scalar) or name is None or "=" in name:
        return item
    empty = Scalar(None, item.place, item.chain, item.place)
    value = _from_settings(name, empty, settings, strict=strict)
    text = name if value.value is None else f"{name}={value.value}"
    made = Scalar(text, item.place, item.chain, item.key, doubt=item.doubt or value.doubt)
    made.pair = (name, value)
    return made


def _dependencies(service: Mapping) -> None:
    """Links, shared namespaces and `volumes_from` imply that the other service starts first."""
    depends_on = service.get("depends_on")
    if not isinstance(depends_on, Mapping):
        depends_on = Mapping(service.subject, service.chain)
    for text, place in _texts(service.get("links")):
        parts = text.split(":")
        _depend(depends_on, parts[0] if len(parts) == 2 else text, place, restart=True)
    for namespace in NAMESPACES:
        value = service.get(namespace)
        text = text_of(value) or ""
        if value is not None and text.startswith(SERVICE_PREFIX):
            place = value if isinstance(value, Scalar) else Scalar(None, service.subject)
            _depend(depends_on, text.removeprefix(SERVICE_PREFIX), place, restart=True)
    for text, place in _texts(service.get("volumes_from")):
        if not text.startswith(CONTAINER_PREFIX):
            _depend(depends_on, text.split(":")[0], place, restart=False)
    if depends_on.entries:
        service.entries["depends_on"] = depends_on


def _replicas(service: Mapping) -> None:
    scale, deploy = service.get("scale"), service.get("deploy")
    if scale is not None and isinstance(deploy, Mapping):
        deploy.entries.setdefault("replicas", scale)


def _texts(value: Value | None) -> list[tuple[str, Scalar]]:
    items = value.items if isinstance(value, Sequence) else []
    return [
        (each.value, each)
        for each in items
        if isinstance(each, Scalar) and isinstance(each.value, str)
    ]


def _depend(depends_on: Mapping, name: str, at: Scalar, *, restart: bool) -> None:
    if name in depends_on.entries:
        return
    made = Mapping(at.place, at.chain, at.place)
    made.entries["condition"] = Scalar("service_started", at.place, at.chain, doubt=at.doubt)
    made.entries["restart"] = Scalar(value=restart, place=at.place, chain=at.chain)
    made.entries["required"] = Scalar(value=True, place=at.place, chain=at.chain)
    depends_on.entries[name] = made


def _names(root: Mapping, project: str | None) -> None:
    for section in ("networks", "volumes", "configs", "secrets"):
        resources = root.get(section)
        if not isinstance(resources, Mapping):
            continue
        for key in list(resources.entries):
            resource = resources.entries[key]
            if not isinstance(resource, Mapping):
                resource = Mapping(resource.place, resource.chain, resource.key)
                resources.entries[key] = resource
            if is_null(resource.get("name")):
                resource.entries["name"] = _resource_name(resource, key, project)


def _resource_name(resource: Mapping, key: str, project: str | None) -> Scalar:
    external = resource.get("external")
    if isinstance(external, Scalar) and external.value is True:
        return Scalar(key, resource.subject, resource.chain)
    doubt = None if project is not None else "the name of the project is not known"
    return Scalar(f"{project or ''}_{key}", resource.subject, resource.chain, doubt=doubt)
