"""Which code of a repository a program that is no web server imports, by its command line."""

from dockerlint_py.facts import Known
from dockerlint_py.model.code.settings import SETTINGS_VARIABLE
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.record import NamedTuple

_LOADS_NOTHING = frozenset({"--help", "-h", "--version", "help", "version", "startproject"})
_DJANGO = frozenset({"manage.py", "django-admin", "django-admin.py", "django"})
_FLASK_FILES = ("wsgi.py", "app.py")


class CodeTarget(NamedTuple):
    """What a program imports: the first of some dotted modules or files that exists.

    `loads_settings` tells that it loads Django's settings whatever it imports.
    """

    modules: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    loads_settings: bool = False


def code_target_of(invocation: Invocation) -> CodeTarget | None:
    """What a program imports; None when that is nothing of the repository, or not known."""
    values = invocation.values
    if any(value in _LOADS_NOTHING for value in values[:1]):
        return None
    if invocation.name in _DJANGO:
        return _django(invocation)
    if invocation.name == "celery":
        name = _option(values, "-A", "--app")
        return _module(*_celery_names(name)) if name else None
    if invocation.name == "flask":
        return _flask(invocation)
    return _script(invocation)


def settings_option(invocation: Invocation) -> str | None:
    """The settings module that `--settings` names."""
    return _option(invocation.values, "--settings")


def _django(invocation: Invocation) -> CodeTarget | None:
    script = invocation.program.script
    if script is not None and invocation.name == "manage.py":
        return CodeTarget(files=(script.value,), loads_settings=True)
    variable = invocation.env.get(SETTINGS_VARIABLE)
    named = settings_option(invocation) or (isinstance(variable, Known) and variable.value)
    target = _module(named) if named else None
    return target._replace(loads_settings=True) if target else None


def _module(*names: str) -> CodeTarget | None:
    whole = all(part.isidentifier() for name in names for part in name.split("."))
    return CodeTarget(names) if whole else None


def _celery_names(text: str) -> tuple[str, ...]:
    """Celery looks in the module itself, and then in its `celery`."""
    name = text.partition(":")[0]
    return (f"{name}.celery", name)


def _flask(invocation: Invocation) -> CodeTarget | None:
    given = _option(invocation.values, "-A", "--app")
    if given is None:
        variable = invocation.env.get("FLASK_APP")
        if not isinstance(variable, Known):
            return None
        given = variable.value
    if not given:
        return CodeTarget(files=_FLASK_FILES)
    name = given.partition(":")[0]
    return CodeTarget(files=(name,)) if name.endswith(".py") else _module(name)


def _script(invocation: Invocation) -> CodeTarget | None:
    program = invocation.program
    if program.module and "." in program.module:
        return _module(program.module)
    if program.script is not None and program.script.value.endswith(".py"):
        return CodeTarget(files=(program.script.value,))
    return None


def _option(values: tuple[str, ...], *names: str) -> str | None:
    for number, value in enumerate(values):
        name, equals, rest = value.partition("=")
        if name in names and equals:
            return rest
        if value in names and number + 1 < len(values):
            return values[number + 1]
        short = next((n for n in names if len(n) == 2 and value.startswith(n)), None)
        if short is not None and len(value) > 2:
            return value[2:]
    return None
