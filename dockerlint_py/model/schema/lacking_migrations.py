"""Migrations that a container is told to apply and that its image does not have."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dockerlint_py.context import paths
from dockerlint_py.facts import Fact, Known
from dockerlint_py.knowledge.schema_commands import DJANGO
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.model.schema.alembic_runs import alembic_run
from dockerlint_py.model.schema.migrations import is_migration
from dockerlint_py.record import NamedTuple
from dockerlint_py.text import Place
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.container import Container

_TOOL = "[tool.alembic"
_OWN_FOLDER = regex(r"\bMigrate\([^()]{0,200}\bdirectory\b")


class LackingMigrations(NamedTuple):
    """What is not there, where that is decided, and the facts that lead to it."""

    place: Place
    message: str
    because: tuple[Known[Any], ...]
    key: str


def lacking_migrations_of(container: "Container") -> Iterator[LackingMigrations]:
    """What the migrations that a container runs do not find."""
    build = container.build
    if build is None or container.stage is None or not build.copies_are_known:
        return
    for invocation in container.process.invocations:
        if not is_migration(invocation):
            continue
        if invocation.name in DJANGO:
            yield from _of_django(container, invocation)
        elif invocation.name in ("alembic", "flask"):
            yield from _of_alembic(container, invocation)


def _of_django(container: "Container", invocation: Invocation) -> Iterator[LackingMigrations]:
    assert container.build is not None
    for application in container.repository.applications:
        if container not in application.containers:
            continue
        for app in application.django_apps:
            for models in container.build.landings(app.model.places[0].path):
                folder = f"{models.partition('/models')[0]}/migrations"
                names = [paths.split(path)[1] for path in app.files]
                absent = _absent(container, folder, names)
                if absent is None or not _is_there(container, models):
                    continue
                yield LackingMigrations(
                    _keeping_out(container, f"{app.migrations}/{names[0]}") or invocation.place,
                    f"`{invocation.text}` finds no migrations of `{app.label}` in the image",
                    (invocation.fact(), absent),
                    f"{app.migrations}/{names[0]}",
                )


def _of_alembic(container: "Container", invocation: Invocation) -> Iterator[LackingMigrations]:
    run = alembic_run(container, invocation)
    if not isinstance(run.config, Known):
        return
    config = run.config.value
    absent = _absent(container, paths.split(config)[0], [paths.split(config)[1]])
    if absent is not None:
        if not _is_configured_elsewhere(container, invocation):
            message = f"`{invocation.text}` looks for {config}, which is not in the image"
            yield LackingMigrations(invocation.place, message, (absent,), config)
        return
    if not isinstance(run.environment, Known):
        return
    folder = run.environment.value
    absent = _absent(container, folder, ["env.py"])
    if absent is not None:
        message = f"`{invocation.text}` looks for {folder}/env.py, which is not in the image"
        yield LackingMigrations(invocation.place, message, (run.environment, absent), folder)
        return
    yield from _revisions(container, invocation, folder)


def _revisions(
    container: "Container", invocation: Invocation, folder: str
) -> Iterator[LackingMigrations]:
    """The revisions of the repository that are not beside the `env.py` of the image."""
    environment = container.source_of(f"{folder}/env.py", Known("/"))
    for application in container.repository.applications:
        for history in application.histories:
            if environment is None or history.env != environment.path:
                continue
            for path in history.files:
                absent = _absent(container, f"{folder}/versions", [paths.split(path)[1]])
                if absent is not None:
                    message = f"`{invocation.text}` does not find {path} in the image"
                    place = _keeping_out(container, path) or invocation.place
                    yield LackingMigrations(place, message, (invocation.fact(), absent), path)
                    return


def _is_configured_elsewhere(container: "Container", invocation: Invocation) -> bool:
    """Whether `flask db` may have its folder from the code, or Alembic a `pyproject.toml`."""
    assert container.build is not None
    if invocation.name == "flask":
        files = container.repository.python_files
        environments = [h.env for a in container.repository.applications for h in a.histories]
        landed = any(container.build.landings(each) for each in environments)
        named = any(files.with_text(_OWN_FOLDER, files.paths, ("Migrate(",)))
        return landed or named or not environments
    source = container.source_of("pyproject.toml", invocation.cwd)
    return source is not None and _TOOL in source.text


def _has(container: "Container", path: str) -> Fact[bool]:
    assert container.stage is not None
    return container.stage.fs.has(path)


def _is_there(container: "Container", path: str) -> bool:
    fact = _has(container, path)
    return isinstance(fact, Known) and fact.value


def _absent(container: "Container", folder: str, names: list[str]) -> Known[bool] | None:
    """That none of some files is in a folder of the container; None unless that is known."""
    mount = container.mounts.at(folder)
    if not names or not isinstance(mount, Known) or mount.value is not None:
        return None
    if container.mounts.below(folder):
        return None
    facts = [_has(container, f"{folder}/{name}") for name in names]
    known = [fact for fact in facts if isinstance(fact, Known) and not fact.value]
    return known[0] if len(known) == len(facts) else None


def _keeping_out(container: "Container", path: str) -> Place | None:
    """The pattern of the ignore file that keeps a file of the repository out of the context."""
    assert container.build is not None
    for taking in container.build.takings:
        below = paths.relative(path, taking.folder)
        match = container.build.ignore.ignores(below) if below else None
        if match is not None and match.ignored and match.pattern is not None:
            return match.pattern.place
    return None
