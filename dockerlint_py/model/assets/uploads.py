"""Files that users upload, and that go with the container."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.facts import Known
from dockerlint_py.model.assets.flask_uploads import flask_uploads_of
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


class Uploads(NamedTuple):
    """The folder that uploads are written to, and why: its setting, and what has files."""

    folder: str
    because: tuple[Known[Any], Known[Any]]


def lost_uploads_of(container: "Container") -> Iterator[Uploads]:
    """The uploads that no volume or bind keeps."""
    for uploads in uploads_of(container):
        mount = container.mounts.at(uploads.folder)
        if isinstance(mount, Known) and (mount.value is None or not mount.value.is_kept):
            yield uploads


def uploads_of(container: "Container") -> Iterator[Uploads]:
    """The `MEDIA_ROOT` of Django, where models have files, and the folders of Flask."""
    yield from (
        Uploads(path, (setting, saved)) for path, setting, saved in flask_uploads_of(container)
    )
    for deployment in deployments_of(container):
        folder, settings = deployment.folder("MEDIA_ROOT"), deployment.static.settings
        if not isinstance(folder, Known) or not folder.value or not _is_local(settings):
            continue
        field = _field(deployment)
        if field is not None:
            root = folder.saying(f"MEDIA_ROOT is {folder.value}")
            yield Uploads(folder.value, (root, field))


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
