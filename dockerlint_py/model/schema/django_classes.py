"""Classes of Django's models: which classes of a repository are some."""

from dockerlint_py.model.code.python_files import PythonFiles
from dockerlint_py.python import ModuleFacts
from dockerlint_py.python.notation import path_of
from dockerlint_py.python.receivers import Receivers
from dockerlint_py.python.records import Class

MODEL_BASES = frozenset(
    {
        *("django.db.models.Model", "django.db.models.base.Model"),
        *("django.contrib.gis.db.models.Model", "polymorphic.models.PolymorphicModel"),
        *("django.contrib.auth.models.AbstractUser", "django.contrib.auth.models.AbstractBaseUser"),
        *("django.contrib.auth.base_user.AbstractBaseUser", "mptt.models.MPTTModel"),
        *("model_utils.models.TimeStampedModel", "django_extensions.db.models.TimeStampedModel"),
        *("wagtail.models.Page", "wagtail.core.models.Page", "parler.models.TranslatableModel"),
    }
)
"""Classes of Django and of widely used packages that make a subclass a model."""

WITHOUT_TABLE = frozenset({"abstract", "managed", "proxy", "app_label"})
"""Options in the `class Meta` of a model that say that it has no table of its own."""
_MAX_BASES = 8


class ModelClasses:
    """Tells which classes descend from Django's `Model`."""

    def __init__(self, files: PythonFiles) -> None:
        self._files = files

    def named(self, path: str, dotted: str) -> bool:
        """Whether a path in path notation, in a file, names a model for certain."""
        found = self._class(path, dotted, _MAX_BASES)
        return found is not None and self.is_model(*found)

    def is_model(self, path: str, item: Class, hops: int = _MAX_BASES) -> bool:
        """Whether a class is known to descend from Django's `Model`."""
        names = Receivers(self._files.facts(path)).names
        for base in item.bases:
            dotted = names.path(path_of(base), 0)
            if dotted in MODEL_BASES:
                return True
            there = self._class(path, dotted, hops)
            if there is None or not hops:
                continue
            # A base that is abstract hands everything else in its Meta on.
            inherited = written_in_meta(self._files.facts(there[0]), there[1])
            if inherited <= {"abstract"} and self.is_model(*there, hops - 1):
                return True
        return False

    def _class(self, path: str, dotted: str, hops: int) -> tuple[str, Class] | None:
        """The class of the repository that a path in path notation names."""
        module: str | None = path
        name = dotted.removeprefix("@")
        if not dotted.startswith("@"):
            holder, _, name = dotted.rpartition(".")
            graph = self._files.graph
            module = graph.module(_absolute(graph.name_of(path), path, holder), path)
        if module is None or not name:
            return None
        facts = self._files.facts(module)
        found = next((each for each in facts.classes if each.name == name), None)
        if found is not None or not facts.scopes:  # without scopes it could not be parsed
            return (module, found) if found is not None else None
        elsewhere = Receivers(facts).names.path(name, 0)
        imported = elsewhere != name and not elsewhere.startswith("@")
        return self._class(module, elsewhere, hops - 1) if imported and hops else None


def _absolute(own: str, path: str, dotted: str) -> str:
    """A dotted name, relative ones made absolute: `.base` in `shop.models` is `shop.base`."""
    level = len(dotted) - len(dotted.lstrip("."))
    if not level:
        return dotted
    package = own.split(".")
    above = level - 1 if path.endswith("/__init__.py") else level
    return ".".join([*package[: len(package) - above], *filter(None, [dotted[level:]])])


def written_in_meta(facts: ModuleFacts, item: Class) -> set[str]:
    """The options in the `class Meta` of a model; `managed` among them when it inherits some."""
    written: set[str] = set()
    for inner in facts.classes:
        if inner.name == "Meta" and facts.scopes[inner.scope].parent == item.scope:
            written |= {a.target for a in facts.assignments if a.scope == inner.scope}
            written |= {"managed"} if inner.bases else set()
    return written & WITHOUT_TABLE
