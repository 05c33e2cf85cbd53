"""Whether the code of a repository, its tests left aside, uses a distribution."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from dockerlint_py.text import Source

if TYPE_CHECKING:
    from dockerlint_py.python import Modules

_IMPORT_NAMES = {
    "django-debug-toolbar": "debug_toolbar",
    "factory-boy": "factory",
    "ipython": "IPython",
}
"""Distributions that are imported by another name than their own."""

MOST_FILES = 20_000


def import_name(dist: str) -> str:
    """The module of a distribution, by its normal name."""
    return _IMPORT_NAMES.get(dist, dist.replace("-", "_"))


def is_used(modules: "Modules", dist: str) -> bool:
    """Whether a module that is no test imports a distribution, or names an app or command of it."""
    from dockerlint_py.python import PARSED

    pattern = _pattern(import_name(dist), dist)
    for path in modules.paths[:MOST_FILES]:
        source = modules.source(path)
        if not isinstance(source, Source) or not pattern.search(source.text):
            continue
        if modules.kind(path) in PARSED:
            return True
    return False


@lru_cache(maxsize=256)
def _pattern(module: str, dist: str) -> re.Pattern[str]:
    name = re.escape(module)
    pattern = rf"^[ \t]*(?:import|from)[ \t]+{name}\b"
    # A word such as "black" is often no tool; a name of two words hardly is anything else.
    if "-" in dist or "_" in module:
        pattern += rf"|['\"][^'\"\n]{{0,80}}\b(?:{name}|{re.escape(dist)})\b"
    return re.compile(pattern, re.MULTILINE)
