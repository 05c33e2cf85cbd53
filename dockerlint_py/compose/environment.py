"""The variables that interpolation sees: those of the caller over those of `.env`."""

from typing import TYPE_CHECKING, TypeAlias

from dockerlint_py.compose.dotenv import Assignment, EnvFile, parse_env_file
from dockerlint_py.compose.names import is_template
from dockerlint_py.compose.reader import find
from dockerlint_py.compose.template import Setting

if TYPE_CHECKING:
    from dockerlint_py.compose.loader import Loading

Settings: TypeAlias = dict[str, Setting]


def project_environment(loading: "Loading", paths: list[str]) -> Settings:
    """The settings of `loading`, and under them the variables of `.env` files, the last one first.

    A missing file is no problem: what it would set is unset, and so in doubt.
    """
    settings = loading.settings
    values: dict[str, Assignment] = {}
    for path in paths:
        found = find(loading.read, path)
        if found.source is None:
            continue
        result = parse_env_file(found.source, settings.get, values)
        report(result, loading)
        values.update(result.values)
    made = {
        name: Setting(each.value, each.value_place, None if loading.strict else each.doubt)
        for name, each in values.items()
    }
    return {**made, **settings}


def report(result: EnvFile, loading: "Loading") -> None:
    """Reports why Compose would not read an environment file."""
    problem = result.problem
    if problem is None:
        return
    message = f"{problem.place.path}: {problem.message}"
    if is_template(problem.place.source.text):
        loading.gap(f"{problem.place.path} is a template", problem.place)
    else:
        loading.problems.add("env-file", message, problem.place)
