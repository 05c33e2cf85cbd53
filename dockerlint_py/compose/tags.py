"""`!reset` and `!override`: what a file deletes from everything that was merged before it.

Source: compose-spec 13-merge.md. Paths through a list never match, so a list item cannot be reset.
"""

from collections.abc import Iterable

from dockerlint_py.compose.document import Tagged
from dockerlint_py.compose.patterns import Path
from dockerlint_py.compose.tree import Mapping


def apply_tags(root: Mapping, tagged: Iterable[Tagged]) -> None:
    """Deletes the tagged paths from a model."""
    for one in tagged:
        _delete(root, one.path)


def apply_tags_to_service(service: Mapping, name: str, tagged: Iterable[Tagged]) -> None:
    """Deletes the tagged paths from a service that is being extended under another name."""
    for one in tagged:
        if one.path[:2] == ("services", name) and len(one.path) > 2:
            _delete(service, one.path[2:])


def _delete(root: Mapping, path: Path) -> None:
    if not path:
        return
    value = root
    for part in path[:-1]:
        below = value.get(part)
        if not isinstance(below, Mapping):
            return
        value = below
    value.entries.pop(path[-1], None)
