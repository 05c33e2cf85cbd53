"""Files that users upload, and that go with the container."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known
from dockerlint_py.model.assets.static_deployment import StaticDeployment, deployments_of
from dockerlint_py.model.code.settings import Settings
from dockerlint_py.python import ModuleKind
from dockerlint_py.record import NamedTuple
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

_FIELD = regex(r"\b(?:File|Image)Field\(")
_MODELS = regex(r"\bmodels\b")
_LOCAL = "django.core.files.storage.FileSystemStorage"


class LostUploads(NamedTuple):
    """The folder that uploads are written to, and why it is known that nothing keeps it."""

    folder: str
    because: tuple[Known[Any], ...]


def lost_uploads_of(container: "Container") -> Iterator[LostUploads]:
    """The `MEDIA_ROOT` of web servers that no volume or bind covers."""
    for deployment in deployments_of(container):
        folder, settings = deployment.folder("MEDIA_ROOT"), deployment.static.settings
        if not isinstance(folder, Known) or not folder.value or not _is_local(settings):
            continue
        mount, field = container.mounts.at(folder.value), _field(deployment)
        if not isinstance(mount, Known) or field is None:
            continue
        if mount.value is None or not mount.value.is_kept:
            root = folder.saying(f"MEDIA_ROOT is {folder.value}")
            yield LostUploads(folder.value, (root, field))


def _is_local(settings: Settings) -> bool:
    """Whether uploads are known to be written into a folder."""
    if settings.has("DEFAULT_FILE_STORAGE") is not False:
        return False
    fact = settings.entry("STORAGES", "default", "BACKEND")
    return isinstance(fact, Known) and fact.value == _LOCAL


def _field(deployment: StaticDeployment) -> Known[str] | None:
    """A field of a model for files."""
    application = deployment.startup.application
    files = application.python_files
    for path in files.with_text(_FIELD, application.files, ("FileField(", "ImageField(")):
        if files.kind(path) is not ModuleKind.MODULE or not _MODELS.search(path):
            continue
        source = files.source(path)
        match = _FIELD.search(source.text)
        if match is not None:
            name = match[0].rstrip("(")
            says = f"{path} has a model with {'an' if name[0] == 'I' else 'a'} {name}"
            return Known(name, (source.place(match.start(), match.end() - 1),), says=says)
    return None
