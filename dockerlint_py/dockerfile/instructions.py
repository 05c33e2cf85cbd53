"""Typed views of single instructions; each takes an `Instruction` of the right keyword."""

from dockerlint_py.dockerfile.arguments import rest_of
from dockerlint_py.dockerfile.syntax import Flag, Instruction, Word
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import LogicalText


class FromClause(NamedTuple):
    """`FROM [--platform=platform] image [AS name]`."""

    image: Word | None
    name: Word | None
    platform: Word | None


class CopyClause(NamedTuple):
    """The parts of COPY or ADD.

    `sources` include the markers of here-documents; `origin` is the value of `--from`, a stage,
    an image or a named context.
    """

    sources: tuple[Word, ...]
    destination: Word | None
    origin: Word | None
    chown: Word | None
    chmod: Word | None
    link: bool
    parents: bool
    exclude: tuple[Word, ...]


class MountOption(NamedTuple):
    """`key=value` in `--mount`; a key alone has no value. The key is in lower case."""

    key: str
    value: Word | None
    word: Word


class Mount(NamedTuple):
    """A `RUN --mount` flag. BuildKit's default type is `bind`."""

    flag: Flag
    options: tuple[MountOption, ...]

    @property
    def kind(self) -> str:
        """`bind`, `cache`, `tmpfs`, `secret` or `ssh`, as written."""
        kind = self.option("type")
        return kind.value if kind else "bind"

    @property
    def target(self) -> Word | None:
        """Where it is mounted."""
        return self.option("target", "dst", "destination")

    @property
    def source(self) -> Word | None:
        """What is mounted: a path in `from`."""
        return self.option("source", "src")

    @property
    def origin(self) -> Word | None:
        """The stage, image or context given by `from`."""
        return self.option("from")

    @property
    def id(self) -> Word | None:
        """The name of the cache, secret or agent."""
        return self.option("id")

    def option(self, *keys: str) -> Word | None:
        """The value of the last option with one of these keys."""
        values = (option.value for option in reversed(self.options) if option.key in keys)
        return next(values, None)


class HealthCheck(NamedTuple):
    """HEALTHCHECK: `none` for `HEALTHCHECK NONE`, otherwise the command after CMD.

    `command` is the text for the shell; `args` the elements when `json` is set. The other fields
    are the values of the flags, as written.
    """

    none: bool
    command: LogicalText | None
    args: tuple[Word, ...]
    json: bool
    interval: Word | None
    timeout: Word | None
    start_period: Word | None
    start_interval: Word | None
    retries: Word | None


class PortRange(NamedTuple):
    """Ports from `first` to `last`, the same for one port, and `tcp`, `udp` or `sctp`."""

    first: int
    last: int
    protocol: str


class ExposedPort(NamedTuple):
    """An argument of EXPOSE; `ports` is None when it holds a variable or is no port."""

    word: Word
    ports: PortRange | None


def from_clause(instruction: Instruction) -> FromClause:
    """The parts of FROM."""
    args = instruction.args
    named = len(args) == 3 and args[1].value.lower() == "as"
    image = args[0] if args else None
    return FromClause(image, args[2] if named else None, _argument(instruction, "platform"))


def copy_clause(instruction: Instruction) -> CopyClause:
    """The parts of COPY and ADD."""
    args = instruction.args
    return CopyClause(
        sources=args[:-1],
        destination=args[-1] if len(args) > 1 else None,
        origin=_argument(instruction, "from"),
        chown=_argument(instruction, "chown"),
        chmod=_argument(instruction, "chmod"),
        link=_switch(instruction, "link"),
        parents=_switch(instruction, "parents"),
        exclude=_all_arguments(instruction, "exclude"),
    )


def mounts(instruction: Instruction) -> tuple[Mount, ...]:
    """The `--mount` flags of RUN."""
    flags = (flag for flag in instruction.flags if flag.name == "mount")
    return tuple(Mount(flag, _mount_options(flag.argument)) for flag in flags)


def health_check(instruction: Instruction) -> HealthCheck:
    """The parts of HEALTHCHECK."""
    kind = instruction.args[0] if instruction.args else None
    command: LogicalText | None = None
    if kind is not None and kind.value.upper() == "CMD":
        original = instruction.original
        command = rest_of(Word(original, 0, len(original)), len(kind.value)).text
    return HealthCheck(
        none=kind is not None and kind.value.upper() == "NONE",
        command=command,
        args=instruction.args[1:],
        json=instruction.json,
        interval=_argument(instruction, "interval"),
        timeout=_argument(instruction, "timeout"),
        start_period=_argument(instruction, "start-period"),
        start_interval=_argument(instruction, "start-interval"),
        retries=_argument(instruction, "retries"),
    )


def exposed_ports(instruction: Instruction) -> tuple[ExposedPort, ...]:
    """The arguments of EXPOSE."""
    return tuple(ExposedPort(word, parse_ports(word.value)) for word in instruction.args)


def parse_ports(text: str) -> PortRange | None:
    """`8000`, `8000-8010` or either with `/udp`; None for anything else."""
    ports, slash, protocol = text.partition("/")
    first, dash, last = ports.partition("-")
    low = _port(first)
    high = _port(last) if dash else low
    protocol = protocol.lower() if slash else "tcp"
    if low is None or high is None or low > high or protocol not in {"tcp", "udp", "sctp"}:
        return None
    return PortRange(low, high, protocol)


def _port(text: str) -> int | None:
    if not text.isascii() or not text.isdigit() or len(text) > 5 or int(text) > 65_535:
        return None
    return int(text)


def _mount_options(argument: Word | None) -> tuple[MountOption, ...]:
    if argument is None:
        return ()
    options = []
    start = argument.start
    for field in argument.value.split(","):
        end = start + len(field)
        key, equals, _ = field.partition("=")
        value = Word(argument.owner, start + len(key) + 1, end) if equals else None
        options.append(MountOption(key.lower(), value, Word(argument.owner, start, end)))
        start = end + 1
    return tuple(options)


def _argument(instruction: Instruction, name: str) -> Word | None:
    flag = instruction.flag(name)
    return flag and flag.argument


def _all_arguments(instruction: Instruction, name: str) -> tuple[Word, ...]:
    flags = (flag for flag in instruction.flags if flag.name == name)
    return tuple(flag.argument for flag in flags if flag.argument is not None)


def _switch(instruction: Instruction, name: str) -> bool:
    flag = instruction.flag(name)
    return flag is not None and (flag.value or "true").lower() == "true"
