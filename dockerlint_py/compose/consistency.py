"""Checks of the finished model: references, contradictions between keys, circles.

Source: `docker compose config`. Services whose profile is not active are not checked, as in
Compose. What is in doubt, or might be defined in a part that cannot be seen, is not reported.
"""

from collections.abc import Mapping as MappingABC

from dockerlint_py.compose.limits import check_limits
from dockerlint_py.compose.normalize import SERVICE_PREFIX, services_of
from dockerlint_py.compose.problems import Problems, nearest
from dockerlint_py.compose.tree import (
    Mapping,
    Scalar,
    Sequence,
    Value,
    text_of,
)
from dockerlint_py.record import NamedTuple

ALL_PROFILES = "*"


class Project(NamedTuple):
    """What the checks look at. `complete` is False when parts of the project cannot be seen."""

    root: Mapping
    enabled: MappingABC[str, Mapping]
    problems: Problems
    complete: bool
    partial: frozenset[str]


def enabled_services(root: Mapping, profiles: frozenset[str]) -> dict[str, Mapping]:
    """The services that run when these profiles are active."""
    return {
        name: service
        for name, service in services_of(root).items()
        if is_enabled(service, profiles)
    }


def is_enabled(service: Mapping, profiles: frozenset[str]) -> bool:
    """Whether a service has no profile, or one of the active ones."""
    own = service.get("profiles")
    names = [text_of(each) for each in own.items] if isinstance(own, Sequence) else []
    return not names or ALL_PROFILES in profiles or any(name in profiles for name in names)


def check_consistency(project: Project) -> None:
    """Reports everything that Compose refuses in a model whose values are all valid."""
    for name, service in project.enabled.items():
        _check_source(name, service, project)
        _check_networks(service, project)
        _check_health(service, project.problems)
        _check_dependencies(service, project)
        _check_resources(service, project)
        check_limits(service, project.problems)
        _check_watch(service, project.problems)
        _check_mounts(service, project.problems)
    _check_container_names(project)
    _check_secrets(project)
    _check_circles(project)


def _check_source(name: str, service: Mapping, project: Project) -> None:
    build = service.get("build")
    problems = project.problems
    image = service.get("image")
    doubtful = isinstance(image, Scalar) and image.doubt is not None
    if build is None and not text_of(image) and "provider" not in service.entries:
        if project.complete and name not in project.partial and not doubtful:
            message = "neither an image nor a build is given"
            problems.add("incomplete", message, service.subject)
        return
    if not isinstance(build, Mapping):
        return
    inline, file = build.get("dockerfile_inline"), build.get("dockerfile")
    if text_of(inline) and text_of(file):
        assert inline is not None
        message = "dockerfile and dockerfile_inline exclude one another"
        problems.add("conflict", message, inline.subject)
    _check_platforms(service, build, problems)
    contexts = build.get("additional_contexts")
    for label, context in contexts.entries.items() if isinstance(contexts, Mapping) else ():
        _check_context(label, context, project)


def _check_platforms(service: Mapping, build: Mapping, problems: Problems) -> None:
    platforms, platform = build.get("platforms"), service.get("platform")
    if not isinstance(platforms, Sequence) or not platforms.items or not text_of(platform):
        return
    assert isinstance(platform, Scalar)
    values = [each for each in platforms.items if isinstance(each, Scalar)]
    if platform.doubt or any(each.doubt for each in values):
        return
    if platform.value not in [each.value for each in values]:
        message = f"build.platforms must include platform `{platform.value}`"
        problems.add("conflict", message, platform.place)


def _check_context(label: str, context: Value, project: Project) -> None:
    text = text_of(context) or ""
    if not text.startswith(SERVICE_PREFIX) or _is_doubtful(context):
        return
    target = text.removeprefix(SERVICE_PREFIX)
    other = project.enabled.get(target)
    if other is None and project.complete:
        message = f"additional context `{label}` is the undefined service `{target}`"
        project.problems.add("undefined", message, context.place)
    elif other is not None and "build" not in other.entries and target not in project.partial:
        message = f"additional context `{label}` is `{target}`, which is not built"
        project.problems.add("conflict", message, context.place)


