"""What rules and the rest of the tool see of a set of Compose files."""

from collections.abc import Mapping as MappingABC
from functools import cached_property

from dockerlint_py.compose import decode, gofmt
from dockerlint_py.compose.command import Command, command_of
from dockerlint_py.compose.env_files import EnvFileLayer
from dockerlint_py.compose.loader import Gap, Loaded
from dockerlint_py.compose.merge import Ineffective
from dockerlint_py.compose.normalize import services_of
from dockerlint_py.compose.parts import (
    Build,
    Dependency,
    HealthCheck,
    Mount,
    Port,
    build_of,
    dependencies_of,
    duration_fact,
    flag_fact,
    health_of,
    mounts_of,
    number_fact,
    ports_of,
    text_fact,
    texts_fact,
)
from dockerlint_py.compose.problems import Problem
from dockerlint_py.compose.traps import (
    HiddenValue,
    LostZero,
    Swallowed,
    hidden_values,
    lost_zeros,
    swallowed_variables,
)
from dockerlint_py.compose.tree import Mapping, Scalar, Value, Variable
from dockerlint_py.facts import Environment, EnvLayer, Fact, Known, Unknown
from dockerlint_py.text import Place, Source


class Service:
    """One service of a file set, in canonical form, with a fact for every attribute."""

    def __init__(self, name: str, value: Mapping, loaded: Loaded) -> None:
        self.name = name
        self.value = value
        self._loaded = loaded

    def __repr__(self) -> str:
        return f"Service({self.name!r})"

    @property
    def place(self) -> Place:
        """Where the service is named."""
        return self.value.subject

    @property
    def gap(self) -> Gap | None:
        """Why only a part of the service is known (it extends something unseen), or None."""
        return self._loaded.partial.get(self.name)

    @property
    def enabled(self) -> bool:
        """Whether the service starts without a profile being asked for."""
        return self.name in self._loaded.enabled

    def get(self, key: str) -> Value | None:
        """The canonical value of a key, for what has no property here."""
        return self.value.get(key)

    def text(self, key: str) -> Fact[str | None]:
        """A text attribute such as `image`, `user`, `working_dir`, `network_mode`, `restart`."""
        value = self.value.get(key)
        return self._absent() if value is None else text_fact(value)

    def flag(self, key: str) -> Fact[bool]:
        """A boolean attribute such as `privileged`, `tty`, `init`."""
        value = self.value.get(key)
        if value is None and self.gap is not None:
            return Unknown(self.gap.why, None, (self.gap.place,))
        return flag_fact(value)

    def texts(self, key: str) -> Fact[tuple[str, ...]]:
        """A list attribute such as `cap_add`, `security_opt`, `expose`, `profiles`, `tmpfs`."""
        value = self.value.get(key)
        if value is None and self.gap is not None:
            return Unknown(self.gap.why, None, (self.gap.place,))
        return texts_fact(value)

    def _absent(self) -> Fact[str | None]:
        if self.gap is not None:
            return Unknown(self.gap.why, None, (self.gap.place,))
        return Known(None, (self.place,))

    @property
    def image(self) -> Fact[str | None]:
        """The image; with a build, the name that it gets."""
        return self.text("image")

    @cached_property
    def build(self) -> Build | None:
        """How the image is built, if it is."""
        return build_of(self.value.get("build"))

    @cached_property
    def command(self) -> Command:
        """The command, over the CMD of the image."""
        return self._command("command")

    @cached_property
    def entrypoint(self) -> Command:
        """The entrypoint, over the ENTRYPOINT of the image, whose CMD it discards."""
        return self._command("entrypoint")

    def _command(self, key: str) -> Command:
        value = self.value.get(key)
        made = command_of(value)
        if value is None and self.gap is not None:
            return made._replace(argv=Unknown(self.gap.why, None, (self.gap.place,)))
        return made

    @cached_property
    def ports(self) -> tuple[Port, ...]:
        """The published ports; ranges are written out."""
        return ports_of(self.value.get("ports"))

    @property
    def has_own_network(self) -> bool:
        """Whether it is known that the service does not run in the network of the host."""
        mode = self.text("network_mode")
        return isinstance(mode, Known) and mode.value != "host"

    @property
    def published_to_all(self) -> tuple[Port, ...]:
        """The ports that Docker publishes on all addresses of the host."""
        ports = self.ports if self.has_own_network else ()
        return tuple(port for port in ports if port.is_for_all)

    @cached_property
    def mounts(self) -> tuple[Mount, ...]:
        """The entries of `volumes`."""
        return mounts_of(self.value.get("volumes"))

    @cached_property
    def healthcheck(self) -> HealthCheck | None:
        """The health check, over the HEALTHCHECK of the image."""
        return health_of(self.value.get("healthcheck"))

    @cached_property
    def dependencies(self) -> tuple[Dependency, ...]:
        """The services that start first, implied ones included."""
        return dependencies_of(self.value)

    @property
    def profiles(self) -> tuple[str, ...]:
        """The profiles that the service belongs to."""
        fact = self.texts("profiles")
        return (fact.value if isinstance(fact, Known) else fact.maybe) or ()

    @property
    def replicas(self) -> Fact[int | None]:
        """How many containers: `scale`, else `deploy.replicas`; None when neither is given."""
        scale = self.value.get("scale")
        deploy = self.value.get("deploy")
        if scale is None and isinstance(deploy, Mapping):
            scale = deploy.get("replicas")
        return number_fact(scale)

    @property
    def stop_grace_period(self) -> Fact[int | None]:
        """How long it may take to end, in nanoseconds; None when nothing says so."""
        value = self.value.get("stop_grace_period")
        if value is None and self.gap is not None:
            return Unknown(self.gap.why, None, (self.gap.place,))
        return duration_fact(value)

    @property
    def env_files(self) -> tuple[EnvFileLayer, ...]:
        """The files of `env_file`, the weakest first."""
        return self._loaded.env_files.get(self.name, ())

    @cached_property
    def variables(self) -> MappingABC[str, Scalar]:
        """The entries of `environment`; a null one hides other layers, or comes from outside."""
        return decode.pairs_of(self.value.get("environment"))

    @cached_property
    def labels(self) -> MappingABC[str, Scalar]:
        """The labels of its containers."""
        return decode.pairs_of(self.value.get("labels"))

    @property
    def lost_zeros(self) -> tuple[LostZero, ...]:
        """The numbers that arrive without their last zeros."""
        return tuple(lost_zeros(self))

    @property
    def swallowed_variables(self) -> tuple[Swallowed, ...]:
        """The variables of its commands that Compose replaces by nothing."""
        return tuple(swallowed_variables(self))

    @property
    def hidden_values(self) -> tuple[HiddenValue, ...]:
        """The values of `env_file` that an empty entry of `environment` hides."""
        return tuple(hidden_values(self))

    @cached_property
    def environment(self) -> Environment:
        """`env_file` layers and `environment` over them, as `Environment` layers."""
        layers = [_env_file_layer(each) for each in self.env_files]
        values = {name: _variable(each) for name, each in self.variables.items()}
        rest: Unknown[str] | None = None
        if self.gap is not None:
            layers.insert(
                0, EnvLayer("extends", {}, Unknown(self.gap.why, None, (self.gap.place,)))
            )
        layers.append(EnvLayer("environment", values, rest))
        return Environment(tuple(layers))


