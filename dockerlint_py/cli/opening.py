"""From a target and a configuration to the model of the repository."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from dockerlint_py.cli.places import Target
from dockerlint_py.context import Snapshot
from dockerlint_py.engine.config import Config, find_config, load_config
from dockerlint_py.engine.errors import UserError
from dockerlint_py.model.finding import Role
from dockerlint_py.model.repository import Repository
from dockerlint_py.model.requests import ConfiguredSet, FileSetRequests


def read_config(target: Target, given: str | None = None, *, isolated: bool = False) -> Config:
    """The configuration that holds for a target; raises `UserError` when `given` is no file."""
    if isolated:
        return Config()
    path = Path(given) if given else find_config(target.start, target.root)
    if path is None:
        return Config()
    if not path.is_file():
        raise UserError(f"{path}: no such configuration file")
    return load_config(path, os.path.relpath(path))


def open_repository(
    target: Target,
    config: Config,
    *,
    today: date,
    role: str = "auto",
    compose_files: Sequence[str] = (),
) -> Repository:
    """The model of a target; raises `UserError` when there is nothing in it to audit."""
    files = tuple(target.relative(path) for path in compose_files)
    configured = tuple(
        ConfiguredSet(name, each.files, each.role) for name, each in config.file_sets.items()
    )
    repository = Repository(
        Snapshot.on_disk(target.root),
        today=today,
        scope=target.entries,
        exclude=config.exclude,
        role=None if role == "auto" else Role(role),
        requests=FileSetRequests(files, configured),
    )
    if not repository.has_entries:
        raise UserError(f"nothing to audit: no Dockerfile and no Compose file in {target.shown}")
    return repository