def _is_doubtful(value: Value) -> bool:
    return isinstance(value, Scalar) and value.doubt is not None


def _check_networks(service: Mapping, project: Project) -> None:
    mode, networks = service.get("network_mode"), service.get("networks")
    if not isinstance(networks, Mapping):
        return
    if text_of(mode) and networks.entries:
        assert mode is not None
        related = (networks.subject.says("networks"),)
        message = "network_mode and networks exclude one another"
        project.problems.add("conflict", message, mode.subject, related)
    for network, value in networks.entries.items():
        _defined("networks", network, value, project)


def _defined(section: str, wanted: str, at: Value, project: Project) -> None:
    """Reports a reference to something that no top-level section defines."""
    known = project.root.get(section)
    names = known.entries if isinstance(known, Mapping) else {}
    if wanted in names or not project.complete or _is_doubtful(at):
        return
    kind = section.removesuffix("s")
    message = f"the {kind} `{wanted}` is not defined"
    place = at.place if isinstance(at, Scalar) and at.value == wanted else at.subject
    project.problems.add("undefined", message, place, (), nearest(wanted, list(names)))


def _check_health(service: Mapping, problems: Problems) -> None:
    healthcheck = service.get("healthcheck")
    test = healthcheck.get("test") if isinstance(healthcheck, Mapping) else None
    if not isinstance(test, Sequence) or not test.items or _is_doubtful(test.items[0]):
        return
    if text_of(test.items[0]) not in ("CMD", "CMD-SHELL", "NONE"):
        message = "healthcheck.test must start with CMD, CMD-SHELL or NONE"
        problems.add("healthcheck-test", message, test.items[0].place)


def _check_dependencies(service: Mapping, project: Project) -> None:
    depends_on = service.get("depends_on")
    all_services = services_of(project.root)
    for wanted, value in depends_on.entries.items() if isinstance(depends_on, Mapping) else ():
        if wanted in project.enabled or _is_doubtful(_condition(value) or value):
            continue
        required = value.get("required") if isinstance(value, Mapping) else None
        optional = isinstance(required, Scalar) and required.value is False
        if wanted in all_services:
            if not optional:
                message = f"the service `{wanted}` is not started: its profile is not active"
                project.problems.add("undefined", message, value.subject)
        elif project.complete:
            message = f"the service `{wanted}` is not defined"
            suggestion = nearest(wanted, list(all_services))
            project.problems.add("undefined", message, value.subject, (), suggestion)


def _condition(value: Value) -> Value | None:
    return value.get("condition") if isinstance(value, Mapping) else None


def _check_resources(service: Mapping, project: Project) -> None:
    volumes = service.get("volumes")
    for volume in volumes.items if isinstance(volumes, Sequence) else []:
        if not isinstance(volume, Mapping) or text_of(volume.get("type")) != "volume":
            continue
        source = volume.get("source")
        if source is not None and text_of(source):
            _defined("volumes", text_of(source) or "", source, project)
    build = service.get("build")
    for section, holder in (("configs", service), ("secrets", service), ("secrets", build)):
        mounts = holder.get(section) if isinstance(holder, Mapping) else None
        for mount in mounts.items if isinstance(mounts, Sequence) else []:
            source = mount.get("source") if isinstance(mount, Mapping) else None
            at = source if source is not None else mount
            _defined(section, text_of(source) or "", at, project)
    models = service.get("models")
    for model, value in models.entries.items() if isinstance(models, Mapping) else ():
        _defined("models", model, value, project)


