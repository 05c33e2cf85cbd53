"""What the mounts of a Compose service mean, and what they do not mean."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Known

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container


def folders_taken_for_volumes(container: "Container") -> Iterator[Known[str]]:
    """The undefined volumes of a container that have the name of a folder of the project."""
    service, file_set = container.service, container.file_set
    if service is None or file_set is None:
        return
    undefined = {problem.place[:2] for problem in file_set.problems("undefined")}
    for mount in service.mounts:
        source = mount.source
        if not isinstance(source, Known) or source.value is None:
            continue
        folder = f"{file_set.loaded.folder}/{source.value}".removeprefix("./")
        is_undefined = any(place[:2] in undefined for place in source.places[:1])
        if is_undefined and file_set.repository.snapshot.is_dir(folder):
            yield Known(source.value, source.places)