def _variable(value: Scalar) -> Fact[str]:
    text = "" if value.value is None else gofmt.text(value.value)
    if value.doubt is not None:
        return Unknown(value.doubt, text if value.value is not None else None, value.origins)
    if value.value is None:
        return Unknown("it is taken from the environment of Compose", None, value.origins)
    return Known(text, value.origins)


def _env_file_layer(layer: EnvFileLayer) -> EnvLayer:
    if layer.missing is not None:
        return EnvLayer("env_file", {}, Unknown(layer.missing, None, (layer.place,)))
    values: dict[str, Fact[str]] = {}
    for name, each in layer.values.items():
        places = (each.value_place, layer.place.says("env_file"))
        if each.doubt is not None:
            values[name] = Unknown(each.doubt, each.value, places)
        else:
            values[name] = Known(each.value, places)
    return EnvLayer("env_file", values)


class FileSet:
    """Compose files merged together: one project, as `docker compose -f A -f B` would run it.

    `id` names it in reports: the path of its most specific file. `problems` are what Compose would
    refuse. `gaps` are parts that could not be seen: with any, absence proves nothing.
    """

    def __init__(
        self, identity: str, loaded: Loaded, role: Fact[str], known_as: str | None = None
    ) -> None:
        self.id = identity
        self.name = known_as
        self.role = role
        self.loaded = loaded
        self.services: dict[str, Service] = {
            name: Service(name, value, loaded) for name, value in services_of(loaded.root).items()
        }

    def __repr__(self) -> str:
        return f"FileSet({self.id!r})"

    @property
    def sources(self) -> tuple[Source, ...]:
        """The files, in the order they are merged in."""
        return self.loaded.sources

    @property
    def folder(self) -> str:
        """The folder that relative paths start from, relative to the repository root."""
        return self.loaded.folder

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What Compose would refuse, by place."""
        return self.loaded.problems

    @property
    def versions(self) -> tuple[Place, ...]:
        """The `version` keys of the files."""
        return self.loaded.versions

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What could not be seen."""
        return self.loaded.gaps

    @property
    def ineffective(self) -> tuple[Ineffective, ...]:
        """Overrides with null, `[]` or `{}` that change nothing."""
        return self.loaded.ineffective

    @property
    def root(self) -> Mapping:
        """The canonical tree."""
        return self.loaded.root

    def section(self, name: str) -> dict[str, Mapping]:
        """The entries of `volumes`, `networks`, `secrets` or `configs`, by key."""
        section = self.loaded.root.get(name)
        if not isinstance(section, Mapping):
            return {}
        entries = section.entries.items()
        return {key: each for key, each in entries if isinstance(each, Mapping)}

    def variables(self) -> list[Variable]:
        """Every use of a variable in the files, in no particular order, without repetition."""
        found: dict[tuple[str, int], Variable] = {}
        _collect(self.loaded.root, found)
        return list(found.values())


def _collect(value: Value, found: dict[tuple[str, int], Variable]) -> None:
    if isinstance(value, Scalar):
        for one in value.variables:
            found.setdefault((one.place.path, one.place.span.start), one)
        return
    for each in value.entries.values() if isinstance(value, Mapping) else value.items:
        _collect(each, found)