def _check_watch(service: Mapping, problems: Problems) -> None:
    develop = service.get("develop")
    watch = develop.get("watch") if isinstance(develop, Mapping) else None
    for trigger in watch.items if isinstance(watch, Sequence) else []:
        if not isinstance(trigger, Mapping) or _is_doubtful(trigger.get("target") or trigger):
            continue
        action = text_of(trigger.get("action"))
        if not text_of(trigger.get("target")) and action not in ("rebuild", "restart"):
            message = f"develop.watch needs a target for the action {action}"
            problems.add("value", message, trigger.place)


def _check_mounts(service: Mapping, problems: Problems) -> None:
    taken: dict[str, Value] = {}
    tmpfs, volumes = service.get("tmpfs"), service.get("volumes")
    listed = tmpfs.items if isinstance(tmpfs, Sequence) else [tmpfs]
    targets: list[tuple[str, Value]] = [
        (text.partition(":")[0], each)
        for each in listed
        if each is not None and (text := text_of(each)) is not None
    ]
    for volume in volumes.items if isinstance(volumes, Sequence) else []:
        target = volume.get("target") if isinstance(volume, Mapping) else None
        if target is not None:
            targets.append((text_of(target) or "", target))
    for path, at in targets:
        first = taken.setdefault(path, at)
        if first is not at and not _is_doubtful(at) and not _is_doubtful(first):
            related = (first.place.says("mounted here first"),)
            message = f"`{path}` is mounted twice"
            problems.add("conflict", message, at.place, related)


def _check_container_names(project: Project) -> None:
    taken: dict[str, Value] = {}
    for service in project.enabled.values():
        container = service.get("container_name")
        text = text_of(container)
        if container is None or not text or _is_doubtful(container):
            continue
        first = taken.setdefault(text, container)
        if first is not container:
            related = (first.place.says("the first container of this name"),)
            message = f"the container name `{text}` is taken"
            project.problems.add("conflict", message, container.place, related)


def _check_secrets(project: Project) -> None:
    secrets = project.root.get("secrets")
    for name, secret in secrets.entries.items() if isinstance(secrets, Mapping) else ():
        if not isinstance(secret, Mapping):
            continue
        external = secret.get("external")
        if isinstance(external, Scalar) and (external.value is True or external.doubt):
            continue
        sources = [secret.get("file"), secret.get("environment")]
        if "driver" not in secret.entries:
            continue  # reported as a value already
        if any(text_of(each) or (each is not None and _is_doubtful(each)) for each in sources):
            continue
        message = f"secret `{name}` needs `file` or `environment`"
        project.problems.add("conflict", message, secret.subject)


def _check_circles(project: Project) -> None:
    """Reports every circle of dependencies once, at the entry that closes it."""
    edges = {name: _dependencies(service, project) for name, service in project.enabled.items()}
    done: set[str] = set()
    for start in sorted(edges):
        _search(start, edges, done, project.problems)


def _dependencies(service: Mapping, project: Project) -> dict[str, Value]:
    depends_on = service.get("depends_on")
    entries = depends_on.entries if isinstance(depends_on, Mapping) else {}
    return {name: value for name, value in entries.items() if name in project.enabled}


def _search(
    start: str, edges: dict[str, dict[str, Value]], done: set[str], problems: Problems
) -> None:
    """A depth-first search with a stack of its own: a chain of services may be long."""
    if start in done:
        return
    way = {start: iter(sorted(edges[start]))}  # in the order of the way
    while way:
        last = next(reversed(way))
        name = next(way[last], None)
        if name is None:
            done.add(last)
            del way[last]
        elif name in way:
            _report_circle(name, list(way), edges[last][name], problems)
        elif name not in done:
            way[name] = iter(sorted(edges[name]))


def _report_circle(first: str, way: list[str], entry: Value, problems: Problems) -> None:
    circle = [*way[way.index(first) :], first]
    if not _is_doubtful(_condition(entry) or entry):
        message = f"a circle of dependencies: {' -> '.join(circle)}"
        problems.add("cycle", message, entry.subject)
