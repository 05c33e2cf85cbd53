"""The short syntax of a service's volume: `[source:]target[:options]`.

Source: compose-spec 05-services.md "volumes", and `docker compose config`. Colons inside `${}` and
after a drive letter do not split.
"""

import posixpath

from dockerlint_py.record import NamedTuple

PROPAGATIONS = frozenset({"rprivate", "private", "rshared", "shared", "rslave", "slave"})
SELINUX = frozenset({"z", "Z"})


class Part(NamedTuple):
    """A part of a short syntax, `[start, end)` of the whole."""

    text: str
    start: int
    end: int


class ShortVolume(NamedTuple):
    """A volume in short syntax, split; `error` is set when Compose refuses it."""

    source: Part | None
    target: Part | None
    options: tuple[Part, ...] = ()
    error: str | None = None
    is_tiny: bool = False  # a target of one or two bytes, which Compose treats a little differently

    @property
    def is_bind(self) -> bool:
        """Whether the source is a path of the host and not the name of a volume."""
        return self.source is not None and is_file_path(self.source.text)


def is_file_path(source: str) -> bool:
    """Whether Compose takes a source for a path: it starts with `.`, `/`, `~`, or like Windows'."""
    if source[:1] in (".", "/", "~") and source:
        return True
    return source.startswith("\\\\") or (
        len(source) > 1 and source[0].isalpha() and source[1] == ":"
    )


def clean_target(target: str) -> str:
    """A target as the short syntax keeps it: `/app/` is `/app`."""
    if not target:
        return target
    return posixpath.normpath("/" + target.lstrip("/") if target.startswith("/") else target)


def parse_volume(spec: str) -> ShortVolume:
    """Splits a short syntax; never raises."""
    if not spec:
        return ShortVolume(None, None, error="an empty volume")
    if len(spec.encode("utf-8", "surrogatepass")) <= 2:
        return ShortVolume(None, Part(spec, 0, len(spec)), is_tiny=True)
    parts = _split(spec)
    if any(not part.text for part in parts):
        return ShortVolume(None, None, error="an empty part between colons")
    if len(parts) == 1:
        return ShortVolume(None, parts[0])
    source, target = parts[0], parts[1]
    if len(parts) > 3:
        return ShortVolume(source, target, error="too many colons")
    return ShortVolume(source, target, _options(parts[2]) if len(parts) == 3 else ())


def _split(spec: str) -> list[Part]:
    parts: list[Part] = []
    start = 0
    nested = 0
    for at, letter in enumerate(spec):
        if letter == "$" and spec.startswith("{", at + 1):
            nested += 1
        elif letter == "}" and nested:
            nested -= 1
        elif letter == ":" and not nested and not (at - start == 1 and spec[start].isalpha()):
            parts.append(Part(spec[start:at], start, at))
            start = at + 1
    parts.append(Part(spec[start:], start, len(spec)))
    return parts


def _options(part: Part) -> tuple[Part, ...]:
    options: list[Part] = []
    at = part.start
    for text in part.text.split(","):
        options.append(Part(text, at, at + len(text)))
        at += len(text) + 1
    return tuple(options)
