"""What a container that only a Dockerfile describes is for, and how that is known."""

from dockerlint_py.knowledge.stage_names import purpose
from dockerlint_py.model.finding import Role
from dockerlint_py.record import NamedTuple


class RoleGuess(NamedTuple):
    """A role and the evidence for it, as reports print it."""

    role: Role
    evidence: str


def role_of_target(path: str, stage_name: str | None, *, is_default: bool) -> RoleGuess:
    """The role of a build target: by folder, by file name, by stage name, else the default target.

    A last stage without a word for development or tests is what `docker build` makes: production.
    """
    folders, _, file = path.rpartition("/")
    if ".devcontainer" in folders.split("/"):
        return RoleGuess(Role.DEV, ".devcontainer")
    candidates = (
        (stage_name or "", f"stage name {stage_name}"),
        (file, "file name"),
        *((folder, f"folder {folder}") for folder in reversed(folders.split("/"))),
    )
    for name, evidence in candidates:
        found = purpose(name)
        if found is not None and found != "build":
            return RoleGuess(Role(found), evidence)
    if is_default:
        return RoleGuess(Role.PROD, "default build target")
    return RoleGuess(Role.UNKNOWN, "nothing tells what this target is for")
