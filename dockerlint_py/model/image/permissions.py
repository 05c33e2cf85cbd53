"""Whether a user may write to a path of an image."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockerlint_py.facts import Confidence, Fact, Known, Unknown
from dockerlint_py.model.image.filesystem import SYSTEM_FOLDERS
from dockerlint_py.model.image.grants import ROOT
from dockerlint_py.model.image.paths import is_under
from dockerlint_py.model.image.program_grants import ACCOUNT_TOOLS
from dockerlint_py.model.programs.invocation import Invocation
from dockerlint_py.text.regex import regex

if TYPE_CHECKING:
    from dockerlint_py.model.image.stage import Stage

_ROOTS_OWN = ("/opt", "/usr/src")
"""System folders that are root's in the bare images, and hold nothing for others to write."""
_SEPARATORS = regex(r"[=,:]")
_IN_ROOT_GROUP = regex(r"-[gGu](?:0|root)")


def may_write(stage: "Stage", path: str, user: str) -> Fact[bool]:
    """Whether a user may write or make a file at an absolute path of a stage's image.

    No is the answer only for users that the image makes, and only where nothing may have let
    anybody but root write. The files of a build context count as those that only their owner may
    write, as Git makes them.
    """
    if user in ROOT:
        return Known(value=True, says="root may write everywhere")
    if not stage.base.is_bare or _is_of_system(path):
        return Unknown(f"the base image may let {user} write to {path}")
    if not _is_stranger(stage, user):
        return Unknown(f"the groups of {user} are not known")
    for grant in stage.grants:
        if is_under(path, grant.path) or is_under(grant.path, path):
            where = f"{grant.place.path}:{grant.place.line}"
            return Unknown(f"{where} may let {user} write to {path}", None, (grant.place,))
    says = f"nothing lets {user} write to {path}"
    return Known(value=False, confidence=Confidence.LIKELY, says=says)


def _is_of_system(path: str) -> bool:
    if any(is_under(path, folder) and path != folder for folder in _ROOTS_OWN):
        return False
    return any(is_under(path, folder) for folder in SYSTEM_FOLDERS)


def _is_stranger(stage: "Stage", user: str) -> bool:
    """Whether the image makes a user, and leaves it out of root's group for sure."""
    if any(_names_group(word) for word in _user_words(stage)):
        return False
    tools = list(_account_tools(stage))
    if any(_may_be_root(each) for each in tools):
        return False
    return any(each.name in ("useradd", "adduser") and user in each.values for each in tools)


def _user_words(stage: "Stage") -> Iterator[str]:
    steps = (step for step in stage.all_steps if step.keyword == "USER")
    return (word.value for step in steps for word in step.instruction.args)


def _names_group(user: str) -> bool:
    """Whether a USER names a group that may be root's."""
    group = user.partition(":")[2]
    return group in ("root", "0") or "$" in group


def _account_tools(stage: "Stage") -> Iterator[Invocation]:
    for part in stage.chain:
        for run in part.runs:
            yield from (each for each in run.invocations if each.name in ACCOUNT_TOOLS)


def _may_be_root(tool: Invocation) -> bool:
    """Whether a program that changes accounts may make somebody root, or a member of its group."""
    if any(word.dynamic for word in tool.program.arguments):
        return True
    parts = {part for value in tool.values for part in _SEPARATORS.split(value)}
    return bool(parts & {"root", "0"}) or any(map(_IN_ROOT_GROUP.match, tool.values))
