"""Which Compose files a user wants to be merged."""

from dockerlint_py.record import NamedTuple


class ConfiguredSet(NamedTuple):
    """A file set that a configuration names: files in order, and what it is for."""

    name: str
    files: tuple[str, ...]
    role: str | None = None


class FileSetRequests(NamedTuple):
    """`options` are the files of `-f`: then nothing else is judged. `configured` come on top."""

    options: tuple[str, ...] = ()
    configured: tuple[ConfiguredSet, ...] = ()
