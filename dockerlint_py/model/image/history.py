"""Whether a build reads the history of the project."""

from typing import TYPE_CHECKING

from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.image.takings import Taking

_ASKED = ("describe", "rev-parse", "log", "rev-list", "show", "submodule")
_BACKENDS = regex(
    r"(?i)setuptools[-_]scm|hatch-vcs|versioneer|versioningit|dunamai|dynamic-versioning|\bpbr\b"
    r"|setuptools[-_]git[-_]versioning|flit[-_]scm|miniver"
)
_FILES = ("pyproject.toml", "setup.py", "setup.cfg")


def reads_history(taking: "Taking") -> bool:
    """Whether a later RUN needs the `.git` that a COPY takes: for the version, as a rule."""
    runs = [run for run in taking.stage.runs if run.step.number > taking.copy.step.number]
    if any(run.opaque for run in runs):
        return True
    for each in (invocation for run in runs for invocation in run.invocations):
        if each.name == "git" and any(value in _ASKED for value in each.values):
            return True
    builds = any(each.run in runs for each in taking.stage.installs)
    return builds and any(_names_backend(taking, name) for name in _FILES)


def _names_backend(taking: "Taking", name: str) -> bool:
    source = taking.build.repository.snapshot.text(f"{taking.folder}/{name}".lstrip("/"))
    return source is not None and _BACKENDS.search(source.text) is not None
