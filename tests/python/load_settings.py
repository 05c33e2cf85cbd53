"""Loads settings modules with Django, each in a process of its own, and prints them as JSON.

Reads a list of `{"root", "module", "env"}` from standard input. It is run by the tests as a script.
"""

import json
import os
import sys
from pathlib import PurePath


def encode(value: object, root: str) -> object:
    """A value as JSON: paths below the root as `{"path": ...}`, tuples and sets as `{"tuple"}`."""
    if isinstance(value, PurePath | str):
        text = str(value)
        if text == root or text.startswith(root + "/"):
            return {"path": text[len(root) + 1 :]}
        return text
    if isinstance(value, list):
        return [encode(item, root) for item in value]
    if isinstance(value, tuple | set | frozenset):
        items = value if isinstance(value, tuple) else sorted(value)
        return {"tuple": [encode(item, root) for item in items]}
    if isinstance(value, dict):
        return {"dict": sorted([encode(k, root), encode(v, root)] for k, v in value.items())}
    if isinstance(value, bytes):
        return {"bytes": value.decode("latin-1")}
    if value is None or isinstance(value, bool | int | float):
        return value
    return {"other": type(value).__name__}


def load(job: dict[str, object]) -> dict[str, object]:
    """The settings of one module, or the name of what it raises."""
    from django.conf import Settings

    root = os.path.realpath(str(job["root"]))
    os.chdir(root)
    sys.path.insert(0, root)
    os.environ.clear()
    os.environ.update(job["env"])  # type: ignore[call-overload]
    try:
        settings = Settings(str(job["module"]))
        module = sys.modules[str(job["module"])]
        names = [name for name in vars(module) if name.isupper()]
        return {"settings": {name: encode(getattr(settings, name), root) for name in names}}
    except BaseException as error:
        return {"error": type(error).__name__}


def main() -> None:
    """Forks once a job, so that Django is imported once."""
    jobs = json.load(sys.stdin)
    import django.conf  # noqa: F401

    results = []
    for job in jobs:
        read, write = os.pipe()
        child = os.fork()
        if not child:
            os.close(read)
            with os.fdopen(write, "w") as out:
                json.dump(load(job), out)
            os._exit(0)
        os.close(write)
        with os.fdopen(read) as answer:
            results.append(json.load(answer))
        os.waitpid(child, 0)
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
