"""Which folder is sent to the builder."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Confidence, Fact, Known, Unknown
from dockerlint_py.model.copies import Origin

if TYPE_CHECKING:
    from dockerlint_py.model.dockerfile import Dockerfile
    from dockerlint_py.model.repository import Repository


def in_folder(folder: str, path: str) -> str:
    """A path below a folder, both relative to the root; `""` is the root or the folder itself."""
    return f"{folder}/{path}".strip("/")


def default_context(dockerfile: "Dockerfile") -> Fact[str]:
    """The folder that nothing names: the Dockerfile's own, or the one above it that fits.

    It fits when every path that the file copies is there. `docker build .` in the folder of the
    Dockerfile is what people do; when its COPYs ask for paths of a folder above, they build there.
    """
    folder = dockerfile.path.rpartition("/")[0]
    wanted = list(_wanted(dockerfile))
    candidates = list(_ancestors(folder))
    for candidate in candidates:
        if all(_exists(dockerfile.repository, candidate, path) for path in wanted):
            sure = candidate == folder
            confidence = Confidence.CERTAIN if sure else Confidence.LIKELY
            shown = candidate or "the repository root"
            return Known(candidate, (), confidence, f"the build context is {shown}")
    return Unknown("no folder holds all that the Dockerfile copies", folder)


def _wanted(dockerfile: "Dockerfile") -> Iterator[str]:
    for stage in dockerfile.stages:
        for copy in stage.copies:
            if copy.origin is not Origin.CONTEXT:
                continue
            for source in copy.sources:
                if isinstance(source.path, Known) and source.path.value:
                    yield source.path.value


def _ancestors(folder: str) -> Iterator[str]:
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
    yield ""


def _exists(repository: "Repository", folder: str, path: str) -> bool:
    if any(character in path for character in "*?["):
        return True
    return repository.snapshot.exists(in_folder(folder, path))
