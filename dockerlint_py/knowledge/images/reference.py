"""Image references, read as Docker reads them (github.com/distribution/reference)."""

from dockerlint_py.record import NamedTuple
from dockerlint_py.text.regex import regex

_LONGEST_NAME = 255
_LONGEST_REFERENCE = 1024
_DOCKER_HUB = "docker.io"
_HUB_ALIASES = ("index.docker.io",)
_OFFICIAL = "library/"

_LABEL = regex(r"[A-Za-z0-9-]+")
_IPV6 = regex(r"\[[0-9a-fA-F:]+\]")
_PORT = regex(r"[0-9]+")
_COMPONENT = regex(r"[a-z0-9][a-z0-9._-]*")
_SEPARATORS = regex(r"[._-]+")
_TAG = regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
_DIGEST = regex(r"[A-Za-z][A-Za-z0-9+._-]{0,63}:[0-9a-fA-F]{32,256}")
_IMAGE_ID = regex(r"[0-9a-f]{64}")


class ImageRef(NamedTuple):
    """A parsed reference.

    `repository` is without the registry, and without `library/` on Docker Hub; `name` is what
    people call the image: the repository alone on Docker Hub, with the registry elsewhere. Without
    `tag` and `digest` Docker takes the tag `latest`. `written` is the reference as it was given.
    """

    registry: str
    repository: str
    name: str
    tag: str | None
    digest: str | None
    written: str

    @property
    def effective_tag(self) -> str | None:
        """The tag that is pulled; None when only the digest says which image it is."""
        return self.tag or (None if self.digest else "latest")


def parse_image(text: str) -> ImageRef | None:
    """The reference in `text`, or None when Docker would refuse it (or it is an image id)."""
    if len(text) > _LONGEST_REFERENCE or _IMAGE_ID.fullmatch(text):
        return None
    rest, at, digest = text.partition("@")
    if at and not _DIGEST.fullmatch(digest):
        return None
    path, tag = _split_tag(rest)
    if tag is not None and not _TAG.fullmatch(tag):
        return None
    registry, repository = _split_registry(path)
    if not _is_name(registry, repository):
        return None
    if registry == _DOCKER_HUB:
        repository = repository.removeprefix(_OFFICIAL)
    name = repository if registry == _DOCKER_HUB else f"{registry}/{repository}"
    return ImageRef(registry, repository, name, tag, digest if at else None, text)


def _split_tag(text: str) -> tuple[str, str | None]:
    head, colon, tail = text.rpartition(":")
    if not colon or "/" in tail:
        return text, None
    return head, tail


def _split_registry(path: str) -> tuple[str, str]:
    first, slash, rest = path.partition("/")
    if not slash:
        return _DOCKER_HUB, path
    looks_like_host = "." in first or ":" in first or first == "localhost" or first.lower() != first
    if not looks_like_host:
        return _DOCKER_HUB, path
    return (_DOCKER_HUB if first in _HUB_ALIASES else first), rest


def _is_name(registry: str, repository: str) -> bool:
    if len(registry) + len(repository) > _LONGEST_NAME or not _is_host(registry):
        return False
    return all(_is_component(component) for component in repository.split("/"))


def _is_host(text: str) -> bool:
    address = _IPV6.match(text)
    host = address.group() if address else text.partition(":")[0]
    rest = text[len(host) :]
    if rest and not (rest[0] == ":" and _PORT.fullmatch(rest[1:])):
        return False
    return bool(address) or all(_is_label(label) for label in host.split("."))


def _is_label(text: str) -> bool:
    return bool(_LABEL.fullmatch(text)) and text[0] != "-" and text[-1] != "-"


def _is_component(text: str) -> bool:
    if not _COMPONENT.fullmatch(text) or text[-1] in "._-":
        return False
    return all(
        run in (".", "_", "__") or not run.strip("-")
        for run in (match.group() for match in _SEPARATORS.finditer(text))
    )
